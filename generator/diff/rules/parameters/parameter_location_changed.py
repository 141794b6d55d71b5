"""The rule `parameter-location-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Parameter


@rule("parameter-location-changed", on=Pair[Parameter], level="breaking", area="parameters")
def parameter_location_changed(change: Pair[Parameter]) -> str | None:
    """Where callers send it, the server no longer looks for it."""
    changed = change.old.location is not change.new.location
    return f"travels in the {was(change.old.location.value, change.new.location.value)}" if changed else None
