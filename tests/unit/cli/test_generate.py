"""`vcsdk generate`: what it writes, says, reports, and how it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from vcsdk.emitters import File, emit_all
from vcsdk.pipeline import Described

from tests.unit.cli.conftest import Run, tree

SPEC = Path(__file__).parents[3] / "spec" / "vcha.yaml"


def test_both_packages_are_written_and_the_screen_says_what_happened(run: Run, folder: Path) -> None:
    result = run("generate", "pets.yaml", "-o", "out")
    assert (result.status, result.err) == (0, "")
    screen = re.sub(r"\d+ files?|\d+\.\d s|\d+ written", "N", result.out)
    assert screen.splitlines() == [
        "  read       pets.yaml               OpenAPI 3.0.3, 2 operations, 3 schemas",
        "  repaired   1 query-in-path",
        "  generated  out/pet-store           N, 1 resource, 3 models",
        "             out/pet-store-contract  N",
        "                                     N · 0 as before",
        "  in N   everything declared was emitted   (details: --report, `vcsdk lint pets.yaml`)",
    ]
    assert sorted(p.name for p in Path("out").iterdir() if not p.name.startswith(".")) == [
        "pet-store",
        "pet-store-contract",
    ]
    assert Path("out/pet-store/src/pet_store/client.py").is_file()
    assert Path("out/pet-store-contract/src/pet_store_contract").is_dir()


def test_counts_beside_the_packages_are_those_on_the_disk(run: Run, folder: Path) -> None:
    screen = run("generate", "pets.yaml", "-o", "out").out
    for package in ("pet-store", "pet-store-contract"):
        count = len(tree(Path("out") / package))
        assert re.search(rf"out/{package} +{count} files", screen)


def test_a_second_run_changes_nothing(run: Run, folder: Path) -> None:
    run("generate", "pets.yaml", "-o", "out")
    before = tree(Path("out"))
    assert "  0 written · " in run("generate", "pets.yaml", "-o", "out").out
    assert tree(Path("out")) == before


def test_names_come_from_the_configuration(run: Run, folder: Path) -> None:
    Path("names.toml").write_text('[package]\ndistribution = "pets"\nmodule = "our_pets"\nclient = "Pets"\n')
    assert run("generate", "pets.yaml", "-c", "names.toml", "-o", "out", "-q").status == 0
    assert "class Pets(Client)" in Path("out/pets/src/our_pets/client.py").read_text()


def test_the_configuration_beside_the_description_can_be_left_aside(run: Run, folder: Path) -> None:
    Path("pets.toml").write_text('[package]\ndistribution = "pets"\n')
    run("generate", "pets.yaml", "-o", "with", "-q")
    run("generate", "pets.yaml", "--no-config", "-o", "without", "-q")
    assert Path("with/pets").is_dir()
    assert Path("without/pet-store").is_dir()


def test_the_report(run: Run, folder: Path) -> None:
    result = run("generate", "pets.yaml", "-o", "out", "--report", "deep/report.json")
    report = json.loads(Path("deep/report.json").read_text())
    assert result.status == 0
    seconds = report.pop("seconds")
    assert seconds > 0
    assert {"rule": "query-in-path", "count": 1} in report.pop("repairs")
    assert report == {
        "descriptions": ["pets.yaml"],
        "packages": [
            {"distribution": "pet-store", "module": "pet_store", "path": "out/pet-store"},
            {"distribution": "pet-store-contract", "module": "pet_store_contract", "path": "out/pet-store-contract"},
        ],
        "operations": {"declared": 2, "emitted": 2},
        "responses": {"declared": 3, "emitted": 3},
        "schemas": {"declared": 3, "emitted": 3},
        "left_out": [],
        "untyped": [],
        "unchecked": [],
        "diagnostics": [],
    }


def test_json_is_the_report_and_nothing_else(run: Run, folder: Path) -> None:
    result = run("generate", "pets.yaml", "-o", "out", "--json", "--report", "report.json")
    assert json.loads(result.out) == json.loads(Path("report.json").read_text())
    assert result.err == ""


def test_quiet_prints_nothing_where_nothing_is_found(run: Run, folder: Path) -> None:
    result = run("generate", "pets.yaml", "-o", "out", "--quiet")
    assert (result.status, result.out, result.err) == (0, "", "")


def test_a_broken_description_is_refused_and_the_output_stays(run: Run, folder: Path) -> None:
    run("generate", "pets.yaml", "-o", "out")
    before = tree(Path("out"))
    result = run("generate", "broken.yaml", "-o", "out")
    assert (result.status, result.out) == (2, "")
    assert result.err.count("[dangling-ref]") == 2
    assert "did you mean `Pet`?" in result.err
    hint = "`--partial` would leave out 1 operation of 2 and 1 schema"
    assert result.err.endswith(f"\n\n2 errors, nothing written.\n  hint: {hint}\n")
    assert tree(Path("out")) == before


def test_a_refusal_is_reported_too(run: Run, folder: Path) -> None:
    result = run("generate", "broken.yaml", "-o", "out", "--json", "--report", "report.json")
    report = json.loads(result.out)
    assert report == json.loads(Path("report.json").read_text())
    assert report["packages"] == []
    assert report["operations"] is None
    assert [row["rule"] for row in report["diagnostics"]] == ["dangling-ref", "dangling-ref"]
    assert report["diagnostics"][0]["file"] == "broken.yaml"
    assert report["diagnostics"][0]["line"] == 11
    assert not Path("out").exists()


def test_an_overlay_applies_before_everything_else(run: Run, folder: Path) -> None:
    overlay = 'overlay: 1.0.0\ninfo: {title: x, version: "1"}\nactions: [{target: $.paths./pets, remove: true}]\n'
    Path("overlay.yaml").write_text(overlay.replace("$.paths./pets", "\"$.paths['/pets']\""))
    result = run("generate", "pets.yaml", "-o", "out", "--json", "--overlay", "overlay.yaml")
    assert json.loads(result.out)["operations"] == {"declared": 1, "emitted": 1}


def test_an_overlay_of_the_configuration_lies_beside_it(run: Run, folder: Path) -> None:
    Path("settings").mkdir()
    Path("settings/a.toml").write_text('[api]\noverlays = ["no.yaml"]\n')
    result = run("generate", "pets.yaml", "-o", "out", "-c", "settings/a.toml")
    assert result.status == 2
    assert result.err.startswith("settings/no.yaml: error: there is no such file")


@pytest.mark.parametrize("name", ["no.yaml", "."])
def test_a_description_that_is_no_file(run: Run, folder: Path, name: str) -> None:
    result = run("generate", name, "-o", "out")
    assert result.status == 2
    assert result.err.startswith(f"{name}: error: ")
    assert result.err.endswith("\n1 error, nothing written.\n")


def test_an_output_that_is_a_file(run: Run, folder: Path) -> None:
    Path("out").write_text("mine")
    result = run("generate", "pets.yaml", "-o", "out")
    assert result.status == 2
    assert "[cannot-write]" in result.err
    assert Path("out").read_text() == "mine"


def test_a_report_that_cannot_be_written(run: Run, folder: Path) -> None:
    Path("taken").write_text("")
    result = run("generate", "pets.yaml", "-o", "out", "--report", "taken/report.json")
    assert result.status == 2
    assert result.err.startswith("taken: error: ")
    assert "Traceback" not in result.err


def test_what_the_emitters_leave_out_fails_the_run(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(described: Described, client: Callable[[Sequence[File]], object]) -> list[File]:
        files = emit_all(described, client)
        return [file for file in files if file.path.name != "pets.py" or "resources" not in str(file.path)]

    monkeypatch.setattr("vcsdk.cli.generation.emit_all", forgetful)
    result = run("generate", "pets.yaml", "-o", "out", "--report", "report.json")
    assert result.status == 1
    assert "pets.yaml:6:5: error: GET /pets has no method in the output [not-emitted]" in result.err
    assert "not everything declared was emitted" in result.out
    report = json.loads(Path("report.json").read_text())
    assert report["operations"] == {"declared": 2, "emitted": 0}
    assert report["responses"] == {"declared": 3, "emitted": 0}


def test_the_curated_description(run: Run, folder: Path) -> None:
    result = run("generate", str(SPEC), "-o", "out", "--json")
    report = json.loads(result.out)
    assert (result.status, result.err) == (0, "")
    assert report["operations"]["declared"] == 11
    for counted in ("operations", "responses", "schemas"):
        assert report[counted]["declared"] == report[counted]["emitted"] > 0
    assert [package["distribution"] for package in report["packages"]] == ["vcenter-vcha", "vcenter-vcha-contract"]
