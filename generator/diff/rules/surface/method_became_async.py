"""The rule `surface-method-became-async`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.surface import Method


@rule("surface-method-became-async", on=Pair[Method], level="breaking", area="surface")
def method_became_async(change: Pair[Method]) -> str | None:
    """Calls have to be awaited."""
    return "has to be awaited now" if change.new.asynchronous and not change.old.asynchronous else None
