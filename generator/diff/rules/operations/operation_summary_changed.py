"""The rule `operation-summary-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Operation


@rule("operation-summary-changed", on=Pair[Operation], level="safe", area="operations")
def operation_summary_changed(change: Pair[Operation]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the summary is worded differently" if change.old.summary != change.new.summary else None
