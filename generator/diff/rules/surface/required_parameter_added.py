"""The rule `surface-required-parameter-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.surface import STARRED, Parameter


@rule("surface-required-parameter-added", on=Added[Parameter], level="breaking", area="surface")
def required_parameter_added(change: Added[Parameter]) -> str | None:
    """Calls without the argument fail."""
    needed = change.new.default is None and change.new.kind not in STARRED
    return "is new and has to be given" if needed else None
