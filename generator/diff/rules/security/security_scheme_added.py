"""The rule `security-scheme-added`."""

from __future__ import annotations

from generator.diff.changes import Added
from generator.diff.registry import rule
from generator.ir import SecurityScheme


@rule("security-scheme-added", on=Added[SecurityScheme], level="safe", area="security")
def security_scheme_added(change: Added[SecurityScheme]) -> str | None:
    """There is one more way to authenticate; operations say where it is used."""
    return "is new"
