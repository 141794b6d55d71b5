"""The rule `error-type-added`."""

from __future__ import annotations

from generator.diff.changes import Added, ErrorValue
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("error-type-added", on=Added[ErrorValue], level="risky", area="errors")
def error_type_added(change: Added[ErrorValue]) -> str | None:
    """The server can report a type of error that callers do not know; clients raise their general error for it."""
    return f"the error type {quoted(change.new.value)} is new"
