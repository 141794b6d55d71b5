"""The rule `surface-method-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import Method


@rule("surface-method-added", on=Added[Method], level="safe", area="surface")
def method_added(change: Added[Method]) -> str | None:
    """There is something new to call."""
    return "is new"
