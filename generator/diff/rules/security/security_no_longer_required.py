"""The rule `security-no-longer-required`."""

from __future__ import annotations

from generator.diff.changes import Added, Alternative
from generator.diff.registry import rule


@rule("security-no-longer-required", on=Added[Alternative], level="safe", area="security")
def security_no_longer_required(change: Added[Alternative]) -> str | None:
    """Calls without credentials are answered."""
    return None if change.new.schemes else "no longer needs credentials"
