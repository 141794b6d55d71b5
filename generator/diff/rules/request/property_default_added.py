"""The rule `request-property-default-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import MISSING, Field


@rule("request-property-default-added", on=Pair[Field], level="risky", area="schema", direction="input")
def property_default_added(change: Pair[Field]) -> str | None:
    """Requests that leave it out get what the default says, which may differ from before."""
    added = change.old.default is MISSING and change.new.default is not MISSING
    return f"the default is {quoted(change.new.default)}, and none was declared" if added else None
