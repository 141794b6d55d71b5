"""A request is answered with the status that its test expects: right ones accepted, wrong ones refused."""

from __future__ import annotations

from collections.abc import Callable

from ..answers import Answer
from ..check import Check, Finding
from ..refusals import either
from ..untested import UNKNOWN_FIRST, Untested

CHECK = Check(
    "expected-status",
    __doc__,
    ("accepts-invalid-body", "accepts-any-content-type", "duplicate-keys-accepted", "not-a-number-accepted",
     "parameters-unchecked", "malformed-body-fails", "errors-answer-200"),
    severity="behaviour",
)  # fmt: skip


def hold(answer: Answer, expected: tuple[int, ...]) -> None:
    """The status is one of the expected ones."""
    if answer.status not in expected:
        told = f"expected {either(expected)}"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}", expected=expected)


def unless_unknown(expected: tuple[int, ...]) -> Callable[[Answer], None]:
    """Expects a refusal of a request whose identifier the target does not know either.

    One that looks at the identifier first answers 404, which shows nothing of what it would refuse: the test is
    skipped, as one that was not exercised.
    """

    def refused(answer: Answer) -> None:
        if answer.status == 404:
            raise Untested(UNKNOWN_FIRST)
        hold(answer, expected)

    return refused


def is_no_failure(answer: Answer) -> None:
    """The server did not fail."""
    if answer.status >= 500:
        raise Finding(CHECK, "the server failed", answer, observed=f"status {answer.status}")
