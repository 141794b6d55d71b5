"""The rule `optional-parameter-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Parameter


@rule("optional-parameter-added", on=Added[Parameter], level="safe", area="parameters")
def optional_parameter_added(change: Added[Parameter]) -> str | None:
    """There is something more to ask for; calls without it do as before."""
    return None if change.new.required else "is new"
