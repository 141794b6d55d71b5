"""The rule `security-undeclared`."""

from __future__ import annotations

from generator.diff.changes import Declared, Pair
from generator.diff.registry import rule


@rule("security-undeclared", on=Pair[Declared], level="risky", area="security")
def security_undeclared(change: Pair[Declared]) -> str | None:
    """The description no longer says how to authenticate."""
    return "no longer says how to authenticate" if change.old.said and not change.new.said else None
