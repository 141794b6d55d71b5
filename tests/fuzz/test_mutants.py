"""Three hundred mutants of `make fuzz`, always the same ones, and the fuzzer's own parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.instances.values import Values

from tests.fuzz import exercise
from tests.fuzz.campaign import mutant, run
from tests.fuzz.reduce import reduced, reduced_text

SEED = 20_261
SHARE = 50


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 300, SHARE))
def test_nothing_is_found_in_three_hundred_mutants(tmp_path: Path, first: int) -> None:
    assert run(SEED, range(first, first + SHARE), tmp_path, None) == []


def test_a_mutant_is_told_by_its_seed_and_number() -> None:
    assert mutant(3, 5).content == mutant(3, 5).content
    assert len({mutant(3, number).content for number in range(20)}) > 15


def test_a_fault_is_named_by_its_place_and_made_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(self: Values, schema: Any, depth: int, met: set[str]) -> dict[str, Any]:
        raise KeyError(depth)

    monkeypatch.setattr(Values, "_flatten", wrong)
    found = run(SEED, range(12), tmp_path / "work", tmp_path / "small")
    fault = next(each for each in found if each.fault.kind == "KeyError")
    assert fault.fault.where == "instances/values.py:flatten"  # our own frame is none of the toolkit
    assert fault.file is not None
    assert fault.file.stat().st_size < 1500


def test_an_endless_command_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> object:
        while True:
            pass

    description = tmp_path / "d.json"
    description.write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}}))
    monkeypatch.setattr("vcsdk.pipeline.build", endless)
    found = exercise.faults(description, description, tmp_path / "work", 0.3, ("lint",))
    assert [each.kind for each in found] == ["TookTooLong"]


def test_what_does_not_matter_is_taken_out() -> None:
    data = {"a": {"b": [1, {"c": "x" * 100, "bad": True}]}, "d": {"e": {"f": 1}}}
    assert reduced(data, lambda each: '"bad": true' in json.dumps(each)) in (
        {"a": {"b": [{"bad": True}]}},
        {"a": {"bad": True}},
    )
    assert reduced_text(b"a\nb\nbad\nc\n", lambda text: b"bad" in text) == b"bad\n"
