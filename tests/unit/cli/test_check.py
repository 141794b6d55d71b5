"""`vcsdk check`: every way in which generated files can differ is named, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import DESCRIPTION, Run, tree

pytestmark = pytest.mark.slow

CLIENT = Path("generated/pet-store/src/pet_store/client.py")


@pytest.fixture(autouse=True)
def _generated(folder: Path, run: Run) -> None:
    Path("spec").mkdir()
    Path("pets.yaml").rename("spec/pets.yaml")
    Path("spec/pets.toml").write_text("")
    assert run("generate", "spec/pets.yaml", "-o", "generated", "-q").status == 0


def test_clean(run: Run) -> None:
    before = tree(Path())
    result = run("check")
    count = len([path for path in tree(Path("generated")) if not path.endswith(".vcsdk.json")])
    assert (result.status, result.err) == (0, "")
    assert result.out == f"clean: generated is what spec/pets.yaml gives ({count} files)\n"
    assert tree(Path()) == before


def test_an_edited_file(run: Run) -> None:
    CLIENT.write_text(CLIENT.read_text() + "# mine\n# too\n")
    before = tree(Path())
    result = run("check")
    assert result.status == 1
    assert result.out == (
        f"changed     {CLIENT}  (-2)\n"
        "drift: 1 file differs from what spec/pets.yaml gives; run `vcsdk generate spec/pets.yaml -o generated`\n"
    )
    assert tree(Path()) == before


def test_a_missing_file(run: Run) -> None:
    lines = len(CLIENT.read_text().splitlines())
    CLIENT.unlink()
    result = run("check")
    assert result.status == 1
    assert result.out.startswith(f"missing     {CLIENT}  (+{lines})\ndrift: 1 file differs")


def test_a_description_that_was_edited(run: Run) -> None:
    Path("spec/pets.yaml").write_text(DESCRIPTION.replace("enum: [CAT, DOG]", "enum: [CAT, DOG, COW]"))
    result = run("check")
    assert result.status == 1
    changed = [line.split()[1] for line in result.out.splitlines() if line.startswith("changed")]
    assert "generated/pet-store/.vcsdk.json" in changed
    assert any(path.startswith("generated/pet-store/src/pet_store/models/") for path in changed)


def test_a_configuration_that_was_edited(run: Run) -> None:
    Path("spec/pets.toml").write_text("# a word\n")
    result = run("check")
    assert result.status == 1
    assert "changed     generated/pet-store/.vcsdk.json  (+1, -1)\n" in result.out


def test_a_file_that_is_no_longer_generated(run: Run) -> None:
    text = DESCRIPTION.replace("/pets:", "/animals:").replace("/pets?", "/animals?")
    Path("spec/pets.yaml").write_text(text)
    result = run("check")
    assert result.status == 1
    assert "unexpected  generated/pet-store/src/pet_store/resources/pets.py  (-" in result.out
    assert "missing     generated/pet-store/src/pet_store/resources/animals.py  (+" in result.out


def test_files_of_your_own_do_not_count(run: Run) -> None:
    (CLIENT.parent / "mine.py").write_text("x = 1\n")
    assert run("check").status == 0


def test_json(run: Run) -> None:
    CLIENT.write_text(CLIENT.read_text() + "# mine\n")
    result = run("check", "--json")
    assert result.status == 1
    assert json.loads(result.out) == [
        {
            "description": "spec/pets.yaml",
            "clean": False,
            "changed": [{"path": "pet-store/src/pet_store/client.py", "added": 0, "removed": 1}],
            "missing": [],
            "unexpected": [],
            "diagnostics": [],
        }
    ]


def test_every_description_with_a_configuration_is_checked(run: Run) -> None:
    Path("spec/cats.json").write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "Cats", "version": "1"}}))
    before = run("check", "--json")
    assert [row["description"] for row in json.loads(before.out)] == ["spec/pets.yaml"]
    Path("spec/cats.toml").write_text("")
    result = run("check", "--json")
    assert [row["description"] for row in json.loads(result.out)] == ["spec/cats.json", "spec/pets.yaml"]


def test_a_broken_description_does_not_hide_the_next(run: Run, folder: Path) -> None:
    Path("broken.yaml").rename("spec/broken.yaml")
    Path("spec/broken.toml").write_text("")
    result = run("check")
    assert result.status == 2
    assert result.err.endswith("2 errors.\n  hint: `--partial` would leave out 1 operation of 2 and 1 schema\n")
    assert result.out.startswith("clean: generated is what spec/pets.yaml gives")


def test_without_any_description(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("generated")
    result = run("check")
    assert result.status == 2
    assert result.err == "error: there is no description with a `.toml` file beside it in `spec/`; name one\n"


def test_a_description_and_an_output_can_be_named(run: Run) -> None:
    Path("generated").rename("elsewhere")
    assert run("check", "spec/pets.yaml", "-o", "elsewhere").status == 0
    assert run("check", "spec/pets.yaml", "-o", "nowhere").status == 1
    assert not Path("nowhere").exists()
