"""The rule `parameter-content-type-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import Parameter


@rule("parameter-content-type-changed", on=Pair[Parameter], level="breaking", area="parameters")
def parameter_content_type_changed(change: Pair[Parameter]) -> str | None:
    """Values are written in another notation than the server read before."""
    changed = change.old.content_type != change.new.content_type
    return f"its content type is {was(change.old.content_type, change.new.content_type)}" if changed else None
