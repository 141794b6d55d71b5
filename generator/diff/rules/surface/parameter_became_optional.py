"""The rule `surface-parameter-became-optional`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.surface import Parameter


@rule("surface-parameter-became-optional", on=Pair[Parameter], level="safe", area="surface")
def parameter_became_optional(change: Pair[Parameter]) -> str | None:
    """The argument may be left out."""
    return "may be left out now" if change.old.default is None and change.new.default is not None else None
