"""The rule `request-property-default-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import MISSING, Field


@rule("request-property-default-changed", on=Pair[Field], level="risky", area="schema", direction="input")
def property_default_changed(change: Pair[Field]) -> str | None:
    """Requests that leave it out get something else than before."""
    old, new = change.old.default, change.new.default
    changed = old is not MISSING and new is not MISSING and old != new
    return f"the default is {was(old, new)}" if changed else None
