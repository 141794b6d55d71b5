"""The rule `surface-module-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Module


@rule("surface-module-added", on=Added[Module], level="safe", area="surface")
def module_added(change: Added[Module]) -> str | None:
    """There is something new to import."""
    return "is new"
