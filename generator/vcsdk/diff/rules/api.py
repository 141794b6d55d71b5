"""Rules about the API as a whole."""

from __future__ import annotations

from vcsdk.diff.changes import Pair, Prefix
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import version_key, was
from vcsdk.ir import Api


@rule("info-version-raised", on=Pair[Api], level="safe", area="api", wording=True)
def info_version_raised(change: Pair[Api]) -> str | None:
    """The description has a higher version; nothing follows from that alone."""
    raised = version_key(change.new.version) > version_key(change.old.version)
    return f"the version is {was(change.old.version, change.new.version)}" if raised else None


@rule("info-version-lowered", on=Pair[Api], level="risky", area="api", wording=True)
def info_version_lowered(change: Pair[Api]) -> str | None:
    """The new description has a lower version than the old one: they may have been given in the wrong order."""
    lowered = version_key(change.new.version) < version_key(change.old.version)
    return f"the version is {was(change.old.version, change.new.version)}" if lowered else None


@rule("info-title-changed", on=Pair[Api], level="risky", area="api", wording=True)
def info_title_changed(change: Pair[Api]) -> str | None:
    """Names of packages and of the client derive from the title where no configuration sets them."""
    return f"the title is {was(change.old.title, change.new.title)}" if change.old.title != change.new.title else None


@rule("info-description-changed", on=Pair[Api], level="safe", area="api", wording=True)
def info_description_changed(change: Pair[Api]) -> str | None:
    """Documentation only."""
    return "the description is worded differently" if change.old.description != change.new.description else None


@rule("server-prefix-changed", on=Pair[Prefix], level="breaking", area="api")
def server_prefix_changed(change: Pair[Prefix]) -> str | None:
    """Every request goes to another path; clients built for the old one get 404."""
    changed = change.old != change.new
    return f"paths are below {was(change.old.path, change.new.path)}" if changed else None
