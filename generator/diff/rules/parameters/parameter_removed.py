"""The rule `parameter-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Parameter


@rule("parameter-removed", on=Removed[Parameter], level="breaking", area="parameters")
def parameter_removed(change: Removed[Parameter]) -> str | None:
    """What callers ask for with it is ignored or refused, and its argument is gone."""
    return "is gone"
