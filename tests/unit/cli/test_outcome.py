"""What the last line of a generation says: never that all is well where something may be anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.output import Outcome

from .conftest import Run

TEXT = {"type": "string"}
CLASH = {"allOf": [{"type": "string"}, {"type": "integer"}]}
EVEN = {"type": "array", "items": TEXT, "uniqueItems": True}


def described(**schemas: Any) -> str:
    about = {"openapi": "3.0.3", "info": {"title": "Odd", "version": "1"}, "paths": {}}
    Path("odd.json").write_text(json.dumps({**about, "components": {"schemas": schemas}}, indent=1))
    return "odd.json"


@pytest.mark.parametrize(
    ("schemas", "said"),
    [
        ({"A": TEXT}, "everything declared was emitted"),
        ({"A": {"type": "object"}, "B": {}, "C": {"description": "any"}}, "everything declared was emitted"),
        ({"A": CLASH}, "all was emitted, but 1 schema untyped"),
        (
            {"A": {"type": "object", "properties": {"a": CLASH, "b": {"type": "array", "items": CLASH}}}, "B": CLASH},
            "all was emitted, but 2 fields and 1 schema untyped",
        ),
        ({"A": EVEN}, "everything declared was emitted, 1 keyword not checked"),
        ({"A": EVEN, "B": CLASH}, "all was emitted, but 1 schema untyped, 1 keyword not checked"),
    ],
)
def test_the_last_line_counts_what_lacks(run: Run, folder: Path, schemas: dict[str, Any], said: str) -> None:
    """The second run says so too, although it does nothing."""
    name = described(**schemas)
    for _ in range(2):
        result = run("generate", name, "-o", "out", "--report", "report.json")
        assert result.status == 0
        assert f"   {said}   (details" in result.out
    report = json.loads(Path("report.json").read_text())
    assert (len(report["untyped"]) > 0) == ("untyped" in said)
    assert (len(report["unchecked"]) > 0) == ("checked" in said)


def test_the_report_has_them_one_by_one(run: Run, folder: Path) -> None:
    run(
        "generate",
        described(A={"type": "object", "properties": {"a": CLASH}}, B=EVEN),
        "-o",
        "out",
        "--report",
        "r.json",
    )
    report = json.loads(Path("r.json").read_text())
    line = Path("odd.json").read_text()[: Path("odd.json").read_text().index('"a"')].count("\n") + 1
    assert report["untyped"] == [{"kind": "field", "name": "A.a", "file": "odd.json", "line": line, "column": 6}]
    assert [found["rule"] for found in report["unchecked"]] == ["unchecked-keyword"]


def test_what_is_untyped_fails_a_run_that_asks_for_it(run: Run, folder: Path) -> None:
    clean, odd = described(A=TEXT, B=EVEN), None
    assert run("generate", clean, "-o", "clean", "--fail-on", "untyped").status == 0
    odd = described(A=CLASH)
    for words in (["--fail-on", "untyped"], ["--fail-on", "untyped", "-q"]):
        assert run("generate", odd, "-o", "odd", *words).status == 1
    assert run("generate", odd, "-o", "odd").status == 0
    assert run("generate", odd, "-o", "odd", "--fail-on", "untyped").status == 1
    assert run("generate", odd, "-o", "odd", "--fail-on", "anything").status == 2


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(True), "everything declared was emitted"),
        (Outcome(False), "not everything declared was emitted"),
        (Outcome(False, left_out=1), "not everything declared was emitted, 1 part left out"),
        (
            Outcome(False, {"field": 1, "answer": 2, "body": 2}, 3, 2, 1),
            "not everything declared was emitted, 2 parts left out, 1 not usable, "
            "2 answers, 2 bodies and 1 field untyped, 3 keywords not checked",
        ),
    ],
)
def test_the_words(outcome: Outcome, said: str) -> None:
    assert str(outcome) == said
