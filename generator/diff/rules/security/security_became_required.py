"""The rule `security-became-required`."""

from __future__ import annotations

from generator.diff.changes import Alternative, Removed
from generator.diff.registry import rule


@rule("security-became-required", on=Removed[Alternative], level="breaking", area="security")
def security_became_required(change: Removed[Alternative]) -> str | None:
    """Calls without credentials are refused."""
    return None if change.old.schemes else "needs credentials now"
