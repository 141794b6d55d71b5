"""The rule `parameter-enum-value-removed`."""

from __future__ import annotations

from generator.diff.changes import EnumValue, Removed
from generator.diff.registry import rule
from generator.diff.rules.words import quoted


@rule("parameter-enum-value-removed", on=Removed[EnumValue], level="breaking", area="parameters", direction="parameter")
def parameter_enum_value_removed(change: Removed[EnumValue]) -> str | None:
    """The value is refused."""
    return f"the value {quoted(change.old.value)} is gone"
