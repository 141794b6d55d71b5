"""The findings of many builds: what broke when, and what was mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vcsdk.contract import compare, places
from vcsdk.contract.sentence import subject

CELLS = ("broken", "known", "holds", "not tested")


@dataclass(frozen=True, slots=True)
class Build:
    """One run: its name, when it began, its verdict."""

    name: str
    started: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Row:
    """One finding.

    `cells` has one of `CELLS` for each build.  `first` and `last` are the positions of the first and last build that
    show it; `finding` is the newest of it.  `state` is "new" (the last build shows it, and the one before was seen to
    hold), "broken" (the last build shows it), "fixed" (the last build was seen to hold) or "not seen again".
    """

    fingerprint: str
    finding: Mapping[str, Any]
    cells: tuple[str, ...]
    first: int
    last: int
    state: str


@dataclass(frozen=True, slots=True)
class History:
    """Builds in the order of time, and a row for each finding: what is broken now first."""

    builds: tuple[Build, ...]
    rows: tuple[Row, ...]

    @property
    def regressed(self) -> bool:
        """True if the last build shows what the one before it did not, known findings aside."""
        return any(row.state == "new" and row.cells[-1] == "broken" for row in self.rows)

    @property
    def is_clean(self) -> bool:
        """True if the last build shows nothing but known findings."""
        return all(row.cells[-1] != "broken" for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """For other programs: `version`, `builds`, and `findings` with a cell a build."""
        return {
            "version": 1,
            "builds": [{"name": b.name, "started": b.started, "verdict": b.verdict} for b in self.builds],
            "findings": [
                {
                    "fingerprint": row.fingerprint,
                    "state": row.state,
                    "first": self.builds[row.first].name,
                    "last": self.builds[row.last].name,
                    "cells": list(row.cells),
                    "finding": row.finding,
                }
                for row in self.rows
            ],
        }


def history(runs: Sequence[Mapping[str, Any]]) -> History:
    """The history of runs, in the order in which they began."""
    ordered = sorted(runs, key=lambda run: str(run["started"]))
    found = [places.by_fingerprint(run) for run in ordered]
    # What is said of a finding is what its newest build says; what repeats another finding in it has no row.
    newest = {mark: finding for shown in found for mark, finding in shown.items()}
    marks = dict.fromkeys(newest[mark]["fingerprint"] for shown in found for mark in shown)
    rows = [_row(mark, newest[mark], ordered, found) for mark in marks if mark in newest]
    order = ("new", "broken", "not seen again", "fixed")
    rows.sort(key=lambda row: (order.index(row.state), *compare.worst_first(row.finding)))
    return History(tuple(map(_build, ordered)), tuple(rows))


def _build(run: Mapping[str, Any]) -> Build:
    return Build(subject(run["target"]), str(run["started"]), str(run["verdict"]))


def _row(
    mark: str,
    newest: Mapping[str, Any],
    runs: Sequence[Mapping[str, Any]],
    found: Sequence[Mapping[str, Mapping[str, Any]]],
) -> Row:
    names = {mark, *newest.get("repeats", ())}
    cells = tuple(
        _cell(next((shown[name] for name in names if name in shown), None), newest, run)
        for run, shown in zip(runs, found, strict=True)
    )
    shown_in = [number for number, cell in enumerate(cells) if cell in ("broken", "known")]
    state = {"holds": "fixed", "not tested": "not seen again"}.get(cells[-1], "broken")
    if state == "broken" and (len(cells) < 2 or cells[-2] not in ("broken", "known")):
        state = "new" if len(cells) > 1 else "broken"
    return Row(mark, newest, cells, shown_in[0], shown_in[-1], state)


def _cell(shown: Mapping[str, Any] | None, newest: Mapping[str, Any], run: Mapping[str, Any]) -> str:
    if shown is not None:
        return "known" if shown["known"] else "broken"
    return "holds" if compare.was_tried_again(newest, run) else "not tested"
