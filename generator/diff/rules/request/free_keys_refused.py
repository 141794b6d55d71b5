"""The rule `request-free-keys-refused`."""

from __future__ import annotations

from generator.diff.changes import FreeKeys, Removed
from generator.diff.registry import rule


@rule("request-free-keys-refused", on=Removed[FreeKeys], level="risky", area="schema", direction="input")
def free_keys_refused(change: Removed[FreeKeys]) -> str | None:
    """Properties beside the named ones may be refused."""
    return "properties beside the named ones are no longer described"
