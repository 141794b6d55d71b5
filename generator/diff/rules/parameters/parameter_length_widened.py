"""The rule `parameter-length-widened`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.bounds import loosened
from generator.ir import Constraints


@rule("parameter-length-widened", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_length_widened(change: Pair[Constraints]) -> str | None:
    """Shorter or longer texts are accepted."""
    return loosened(change, "minLength", "maxLength")
