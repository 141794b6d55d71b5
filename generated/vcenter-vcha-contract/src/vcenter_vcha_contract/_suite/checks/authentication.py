"""Without a valid session a request is refused with 401, whatever stands in place of the token."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check(
    "authentication", __doc__, ("no-auth-check", "unauthenticated-answers-403", "odd-token-fails"), severity="security"
)
# What a client may send by mistake: nothing, something long, quotes, a value of another language.
ODD_TOKENS = ("", "x" * 4000, "'\"<>%00", "null", "{}")


def hold(answer: Answer) -> None:
    """The answer is 401."""
    if answer.status != 401:
        told = "a request without a valid session must be answered 401"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}")
