"""The rule `operation-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Operation


@rule("operation-added", on=Added[Operation], level="safe", area="operations")
def operation_added(change: Added[Operation]) -> str | None:
    """There is something new to call."""
    return f"operation `{change.new.operation_id}` is new"
