"""An identifier that the server never gave is answered 404, however it is written, and never breaks the server."""

from __future__ import annotations

from http import HTTPStatus

from ..answers import Answer
from ..check import Check, Finding
from ..refusals import either

CHECK = Check(
    "unknown-id",
    __doc__,
    ("unknown-task-ok", "cancel-unknown-ok", "odd-id-fails", "errors-answer-200"),
    severity="behaviour",
)
# Percent-encoded: a quote, a slash, a NUL, Greek, and one that is longer than any.
ODD = ("%27", "no%2Fsuch", "%00", "%CE%B1", "x" * 2000, "-1", "null")


def hold(answer: Answer, *, well_formed: bool = True, refused: tuple[int, ...] = (400, 414)) -> None:
    """404, or a refusal (414 for one too long) where the server may take the identifier for malformed."""
    # What is gone was there once, and somebody may have used that identifier (RFC 9110, 15.5.11).
    allowed = (404, 410) if answer.status == HTTPStatus.GONE else (404,)
    allowed = allowed if well_formed else (*allowed, *refused)
    if answer.status not in allowed:
        told = f"an unknown identifier must be answered {either(allowed)}"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}")
