"""The rule `operation-id-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Operation


@rule("operation-id-changed", on=Pair[Operation], level="risky", area="operations")
def operation_id_changed(change: Pair[Operation]) -> str | None:
    """The request is the same; configurations that name the operation, and generated method names, change."""
    changed = change.old.operation_id != change.new.operation_id
    return f"the operationId is {was(change.old.operation_id, change.new.operation_id)}" if changed else None
