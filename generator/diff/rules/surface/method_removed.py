"""The rule `surface-method-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.surface import Method


@rule("surface-method-removed", on=Removed[Method], level="breaking", area="surface")
def method_removed(change: Removed[Method]) -> str | None:
    """Calls of the method fail."""
    return "is gone"
