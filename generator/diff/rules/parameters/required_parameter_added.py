"""The rule `required-parameter-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import Parameter


@rule("required-parameter-added", on=Added[Parameter], level="breaking", area="parameters")
def required_parameter_added(change: Added[Parameter]) -> str | None:
    """Requests without the parameter are refused, and its argument has no default."""
    return "is new and required" if change.new.required else None
