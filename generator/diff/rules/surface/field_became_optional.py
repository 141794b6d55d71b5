"""The rule `surface-field-became-optional`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.surface import Field


@rule("surface-field-became-optional", on=Pair[Field], level="safe", area="surface")
def field_became_optional(change: Pair[Field]) -> str | None:
    """The argument may be left out where the object is made; its type tells what reading it gives then."""
    return "may be left out now" if change.old.default is None and change.new.default is not None else None
