"""The rule `surface-method-became-sync`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.surface import Method


@rule("surface-method-became-sync", on=Pair[Method], level="breaking", area="surface")
def method_became_sync(change: Pair[Method]) -> str | None:
    """Calls can no longer be awaited."""
    return "can no longer be awaited" if change.old.asynchronous and not change.new.asynchronous else None
