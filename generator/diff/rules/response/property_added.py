"""The rule `response-property-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Field


@rule("response-property-added", on=Added[Field], level="safe", area="schema", direction="response")
def property_added(change: Added[Field]) -> str | None:
    """The answer tells one thing more; clients ignore what they do not know."""
    return "is new"
