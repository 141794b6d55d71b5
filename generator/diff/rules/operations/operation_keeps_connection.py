"""The rule `operation-keeps-connection`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("operation-keeps-connection", on=Pair[Operation], level="safe", area="operations")
def operation_keeps_connection(change: Pair[Operation]) -> str | None:
    """The call no longer interrupts the connection."""
    stopped = change.old.disrupts_connection and not change.new.disrupts_connection
    return "no longer interrupts the connection" if stopped else None
