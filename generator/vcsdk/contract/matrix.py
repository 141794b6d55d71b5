"""The coverage matrix: operation by documented answer, with how often each was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vcsdk.copied.suite.coverage import NO_ANSWER


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.  `symbol` says the state without colour, `label` in words.

    `state` is "seen", "unseen", "wrong", "extra" (seen, not documented) or "none".
    """

    state: str
    symbol: str
    seen: int
    wrong: int
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One operation with a cell for each column."""

    name: str
    request: str
    effect: str
    requests: int
    state: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`columns` are statuses in order; `totals` counts the cells by state."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: dict[str, int]


def matrix(operations: Mapping[str, Mapping[str, Any]]) -> Matrix:
    """The matrix over `operations` of `results.json`."""
    columns = tuple(sorted({key for row in operations.values() for key in row["answers"]}, key=_order))
    rows = tuple(
        Row(
            name,
            row["request"],
            row["effect"],
            row["requests"],
            _row_state(row),
            tuple(_cell(row["answers"].get(column), column) for column in columns),
        )
        for name, row in operations.items()
    )
    states = [cell.state for row in rows for cell in row.cells]
    return Matrix(columns, rows, {state: states.count(state) for state in ("seen", "unseen", "wrong", "extra")})


def _order(status: str) -> tuple[int, str]:
    if status == NO_ANSWER:
        return 2, status
    return (1 if status.lower() == "default" else 0), status.upper()


def _row_state(row: Mapping[str, Any]) -> str:
    if any(answer["wrong"] for answer in row["answers"].values()):
        return "wrong"
    return "seen" if row["accepted"] else "unseen"


def _cell(answer: Mapping[str, Any] | None, column: str) -> Cell:
    if answer is None:
        return Cell("none", "", 0, 0, "not documented, not seen")
    seen, wrong = answer["seen"], answer["wrong"]
    if wrong:
        return Cell("wrong", "✕", seen, wrong, f"{column} seen {_times(seen)}, breaks the contract in {_tests(wrong)}")
    if not answer["documented"]:
        return Cell("extra", "+", seen, 0, f"{column} seen {_times(seen)}, not documented")
    if seen:
        return Cell("seen", "✓", seen, 0, f"{column} seen {_times(seen)}, as documented")
    return Cell("unseen", "○", 0, 0, f"{column} documented, not seen")


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def _tests(number: int) -> str:
    return "1 test" if number == 1 else f"{number:,} tests"
