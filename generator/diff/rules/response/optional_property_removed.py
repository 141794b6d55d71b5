"""The rule `response-optional-property-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Field


@rule("response-optional-property-removed", on=Removed[Field], level="breaking", area="schema", direction="response")
def optional_property_removed(change: Removed[Field]) -> str | None:
    """Callers that read the property, where it was sent, never find it again."""
    return None if change.old.required else "is gone"
