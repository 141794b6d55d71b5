"""A failover moves the active role to the other node, once."""

from __future__ import annotations

from ..check import Check, Finding

CHECK = Check("role-moves", __doc__, ("role-does-not-move",), severity="content")


def hold(before: str, after: str) -> None:
    """Another node is active than before."""
    if before == after:
        raise Finding(
            CHECK, f"{before} is still active after the failover", path="$.runtime.role", observed="not moved"
        )
