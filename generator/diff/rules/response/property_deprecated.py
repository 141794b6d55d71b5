"""The rule `response-property-deprecated`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("response-property-deprecated", on=Pair[Field], level="risky", area="schema", direction="answer")
def property_deprecated(change: Pair[Field]) -> str | None:
    """It is still sent, but callers should plan to do without it."""
    return "is deprecated now" if change.new.deprecated and not change.old.deprecated else None
