"""`--partial` and `skip`: what each command says of what was left out, and with which status it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import DESCRIPTION, Run, tree

BROKEN = DESCRIPTION.replace('{"204": {description: All are gone.}}', '{"204": {$ref: "#/components/schemas/Pet"}}')
COST = "`--partial` would leave out 1 operation of 2"
HURT = DESCRIPTION.replace("type: string, enum: [CAT, DOG]", "type: lamp, enum: [CAT, DOG]")


@pytest.fixture
def broken(folder: Path) -> Path:
    """The folder of a description of two operations, one of which cannot be emitted."""
    Path("pets.yaml").write_text(BROKEN)
    return folder


def test_refused_without_it_and_the_hint_says_what_it_would_cost(run: Run, broken: Path) -> None:
    result = run("generate", "pets.yaml", "-o", "out", "--report", "report.json")
    assert result.status == 2
    assert not Path("out").exists()
    assert result.err.endswith(f"1 error, nothing written.\n  hint: {COST}\n")
    assert json.loads(Path("report.json").read_text())["remedy"] == COST


def test_the_rest_is_generated_and_everybody_says_what_is_not(run: Run, broken: Path) -> None:
    result = run("generate", "pets.yaml", "-o", "out", "--partial", "--report", "report.json")
    assert result.status == 1
    assert "  left out   1 operation of 2\n" in result.out
    assert "not everything declared was emitted" in result.out
    assert "pets.yaml:16:33: warning: `#/components/schemas/Pet` is a schema, and a response is needed here; the " in (
        result.err
    )
    report = json.loads(Path("report.json").read_text())
    assert report["operations"] == {"declared": 2, "emitted": 1}
    assert report["responses"] == {"declared": 3, "emitted": 2}
    [row] = report["left_out"]
    assert (row["kind"], row["name"], row["rule"], row["line"], row["skipped"]) == (
        "operation",
        "POST /pets?action=clear",
        "ref-kind",
        14,
        False,
    )
    readme = Path("out/pet-store/README.md").read_text()
    assert "1 operation of 2 cannot be generated" in readme
    assert "- operation POST /pets?action=clear: " in readme
    assert "clear_pets" not in "".join(p.read_text() for p in Path("out").rglob("*.py"))


def test_a_second_run_ends_the_same_way(run: Run, broken: Path) -> None:
    first = run("generate", "pets.yaml", "-o", "out", "--partial")
    before = tree(Path("out"))
    again = run("generate", "pets.yaml", "-o", "out", "--partial")
    assert (again.status, again.err) == (first.status, first.err)
    assert tree(Path("out")) == before
    assert run("generate", "pets.yaml", "-o", "out").status == 2


def test_more_findings_than_a_screen_holds_do_not_hide_it(run: Run, broken: Path) -> None:
    defaults = ", ".join(f"p{n}: {{type: integer, default: x}}" for n in range(20))
    Path("pets.yaml").write_text(BROKEN.replace("name: {type: string}", f"name: {{type: string}}, {defaults}"))
    assert "is left out [ref-kind]" in run("generate", "pets.yaml", "-o", "out", "--partial").err


def test_what_somebody_decided_is_no_failure(run: Run, broken: Path) -> None:
    Path("pets.toml").write_text("[operations.clearPets]\nskip = true\n")
    result = run("generate", "pets.yaml", "-o", "out", "--report", "report.json")
    assert (result.status, result.err) == (0, "")
    assert "  skipped    1 operation of 2\n" in result.out
    assert "everything declared was emitted" in result.out
    assert [row["skipped"] for row in json.loads(Path("report.json").read_text())["left_out"]] == [True]
    assert "by the configuration: operation POST /pets?action=clear." in Path("out/pet-store/README.md").read_text()
    assert run("generate", "pets.yaml", "-o", "out").out.count("skipped    1 operation of 2") == 1


def test_check_and_the_key_of_the_configuration(run: Run, broken: Path) -> None:
    Path("pets.toml").write_text("[api]\npartial = true\n")
    assert run("generate", "pets.yaml", "-o", "out").status == 1
    assert run("check", "pets.yaml", "-o", "out").status == 0
    assert run("check", "pets.yaml", "-o", "out", "--no-config").status == 2
    assert run("check", "pets.yaml", "-o", "out", "--no-config", "--partial").status == 1  # the manifest differs


def test_lint(run: Run, broken: Path) -> None:
    refused = run("lint", "pets.yaml", "--json")
    assert (refused.status, json.loads(refused.out)["remedy"]) == (2, COST)
    result = run("lint", "pets.yaml", "--partial")
    assert result.status == 1
    assert "Left out\n  operation POST /pets?action=clear  pets.yaml:14:5  `#/components" in result.out
    assert [row["name"] for row in json.loads(run("lint", "pets.yaml", "--partial", "--json").out)["left_out"]] == [
        "POST /pets?action=clear"
    ]


def test_bundle(run: Run, broken: Path) -> None:
    assert run("bundle", "pets.yaml", "-o", "out.json").status == 2
    assert run("bundle", "pets.yaml", "-o", "out.json", "--partial").status == 1
    assert list(json.loads(Path("out.json").read_text())["paths"]) == ["/pets"]


def test_what_cannot_be_compared_is_neither_added_nor_removed(run: Run, broken: Path) -> None:
    Path("whole.yaml").write_text(DESCRIPTION)
    for old, new in (("whole.yaml", "pets.yaml"), ("pets.yaml", "whole.yaml")):
        assert run("diff", old, new).status == 2
        result = run("diff", old, new, "--partial", "--json")
        assert (result.status, json.loads(result.out)["findings"]) == (0, [])
        assert "operation `POST /pets?action=clear` is not compared" in result.err


def test_what_is_left_beside_it_is_compared(run: Run, broken: Path) -> None:
    Path("whole.yaml").write_text(DESCRIPTION.replace("/pets:", "/animals:"))
    found = json.loads(run("diff", "whole.yaml", "pets.yaml", "--partial", "--json").out)["findings"]
    assert {row["rule"] for row in found} >= {"operation-removed"}


def test_a_schema_costs_what_needs_it(run: Run, broken: Path) -> None:
    Path("pets.yaml").write_text(HURT)
    assert "would leave out 1 operation of 2 and 2 schemas" in run("generate", "pets.yaml", "-o", "out").err
    assert run("generate", "pets.yaml", "-o", "out", "--partial").status == 1
    assert "class Pet" not in "".join(p.read_text() for p in Path("out/pet-store/src/pet_store").glob("models/*"))
