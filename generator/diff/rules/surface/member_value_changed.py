"""The rule `surface-member-value-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Member


@rule("surface-member-value-changed", on=Pair[Member], level="breaking", area="surface")
def member_value_changed(change: Pair[Member]) -> str | None:
    """The member stands for another value on the wire."""
    return f"the value is {was(change.old.value, change.new.value)}"
