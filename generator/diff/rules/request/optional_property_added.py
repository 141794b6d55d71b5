"""The rule `request-optional-property-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-optional-property-added", on=Added[Field], level="safe", area="schema", direction="input")
def optional_property_added(change: Added[Field]) -> str | None:
    """There is something more to say; requests without it do as before."""
    return None if change.new.required else "is new"
