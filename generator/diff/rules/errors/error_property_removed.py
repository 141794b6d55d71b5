"""The rule `error-property-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Field


@rule("error-property-removed", on=Removed[Field], level="breaking", area="errors", direction="error")
def error_property_removed(change: Removed[Field]) -> str | None:
    """Handlers that read the property find nothing."""
    return "is gone"
