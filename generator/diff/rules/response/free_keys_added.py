"""The rule `response-free-keys-added`."""

from __future__ import annotations

from generator.diff.changes import Added, FreeKeys
from generator.diff.registry import rule


@rule("response-free-keys-added", on=Added[FreeKeys], level="safe", area="schema", direction="answer")
def free_keys_added(change: Added[FreeKeys]) -> str | None:
    """The answer may have properties beside the named ones."""
    return "properties beside the named ones are described now"
