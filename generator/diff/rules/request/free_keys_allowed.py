"""The rule `request-free-keys-allowed`."""

from __future__ import annotations

from generator.diff.changes import Added, FreeKeys
from generator.diff.registry import rule


@rule("request-free-keys-allowed", on=Added[FreeKeys], level="safe", area="schema", direction="input")
def free_keys_allowed(change: Added[FreeKeys]) -> str | None:
    """Properties beside the named ones are accepted."""
    return "properties beside the named ones are described now"
