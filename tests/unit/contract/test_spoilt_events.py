"""Events in which something else stands than a run writes are told, whatever it is and wherever it stands."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main

from .results import finding, row
from .test_parts import shard

OTHERS = (None, 5, 1.5, "x", "", [], {}, [1], [[]], {"a": 1}, True)
COMMANDS = {"merge": ("merge", True), "history": ("history", False), "report": ("report", False)}


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    inner = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _places(each, (*place, key))


def _with(value: Any, place: tuple[Any, ...], other: Any) -> Any:
    if not place:
        return other
    changed = copy.copy(value)
    changed[place[0]] = _with(value[place[0]], place[1:], other)
    return changed


def _events(folder: Path) -> list[Any]:
    return [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]


def _spoilt(events: list[Any]) -> Iterator[list[Any]]:
    """Each kind of event with something else at each of its places, one after another."""
    kinds = {event["event"]: number for number, event in enumerate(events)}
    turn = 0
    for number in kinds.values():
        for place in _places(events[number]):
            for _ in range(2):
                turn += 1
                yield [
                    *events[:number],
                    _with(events[number], place, OTHERS[turn % len(OTHERS)]),
                    *events[number + 1 :],
                ]


@pytest.mark.parametrize("command", COMMANDS)
def test_they_are_told(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = shard(tmp_path / "1", "1/2", row("test_a"))
    second = shard(tmp_path / "2", "2/2", row("test_b", "failed", finding("vcha.cluster.mode.get")))
    word, is_merge = COMMANDS[command]
    words = ["contract", word, *([str(first)] if is_merge else []), str(second)]
    words += ["--report", str(tmp_path / "out")] if is_merge else []
    cases = list(_spoilt(_events(second)))

    for events in cases:
        (second / "events.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
        status = main(words)
        told = capsys.readouterr()
        assert status in (0, 1, 2, 3), (events, told.err)
        assert "internal error" not in told.err
        assert "Traceback" not in told.err
        for name in ("results.json", "index.html", "junit.xml"):
            (second / name).unlink(missing_ok=True)
    assert len(cases) > 100


@pytest.mark.parametrize("cut", [0, 1, 40, -1, -60])
def test_a_file_that_was_cut_is_none_or_that_of_a_run_that_died(
    cut: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = shard(tmp_path / "1", "1/2", row("test_a")), shard(tmp_path / "2", "2/2", row("test_b"))
    text = (second / "events.jsonl").read_text("utf-8")
    (second / "events.jsonl").write_text(text[:cut], encoding="utf-8")

    status = main(["contract", "merge", str(first), str(second), "--report", str(tmp_path / "out")])

    assert status == (2 if 0 <= cut <= 40 else 3 if cut == -60 else 0), capsys.readouterr().err


def test_of_many_missing_shards_a_few_are_named(tmp_path: Path) -> None:
    only = shard(tmp_path / "1", "7/999999999", row("test_a"))

    assert main(["contract", "merge", str(only), "--report", str(tmp_path / "out")]) == 3
    trouble = json.loads((tmp_path / "out" / "results.json").read_text("utf-8"))["trouble"]
    assert "1/999999999, 2/999999999" in trouble
    assert "999999978 more missing" in trouble
