"""The rule `path-parameter-renamed`."""

from __future__ import annotations

from generator.diff.changes import Pair
from generator.diff.registry import rule
from generator.diff.rules.words import was
from generator.ir import In, Parameter


@rule("path-parameter-renamed", on=Pair[Parameter], level="risky", area="parameters")
def path_parameter_renamed(change: Pair[Parameter]) -> str | None:
    """Requests are the same; the argument of generated methods has another name."""
    renamed = change.new.location is In.PATH and change.old.wire_name != change.new.wire_name
    return f"is called {was(change.old.wire_name, change.new.wire_name)}" if renamed else None
