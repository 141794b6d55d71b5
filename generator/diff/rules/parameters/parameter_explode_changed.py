"""The rule `parameter-explode-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Parameter


@rule("parameter-explode-changed", on=Pair[Parameter], level="breaking", area="parameters")
def parameter_explode_changed(change: Pair[Parameter]) -> str | None:
    """Lists are repeated where they were joined, or the other way round; the server reads the old form wrongly."""
    same_place = change.old.location is change.new.location
    changed = same_place and change.old.style == change.new.style and change.old.explode != change.new.explode
    return f"explode is {was(change.old.explode, change.new.explode)}" if changed else None
