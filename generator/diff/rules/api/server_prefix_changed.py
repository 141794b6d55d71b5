"""The rule `server-prefix-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair, Prefix
from generator.diff.registry import rule
from generator.diff.rules.words import was


@rule("server-prefix-changed", on=Pair[Prefix], level="breaking", area="api")
def server_prefix_changed(change: Pair[Prefix]) -> str | None:
    """Every request goes to another path; clients built for the old one get 404."""
    changed = change.old != change.new
    return f"paths are below {was(change.old.path, change.new.path)}" if changed else None
