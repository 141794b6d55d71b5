"""The rule `security-declared`."""

from __future__ import annotations

from generator.diff.changes import Declared, Pair
from generator.diff.registry import rule


@rule("security-declared", on=Pair[Declared], level="safe", area="security")
def security_declared(change: Pair[Declared]) -> str | None:
    """The description says how to authenticate, where it left that to be known."""
    return "says how to authenticate now" if change.new.said and not change.old.said else None
