"""The rule `operation-disrupts-connection`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("operation-disrupts-connection", on=Pair[Operation], level="risky", area="operations")
def operation_disrupts_connection(change: Pair[Operation]) -> str | None:
    """The connection can break during the call; callers have to be ready for an unknown outcome."""
    started = change.new.disrupts_connection and not change.old.disrupts_connection
    return "interrupts the connection now" if started else None
