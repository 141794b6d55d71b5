"""The rule `security-alternative-added`."""

from __future__ import annotations

from generator.diff.changes import Added, Alternative
from generator.diff.registry import rule


@rule("security-alternative-added", on=Added[Alternative], level="safe", area="security")
def security_alternative_added(change: Added[Alternative]) -> str | None:
    """There is one more way to authenticate the call."""
    return f"accepts {change.new.text} now" if change.new.schemes else None
