"""A request is answered with the status that its test expects: right ones accepted, wrong ones refused."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

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
        told = f"expected {' or '.join(map(str, expected))}"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}", expected=expected)


def is_no_failure(answer: Answer) -> None:
    """The server did not fail."""
    if answer.status >= 500:
        raise Finding(CHECK, "the server failed", answer, observed=f"status {answer.status}")
