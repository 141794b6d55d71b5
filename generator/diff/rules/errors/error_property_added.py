"""The rule `error-property-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Field


@rule("error-property-added", on=Added[Field], level="safe", area="errors", direction="error")
def error_property_added(change: Added[Field]) -> str | None:
    """Errors tell one thing more."""
    return "is new"
