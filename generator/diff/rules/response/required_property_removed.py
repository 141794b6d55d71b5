"""The rule `response-required-property-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Field


@rule("response-required-property-removed", on=Removed[Field], level="breaking", area="schema", direction="response")
def required_property_removed(change: Removed[Field]) -> str | None:
    """Callers that read the property find nothing, and decoding by the old description fails."""
    return "is gone" if change.old.required else None
