"""The rule `surface-method-request-changed`."""

from __future__ import annotations

import re

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Method

# A path parameter under another name is the same request.
_PARAMETER = re.compile(r"\{[^{}]*\}")


@rule("surface-method-request-changed", on=Pair[Method], level="risky", area="surface")
def method_request_changed(change: Pair[Method]) -> str | None:
    """Calls send another request than before; what it does and needs may differ."""
    old, new = (_PARAMETER.sub("{}", method.request) for method in (change.old, change.new))
    changed = bool(old) and bool(new) and old != new
    return f"sends {was(change.old.request, change.new.request)}" if changed else None
