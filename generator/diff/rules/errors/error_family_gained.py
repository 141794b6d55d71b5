"""The rule `error-family-gained`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Api


@rule("error-family-gained", on=Pair[Api], level="safe", area="errors")
def error_family_gained(change: Pair[Api]) -> str | None:
    """The description has the error model of vCenter: clients raise typed exceptions."""
    gained = change.new.profile == "vapi" and change.old.profile != "vapi"
    return "the error family of vCenter is described now" if gained else None
