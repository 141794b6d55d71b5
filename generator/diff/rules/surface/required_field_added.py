"""The rule `surface-required-field-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Field


@rule("surface-required-field-added", on=Added[Field], level="breaking", area="surface")
def required_field_added(change: Added[Field]) -> str | None:
    """Programs that make the object fail without the argument."""
    return "is new and has to be given" if change.new.default is None else None
