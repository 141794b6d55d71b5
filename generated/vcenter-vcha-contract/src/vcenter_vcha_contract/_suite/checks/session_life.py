"""A session is valid from its creation until it is deleted or the target fails over, and deleting one ends no other."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check(
    "session-life",
    __doc__,
    ("session-survives-delete", "logout-ends-all-sessions", "dead-session-deleted-again", "session-survives-failover"),
    severity="security",
)


def is_valid(answer: Answer, when: str) -> None:
    """The session is taken."""
    if answer.status == 401:
        raise Finding(CHECK, f"the session is refused {when}", answer, observed="refused")


def is_dead(answer: Answer, when: str) -> None:
    """The session is refused."""
    if answer.status != 401:
        raise Finding(CHECK, f"the session is still taken {when}", answer, observed=f"status {answer.status}")
