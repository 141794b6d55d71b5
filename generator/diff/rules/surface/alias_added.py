"""The rule `surface-alias-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Alias


@rule("surface-alias-added", on=Added[Alias], level="safe", area="surface")
def alias_added(change: Added[Alias]) -> str | None:
    """There is one more name for a type."""
    return "is new"
