"""The rule `deprecated-operation-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Operation


@rule("deprecated-operation-removed", on=Removed[Operation], level="breaking", area="operations")
def deprecated_operation_removed(change: Removed[Operation]) -> str | None:
    """Calls of the operation fail; its deprecation had announced that."""
    return f"operation `{change.old.operation_id}`, which was deprecated, is gone" if change.old.deprecated else None
