"""The rule `operation-role-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Operation


@rule("operation-role-changed", on=Pair[Operation], level="breaking", area="operations")
def operation_role_changed(change: Pair[Operation]) -> str | None:
    """The operation plays another part in logging in or in following tasks, which clients do by themselves."""
    changed = change.old.role is not change.new.role
    return f"its part is {was(change.old.role, change.new.role)}" if changed else None
