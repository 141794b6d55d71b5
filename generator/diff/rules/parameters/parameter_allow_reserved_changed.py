"""The rule `parameter-allow-reserved-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Parameter


@rule("parameter-allow-reserved-changed", on=Pair[Parameter], level="risky", area="parameters")
def parameter_allow_reserved_changed(change: Pair[Parameter]) -> str | None:
    """Characters such as `/` and `?` in values are written differently in the request."""
    changed = change.old.allow_reserved != change.new.allow_reserved
    return f"allowReserved is {was(change.old.allow_reserved, change.new.allow_reserved)}" if changed else None
