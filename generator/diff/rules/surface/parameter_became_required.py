"""The rule `surface-parameter-became-required`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.surface import Parameter


@rule("surface-parameter-became-required", on=Pair[Parameter], level="breaking", area="surface")
def parameter_became_required(change: Pair[Parameter]) -> str | None:
    """Calls without the argument fail."""
    return "has to be given now" if change.new.default is None and change.old.default is not None else None
