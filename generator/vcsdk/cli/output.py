"""The last things a generation says, whether it ran or had nothing to do."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vcsdk.cli.failure import clean
from vcsdk.cli.style import Style, plural
from vcsdk.placing import place

if TYPE_CHECKING:
    # What says a second time what was said before needs no stage.
    from vcsdk.emitters.completeness import Completeness


class Outcome(msgspec.Struct, frozen=True):
    """What the last line tells: whether all was emitted, and counts of what lacks, kinds with `untyped` places."""

    complete: bool
    untyped: dict[str, int] = {}
    unchecked: int = 0
    left_out: int = 0
    unusable: int = 0

    @classmethod
    def of(cls, completeness: Completeness) -> Outcome:
        """The outcome of a generation."""
        kinds = Counter(place.kind for place in completeness.untyped)
        left_out = len(completeness.left_out)
        return cls(completeness.complete, dict(kinds), completeness.unchecked, left_out, completeness.unusable)

    def __str__(self) -> str:
        """Such as "all was emitted, but 1 schema and 2 fields untyped, 4 keywords not checked"."""
        lacks = []
        if self.left_out:
            lacks.append(f"{plural(self.left_out, 'part')} left out")
        if self.unusable:
            lacks.append(f"{self.unusable:,} not usable")
        if self.untyped:
            kinds = [plural(count, kind, _PLURALS.get(kind)) for kind, count in sorted(self.untyped.items())]
            lacks.append(f"{' and '.join((', '.join(kinds[:-1]), kinds[-1])) if kinds[1:] else kinds[0]} untyped")
        if self.unchecked:
            lacks.append(f"{plural(self.unchecked, 'keyword')} not checked")
        if not self.complete:
            return ", ".join(("not everything declared was emitted", *lacks))
        if self.untyped:
            # What may be anything is there, but nobody would call it all that was declared.
            return f"all was emitted, but {', '.join(lacks)}"
        return ", ".join(("everything declared was emitted", *lacks))


_PLURALS = {"body": "bodies"}


def closing(seconds: float, description: str | None, outcome: Outcome, style: Style) -> str:
    """The last line of the screen: how long it took, and what became of what was declared.

    `description` is what `vcsdk lint` takes, None where there is no one name for it.
    """
    colours = ("yellow" if outcome.untyped else "green",) if outcome.complete else ("red", "bold")
    lint = f", `vcsdk lint {clean(description)}`" if description is not None else ""
    details = style(f"(details: --report{lint})", "dim")
    return f"  in {seconds:.1f} s   {style(str(outcome), *colours)}   {details}\n"


def hand_over(text: str, file: Path | None, *, printed: bool) -> None:
    """Print a report, write it to a file (its folder is made), both or neither."""
    if printed:
        sys.stdout.write(text)
    if file is not None:
        place([(file, text.encode())])
