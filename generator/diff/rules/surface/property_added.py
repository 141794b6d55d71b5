"""The rule `surface-property-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Property


@rule("surface-property-added", on=Added[Property], level="safe", area="surface")
def property_added(change: Added[Property]) -> str | None:
    """There is something new below the client."""
    return "is new"
