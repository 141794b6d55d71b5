"""The rule `surface-field-became-required`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.surface import Field


@rule("surface-field-became-required", on=Pair[Field], level="breaking", area="surface")
def field_became_required(change: Pair[Field]) -> str | None:
    """Programs that make the object fail without the argument."""
    return "has to be given now" if change.new.default is None and change.old.default is not None else None
