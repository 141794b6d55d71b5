"""The rule `surface-field-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Field


@rule("surface-field-removed", on=Removed[Field], level="breaking", area="surface")
def field_removed(change: Removed[Field]) -> str | None:
    """Programs that read the attribute, or give it, fail."""
    return "is gone"
