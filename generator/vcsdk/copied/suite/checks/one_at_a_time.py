"""While one operation of the cluster runs no other is accepted, neither a failover nor a change of mode."""

from __future__ import annotations

from ..answers import Answer
from .registry import Check

CHECK = Check("one-at-a-time", __doc__, ("double-failover", "double-mode-change"))


def hold(second: Answer, what: str) -> None:
    """The second request was refused."""
    if 200 <= second.status < 300:
        told = f"a second {what} was accepted while one was running"
        raise CHECK.finding(told, second, observed=f"second {what} accepted")
