"""The rule `response-property-no-longer-write-only`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Field


@rule("response-property-no-longer-write-only", on=Pair[Field], level="safe", area="schema", direction="response")
def property_no_longer_write_only(change: Pair[Field]) -> str | None:
    """The property is sent in answers as well; if it is a secret, it can be read now."""
    return "is no longer write-only" if change.old.write_only and not change.new.write_only else None
