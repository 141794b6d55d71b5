"""The rule `info-title-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Api


@rule("info-title-changed", on=Pair[Api], level="risky", area="api")
def info_title_changed(change: Pair[Api]) -> str | None:
    """Names of packages and of the client derive from the title where no configuration sets them."""
    return f"the title is {was(change.old.title, change.new.title)}" if change.old.title != change.new.title else None
