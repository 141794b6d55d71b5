"""The time line of a run: a lane for each operation, a bar for each test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

WIDTH, LANE, LABELS, TOP = 1000, 18, 210, 22
_NARROWEST = 1.6
_STEPS = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Bar:
    """One test: its place in the drawing's units, what became of it, and a text for it."""

    x: float
    width: float
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One operation."""

    name: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing.  `ticks` are (x, label)."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]


def timeline(tests: Iterable[Mapping[str, Any]], seconds: float) -> Timeline:
    """The time line over `tests` of `results.json`; tests that were skipped are left out."""
    run = [row for row in tests if row["outcome"] != "skipped"]
    whole = max([seconds, 0.1, *(row["at"] + row["seconds"] for row in run)])
    scale = (WIDTH - LABELS) / whole
    lanes: dict[str, list[Bar]] = {}
    for row in sorted(run, key=lambda row: (row["at"], row["test"])):
        width = max(row["seconds"] * scale, _NARROWEST)
        text = f"{row['test'].rpartition('::')[2]}: {row['outcome']}, at {row['at']:.1f} s, {row['seconds']:.2f} s"
        bar = Bar(round(LABELS + row["at"] * scale, 1), round(width, 1), row["outcome"], text)
        lanes.setdefault(row["operation"] or "the whole API", []).append(bar)
    step = next((step for step in _STEPS if whole / step <= _MOST_TICKS), whole / _MOST_TICKS)
    ticks = [(round(LABELS + n * step * scale, 1), f"{n * step:g} s") for n in range(int(whole / step) + 1)]
    made = tuple(
        Lane(name, TOP + number * LANE, tuple(_failures_on_top(bars)))
        for number, (name, bars) in enumerate(lanes.items())
    )
    return Timeline(WIDTH, TOP + len(made) * LANE + 4, made, tuple(ticks))


def _failures_on_top(bars: list[Bar]) -> list[Bar]:
    """What is drawn last lies on top."""
    return sorted(bars, key=lambda bar: bar.outcome != "passed")
