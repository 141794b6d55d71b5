"""The rule `surface-property-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Property


@rule("surface-property-removed", on=Removed[Property], level="breaking", area="surface")
def property_removed(change: Removed[Property]) -> str | None:
    """Programs that go through the property fail."""
    return "is gone"
