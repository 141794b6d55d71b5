"""The rule `surface-field-default-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Field


@rule("surface-field-default-changed", on=Pair[Field], level="risky", area="surface")
def field_default_changed(change: Pair[Field]) -> str | None:
    """Objects that are made without the argument mean something else."""
    old, new = change.old.default, change.new.default
    changed = old is not None and new is not None and old != new
    return f"the default is {was(old, new)}" if changed else None
