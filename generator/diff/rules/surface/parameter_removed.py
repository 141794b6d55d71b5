"""The rule `surface-parameter-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Parameter


@rule("surface-parameter-removed", on=Removed[Parameter], level="breaking", area="surface")
def parameter_removed(change: Removed[Parameter]) -> str | None:
    """Calls with the argument fail."""
    return "is gone"
