"""The result of a benchmark: rows of ratios, each with the bound it must keep."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison.  `bound` is the most `ours / theirs` may be; None only informs.  `skipped` says why not run."""

    what: str
    ours: str
    theirs: str
    ratio: float | None
    bound: float | None
    skipped: str = ""

    @property
    def kept(self) -> bool:
        """False if the bound was missed."""
        return self.ratio is None or self.bound is None or self.ratio <= self.bound


def row(what: str, ours: float, theirs: float, bound: float | None, unit: str = "s") -> Row:
    """A row of two measurements in the same unit; smaller is better."""
    return Row(what, _number(ours, unit), _number(theirs, unit), ours / theirs, bound)


def skipped(what: str, why: str) -> Row:
    """A row for what this machine cannot run."""
    return Row(what, "", "", None, None, why)


def render(rows: Sequence[Row]) -> str:
    """The table in Markdown, with the machine it was measured on."""
    lines = [
        f"Measured on {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}; "
        "medians of interleaved runs.",
        "",
        "| what | vcsdk | compared with | ratio | at most | |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for entry in rows:
        if entry.skipped:
            lines.append(f"| {entry.what} | | | | | skipped: {entry.skipped} |")
            continue
        bound = "" if entry.bound is None else f"{entry.bound:.2f}x"
        verdict = "" if entry.bound is None else "kept" if entry.kept else "**missed**"
        lines.append(f"| {entry.what} | {entry.ours} | {entry.theirs} | {entry.ratio:.2f}x | {bound} | {verdict} |")
    return "\n".join(lines)


def _number(value: float, unit: str) -> str:
    if unit == "s" and value < 1:
        return f"{value * 1000:.1f} ms" if value >= 0.001 else f"{value * 1e6:.0f} µs"
    return f"{value:.2f} {unit}" if unit == "s" else f"{value:.0f} {unit}"
