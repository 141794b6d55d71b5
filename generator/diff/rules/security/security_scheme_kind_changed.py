"""The rule `security-scheme-kind-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import SecurityScheme


@rule("security-scheme-kind-changed", on=Pair[SecurityScheme], level="breaking", area="security")
def security_scheme_kind_changed(change: Pair[SecurityScheme]) -> str | None:
    """The credentials travel differently; callers that send them as before are refused."""
    return f"the kind is {was(change.old.kind, change.new.kind)}" if change.old.kind != change.new.kind else None
