"""The rule `response-discriminator-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Discriminator


@rule("response-discriminator-changed", on=Pair[Discriminator], level="breaking", area="schema", direction="answer")
def discriminator_changed(change: Pair[Discriminator]) -> str | None:
    """The property that tells kinds of values apart is another one; clients look for the old one."""
    changed = change.old.property != change.new.property
    return f"kinds are told apart by {was(change.old.property, change.new.property)}" if changed else None
