"""The rule `operation-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Operation


@rule("operation-removed", on=Removed[Operation], level="breaking", area="operations")
def operation_removed(change: Removed[Operation]) -> str | None:
    """Calls of the operation fail, and its method is gone from clients."""
    return None if change.old.deprecated else f"operation `{change.old.operation_id}` is gone"
