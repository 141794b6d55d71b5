"""The rule `request-discriminator-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Discriminator


@rule("request-discriminator-changed", on=Pair[Discriminator], level="breaking", area="schema", direction="input")
def discriminator_changed(change: Pair[Discriminator]) -> str | None:
    """The property that tells kinds of values apart is another one; requests with the old one are refused."""
    changed = change.old.property != change.new.property
    return f"kinds are told apart by {was(change.old.property, change.new.property)}" if changed else None
