"""The rule `info-version-raised`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import version_key, was
from generator.ir import Api


@rule("info-version-raised", on=Pair[Api], level="safe", area="api")
def info_version_raised(change: Pair[Api]) -> str | None:
    """The description has a higher version; nothing follows from that alone."""
    raised = version_key(change.new.version) > version_key(change.old.version)
    return f"the version is {was(change.old.version, change.new.version)}" if raised else None
