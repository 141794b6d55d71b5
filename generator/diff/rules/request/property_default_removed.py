"""The rule `request-property-default-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import MISSING, Field


@rule("request-property-default-removed", on=Pair[Field], level="risky", area="schema", direction="input")
def property_default_removed(change: Pair[Field]) -> str | None:
    """What requests get that leave it out is no longer stated."""
    removed = change.new.default is MISSING and change.old.default is not MISSING
    return f"the default {quoted(change.old.default)} is no longer declared" if removed else None
