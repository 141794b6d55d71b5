"""The rule `request-body-removed`."""

from __future__ import annotations

from generator.diff.changes import Removed
from generator.diff.registry import rule
from generator.ir import Body


@rule("request-body-removed", on=Removed[Body], level="breaking", area="body")
def request_body_removed(change: Removed[Body]) -> str | None:
    """What callers send is ignored or refused, and its arguments are gone."""
    return "is gone"
