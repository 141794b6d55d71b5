"""The rule `security-scheme-wire-name-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import SecurityScheme


@rule("security-scheme-wire-name-changed", on=Pair[SecurityScheme], level="breaking", area="security")
def security_scheme_wire_name_changed(change: Pair[SecurityScheme]) -> str | None:
    """The credentials travel under another name; callers that send the old one are refused."""
    same_kind = change.old.kind == change.new.kind
    changed = same_kind and change.old.wire_name != change.new.wire_name
    return f"the {change.new.kind} is called {was(change.old.wire_name, change.new.wire_name)}" if changed else None
