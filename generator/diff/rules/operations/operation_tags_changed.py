"""The rule `operation-tags-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Operation


@rule("operation-tags-changed", on=Pair[Operation], level="safe", area="operations")
def operation_tags_changed(change: Pair[Operation]) -> str | None:
    """The operation stands in another group of the documentation."""
    old, new = sorted(change.old.tags), sorted(change.new.tags)
    return f"the tags are {was(', '.join(old), ', '.join(new))}" if old != new else None
