"""The rule `surface-export-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Export


@rule("surface-export-added", on=Added[Export], level="safe", area="surface")
def export_added(change: Added[Export]) -> str | None:
    """The name can be imported from one place more."""
    return "is new"
