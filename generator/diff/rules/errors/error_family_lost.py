"""The rule `error-family-lost`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.ir import Api


@rule("error-family-lost", on=Pair[Api], level="breaking", area="errors")
def error_family_lost(change: Pair[Api]) -> str | None:
    """The error model of vCenter is gone: clients have no typed exceptions, tasks and sessions any more."""
    lost = change.old.profile == "vapi" and change.new.profile != "vapi"
    return "the error family of vCenter is gone" if lost else None
