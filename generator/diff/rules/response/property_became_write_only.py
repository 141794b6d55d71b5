"""The rule `response-property-became-write-only`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("response-property-became-write-only", on=Pair[Field], level="breaking", area="schema", direction="response")
def property_became_write_only(change: Pair[Field]) -> str | None:
    """The property belongs in requests only: callers that read it find nothing."""
    return "is write-only now" if change.new.write_only and not change.old.write_only else None
