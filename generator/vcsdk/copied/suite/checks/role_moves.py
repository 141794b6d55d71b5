"""A failover moves the active role to the other node, once."""

from __future__ import annotations

from .registry import Check

CHECK = Check("role-moves", __doc__, ("role-does-not-move",))


def hold(before: str, after: str) -> None:
    """Another node is active than before."""
    if before == after:
        raise CHECK.finding(f"{before} is still active after the failover", path="$.runtime.role", observed="not moved")
