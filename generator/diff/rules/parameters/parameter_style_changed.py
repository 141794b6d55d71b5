"""The rule `parameter-style-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Parameter


@rule("parameter-style-changed", on=Pair[Parameter], level="breaking", area="parameters")
def parameter_style_changed(change: Pair[Parameter]) -> str | None:
    """Lists and objects are written differently in the request; the server reads the old form wrongly."""
    same_place = change.old.location is change.new.location
    changed = same_place and change.old.style != change.new.style
    return f"the style is {was(change.old.style, change.new.style)}" if changed else None
