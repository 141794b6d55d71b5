"""The rule `request-property-no-longer-read-only`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-property-no-longer-read-only", on=Pair[Field], level="safe", area="schema", direction="input")
def property_no_longer_read_only(change: Pair[Field]) -> str | None:
    """The property may be sent."""
    return "is no longer read-only" if change.old.read_only and not change.new.read_only else None
