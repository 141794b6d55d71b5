"""The rule `operation-deprecated`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("operation-deprecated", on=Pair[Operation], level="risky", area="operations")
def operation_deprecated(change: Pair[Operation]) -> str | None:
    """The operation still works, but callers should plan to leave it."""
    return "is deprecated now" if change.new.deprecated and not change.old.deprecated else None
