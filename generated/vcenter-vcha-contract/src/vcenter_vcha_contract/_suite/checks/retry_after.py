"""An answer 429 says in `Retry-After` how long to wait (RFC 6585, section 4), so that a client can."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check("retry-after", __doc__, ("refuses-every-fifth",), severity="content")


def hold(answer: Answer, contract: Contract) -> None:  # noqa: ARG001 - all checks of answers have one shape
    """The header is there."""
    if answer.status == 429 and not answer.headers.get("retry-after"):
        raise Finding(CHECK, "429 without the header `Retry-After`", answer, path="retry-after", observed="missing")
