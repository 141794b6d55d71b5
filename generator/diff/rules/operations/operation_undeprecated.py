"""The rule `operation-undeprecated`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("operation-undeprecated", on=Pair[Operation], level="safe", area="operations")
def operation_undeprecated(change: Pair[Operation]) -> str | None:
    """The operation may be used again without a plan to leave it."""
    return "is no longer deprecated" if change.old.deprecated and not change.new.deprecated else None
