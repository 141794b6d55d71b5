"""Only the right user name and password make a session, and each time a new one; `Basic` may be written in any case.

RFC 7617; the scheme's name is case-insensitive (RFC 9110, 11.1).
"""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check(
    "sign-in", __doc__, ("any-password-accepted", "token-reused", "basic-case-sensitive"), severity="security"
)


def refused(answer: Answer) -> None:
    """Wrong credentials are answered 401."""
    if answer.status != 401:
        told = "wrong credentials must be refused with 401"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}")


def accepted(answer: Answer) -> None:
    """Right credentials make a session."""
    if not 200 <= answer.status < 300:
        told = "right credentials must make a session"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}", severity="behaviour")


def differ(one: str, other: str) -> None:
    """Two sessions have two tokens."""
    if one == other:
        raise Finding(CHECK, "two sessions have the same token", path="$", observed="same token", severity="content")
