"""The rule `parameter-default-removed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import quoted
from generator.ir import MISSING, Parameter


@rule("parameter-default-removed", on=Pair[Parameter], level="risky", area="parameters")
def parameter_default_removed(change: Pair[Parameter]) -> str | None:
    """What calls get that leave it out is no longer stated."""
    removed = change.new.default is MISSING and change.old.default is not MISSING
    return f"the default {quoted(change.old.default)} is no longer declared" if removed else None
