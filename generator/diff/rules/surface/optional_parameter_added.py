"""The rule `surface-optional-parameter-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import STARRED, Parameter


@rule("surface-optional-parameter-added", on=Added[Parameter], level="safe", area="surface")
def optional_parameter_added(change: Added[Parameter]) -> str | None:
    """There is something more to say; calls without it do as before."""
    needed = change.new.default is None and change.new.kind not in STARRED
    return None if needed else "is new"
