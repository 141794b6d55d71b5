"""The rule `response-property-default-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Field


@rule("response-property-default-changed", on=Pair[Field], level="risky", area="schema", direction="answer")
def property_default_changed(change: Pair[Field]) -> str | None:
    """What an absent property stands for is another value than before."""
    changed = change.old.default != change.new.default
    return f"the default is {was(change.old.default, change.new.default)}" if changed else None
