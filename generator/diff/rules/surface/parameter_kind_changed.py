"""The rule `surface-parameter-kind-changed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.surface import Parameter, ParameterKind


@rule("surface-parameter-kind-changed", on=Pair[Parameter], level="breaking", area="surface")
def parameter_kind_changed(change: Pair[Parameter]) -> str | None:
    """The argument can no longer be given by its place, or no longer by its name."""
    narrowed = change.old.kind is not change.new.kind and change.new.kind is not ParameterKind.POSITIONAL
    return f"is {was(change.old.kind.value, change.new.kind.value)}" if narrowed else None
