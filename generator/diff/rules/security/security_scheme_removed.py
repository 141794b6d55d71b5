"""The rule `security-scheme-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import SecurityScheme


@rule("security-scheme-removed", on=Removed[SecurityScheme], level="breaking", area="security")
def security_scheme_removed(change: Removed[SecurityScheme]) -> str | None:
    """Callers that authenticate this way are refused."""
    return "is gone"
