"""The rule `response-free-keys-removed`."""

from __future__ import annotations

from generator.diff.changes import FreeKeys, Removed
from generator.diff.registry import rule


@rule("response-free-keys-removed", on=Removed[FreeKeys], level="risky", area="schema", direction="answer")
def free_keys_removed(change: Removed[FreeKeys]) -> str | None:
    """Properties beside the named ones may be missing."""
    return "properties beside the named ones are no longer described"
