"""While one operation of the cluster runs no other is accepted, neither a failover nor a change of mode."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check("one-at-a-time", __doc__, ("double-failover", "double-mode-change"), severity="behaviour")


def hold(second: Answer, what: str) -> None:
    """The second request was refused."""
    if 200 <= second.status < 300:
        told = f"a second {what} was accepted while one was running"
        raise Finding(CHECK, told, second, observed=f"second {what} accepted")
