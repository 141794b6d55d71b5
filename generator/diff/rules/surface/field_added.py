"""The rule `surface-field-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Field


@rule("surface-field-added", on=Added[Field], level="safe", area="surface")
def field_added(change: Added[Field]) -> str | None:
    """There is something more to read; objects can be made without it."""
    return None if change.new.default is None else "is new"
