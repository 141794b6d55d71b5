"""The rule `surface-property-type-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Property


@rule("surface-property-type-changed", on=Pair[Property], level="risky", area="surface")
def property_type_changed(change: Pair[Property]) -> str | None:
    """The property gives an object of another class; what that can do is told with the class."""
    return f"the type is {was(change.old.type, change.new.type)}"
