"""What is known of descriptions that do not come out whole, and whether a run says the same."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.examining import Examined

FILE = Path(__file__).with_name("expected.toml")


@dataclass(frozen=True)
class Expected:
    """`outcome` with the rules that refuse it, or how many parts are left out; `reason` says why that is right.

    `excused` are the places of faults that the reason explains, and chance may find; that all are gone is told, too.
    """

    name: str
    outcome: str
    reason: str
    rules: tuple[str, ...] = ()
    left_out: int = 0
    excused: tuple[str, ...] = ()


def expectations(file: Path = FILE) -> dict[str, Expected]:
    """By the names of files below their folder."""
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["file"]
    lists = {"rules", "excused"}
    read = [Expected(**{k: tuple(v) if k in lists else v for k, v in entry.items()}) for entry in entries]
    return {entry.name: entry for entry in read}


def surprises(found: Iterable[Examined], expected: dict[str, Expected]) -> Iterator[str]:
    """A line for every description that is better or worse than it is known to be."""
    for each in found:
        known = expected.get(each.name, Expected(each.name, "whole", ""))
        said = (each.outcome, each.refused, each.left_out)
        if said != (known.outcome, known.rules, known.left_out):
            yield f"{each.name}: {known.outcome} {_of(known)}was expected, but it is {each}"
        elif bool(each.faults) != bool(known.excused) or {place for _, place, _ in each.faults} - set(known.excused):
            yield str(each) if each.faults else f"{each.name} is better than expected: {', '.join(known.excused)}"


def _of(known: Expected) -> str:
    if known.outcome == "partial":
        return f"without {known.left_out} parts "
    return f"by {', '.join(known.rules)} " if known.rules else ""
