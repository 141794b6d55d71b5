"""Only the right user name and password make a session, and each time a new one; `Basic` may be written in any case.

RFC 7617; the scheme's name is case-insensitive (RFC 9110, 11.1).
"""

from __future__ import annotations

from ..answers import Answer
from .registry import Check

CHECK = Check("sign-in", __doc__, ("any-password-accepted", "token-reused", "basic-case-sensitive"))


def refused(answer: Answer) -> None:
    """Wrong credentials are answered 401."""
    if answer.status != 401:
        told = "wrong credentials must be refused with 401"
        raise CHECK.finding(told, answer, observed=f"status {answer.status}")


def accepted(answer: Answer) -> None:
    """Right credentials make a session."""
    if not 200 <= answer.status < 300:
        told = "right credentials must make a session"
        raise CHECK.finding(told, answer, observed=f"status {answer.status}")


def differ(one: str, other: str) -> None:
    """Two sessions have two tokens."""
    if one == other:
        raise CHECK.finding("two sessions have the same token", path="$", observed="same token")
