"""The rule `request-property-became-read-only`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-property-became-read-only", on=Pair[Field], level="breaking", area="schema", direction="input")
def property_became_read_only(change: Pair[Field]) -> str | None:
    """The property belongs in answers only: what callers say with it is ignored or refused."""
    return "is read-only now" if change.new.read_only and not change.old.read_only else None
