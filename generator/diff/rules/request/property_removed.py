"""The rule `request-property-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-property-removed", on=Removed[Field], level="breaking", area="schema", direction="input")
def property_removed(change: Removed[Field]) -> str | None:
    """What callers say with it is ignored or refused, and its argument is gone."""
    return "is gone"
