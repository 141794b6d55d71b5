"""A request is answered with the status that its test expects: right ones accepted, wrong ones refused."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from ..answers import Answer
from ..check import Check, Finding
from ..refusals import either
from ..untested import UNKNOWN_FIRST, Untested

CHECK = Check(
    "expected-status",
    __doc__,
    ("accepts-invalid-body", "accepts-any-content-type", "duplicate-keys-accepted", "not-a-number-accepted",
     "parameters-unchecked", "key-missing-fails", "malformed-body-fails", "errors-answer-200"),
    severity="behaviour",
)  # fmt: skip


def hold(answer: Answer, expected: tuple[int, ...]) -> None:
    """The status is one of the expected ones."""
    if answer.status not in expected:
        told = f"expected {either(expected)}"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}", expected=expected)


def told(expected: object) -> str:
    """What would fail a test that expects this, in a sentence; "" where only its rule says so."""
    if isinstance(expected, int):
        expected = (expected,)
    if isinstance(expected, UnlessUnknown):
        expected = expected.expected
    if isinstance(expected, UnlessRefused):
        return f"Any answer but {either(expected.successes)} fails it; a documented refusal shows nothing."
    if isinstance(expected, tuple):
        return f"Any answer but {either(expected)} fails it."
    return ""


@dataclass(frozen=True)
class UnlessUnknown:
    """Expects a refusal of a request whose identifier the target does not know either.

    One that looks at the identifier first answers 404, which shows nothing of what it would refuse.
    """

    expected: tuple[int, ...]

    def __call__(self, answer: Answer) -> None:
        """The answer is a refusal.

        Raises:
            Finding: It is another one.
            Untested: It is 404.
        """
        if answer.status == HTTPStatus.NOT_FOUND and HTTPStatus.NOT_FOUND not in self.expected:
            raise Untested(UNKNOWN_FIRST)
        hold(answer, self.expected)


def unless_unknown(expected: tuple[int, ...]) -> UnlessUnknown:
    """What a test expects of a malformed request whose identifier it has made up."""
    return UnlessUnknown(expected)


@dataclass(frozen=True)
class UnlessRefused:
    """Expects the success of a request that fits its description, of which no description says all.

    An error that the operation documents is no departure, but shows nothing of the success: a name that is taken, an
    object that is not there, a rule that no schema can tell.  A target that is held to it knows what is documented.
    """

    successes: tuple[int, ...]


def unless_refused(*successes: int) -> UnlessRefused:
    """What a test expects of a request whose values fit, and are made up."""
    return UnlessRefused(successes)


def is_no_failure(answer: Answer) -> None:
    """The server did not fail."""
    if answer.status >= 500:
        raise Finding(CHECK, "the server failed", answer, observed=f"status {answer.status}")
