"""The rule `info-version-lowered`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import version_key, was
from generator.ir import Api


@rule("info-version-lowered", on=Pair[Api], level="risky", area="api")
def info_version_lowered(change: Pair[Api]) -> str | None:
    """The new description has a lower version than the old one: they may have been given in the wrong order."""
    lowered = version_key(change.new.version) < version_key(change.old.version)
    return f"the version is {was(change.old.version, change.new.version)}" if lowered else None
