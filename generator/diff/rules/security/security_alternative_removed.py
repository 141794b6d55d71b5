"""The rule `security-alternative-removed`."""

from __future__ import annotations

from generator.diff.changes import Alternative, Removed
from generator.diff.registry import rule


@rule("security-alternative-removed", on=Removed[Alternative], level="breaking", area="security")
def security_alternative_removed(change: Removed[Alternative]) -> str | None:
    """Callers that authenticate this way are refused."""
    return f"no longer accepts {change.old.text}" if change.old.schemes else None
