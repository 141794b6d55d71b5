"""The rule `request-required-property-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Field


@rule("request-required-property-added", on=Added[Field], level="breaking", area="schema", direction="input")
def required_property_added(change: Added[Field]) -> str | None:
    """Requests without the property are refused."""
    return "is new and required" if change.new.required else None
