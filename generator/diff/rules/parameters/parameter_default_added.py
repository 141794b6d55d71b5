"""The rule `parameter-default-added`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import MISSING, Parameter


@rule("parameter-default-added", on=Pair[Parameter], level="risky", area="parameters")
def parameter_default_added(change: Pair[Parameter]) -> str | None:
    """Calls that leave it out get what the default says, which may differ from before."""
    added = change.old.default is MISSING and change.new.default is not MISSING
    return f"the default is {quoted(change.new.default)}, and none was declared" if added else None
