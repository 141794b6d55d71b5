"""Who reads JSON gets it also of an input that cannot be used: the findings, in one form for every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

LINES = [
    "lint bad.yaml --json",
    "generate bad.yaml -o out --json",
    "diff bad.yaml pets.yaml --json",
    "diff pets.yaml bad.yaml --format json",
    "diff bad.yaml --since 8.0.2 --json",
    "diff pets.yaml pets.yaml --ignore bad.yaml --json",
    "affected bad.yaml program.py --json",
    "affected pets.yaml program.py --old bad.yaml --json",
    "release bad.yaml -o out --json",
    "release bad.yaml -o out --dry-run --json",
    "names bad.yaml --json",
    "names pets.yaml --json",
    "contract score bad.yaml --json",
    "build bad.yaml --json",
    "publish bad.yaml --json --index-url http://127.0.0.1:9/simple",
]


@pytest.mark.parametrize("line", LINES)
def test_the_findings_are_there(line: str, run: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text("openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {get: 1}}\n")
    (folder / "program.py").write_text("")

    result = run(*line.split())

    assert result.status == 2
    made = json.loads(result.out)
    assert [each["level"] for each in made["diagnostics"]].count("error") >= 1
    assert "remedy" in made
    assert all({"level", "rule", "message", "file", "line", "column"} <= set(each) for each in made["diagnostics"])
    assert " error: " in result.err


def test_of_several_each_has_its_own(run: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text("[]")
    result = run("lint", "bad.yaml", "pets.yaml", "--json")
    assert result.status == 2
    assert [any(d["level"] == "error" for d in each["diagnostics"]) for each in json.loads(result.out)] == [True, False]


@pytest.mark.parametrize("line", ["diff bad.yaml pets.yaml", "names bad.yaml", "release bad.yaml", "build bad.yaml"])
def test_without_it_nothing_is_printed(line: str, run: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text("[]")
    assert (run(*line.split()).status, run(*line.split()).out) == (2, "")
