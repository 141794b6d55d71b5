"""The rule `error-type-removed`."""

from __future__ import annotations

from generator.diff.changes import ErrorValue, Removed
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("error-type-removed", on=Removed[ErrorValue], level="risky", area="errors")
def error_type_removed(change: Removed[ErrorValue]) -> str | None:
    """Handlers of this type of error are never run."""
    return f"the error type {quoted(change.old.value)} is gone"
