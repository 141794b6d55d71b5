"""Several descriptions of one API, named on the command line or by a configuration: every command that takes one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import DESCRIPTION, Run, tree

pytestmark = pytest.mark.slow

SHOPS = """\
openapi: 3.0.3
info: {title: Pet Shops, version: "1"}
servers: [{url: "https://pets.example.com"}]
paths:
  /shops:
    get:
      operationId: listShops
      responses:
        "200":
          description: All shops.
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Kind"}}}}
components:
  schemas:
    Kind: {type: string, enum: [CAT, DOG]}
"""
SET = """\
[package]
distribution = "pets"
client = "Pets"
[api]
descriptions = ["parts/pets.yaml", "parts/shops.yaml"]
"""


@pytest.fixture(autouse=True)
def parts(folder: Path) -> Path:
    """`spec/set.toml`, and what it names in `spec/parts/`; the working folder is above."""
    parts = folder / "spec" / "parts"
    parts.mkdir(parents=True)
    (parts / "pets.yaml").write_text(DESCRIPTION)
    (parts / "shops.yaml").write_text(SHOPS)
    (parts.parent / "set.toml").write_text(SET)
    return parts


def test_generate_takes_a_configuration_or_files_in_any_order(run: Run) -> None:
    result = run("generate", "spec/set.toml", "-o", "out")
    assert (result.status, result.err) == (0, "")
    first, *_, last = result.out.splitlines()
    assert first.split(maxsplit=1)[1].split(maxsplit=1) == [
        "spec/set.toml",
        "OpenAPI 3.0.3, 2 descriptions, 3 operations, 3 schemas",
    ]
    assert "`vcsdk lint spec/set.toml`" in last
    files = ["spec/parts/shops.yaml", "spec/parts/pets.yaml"]
    result = run("generate", *files, "-c", "spec/set.toml", "-o", "named", "--report", "report.json")
    assert result.status == 0
    assert result.out.splitlines()[0].split()[1] == "spec/set.toml"
    assert "vcsdk lint" not in result.out
    assert tree(Path("named")) == tree(Path("out"))
    report = json.loads(Path("report.json").read_text())
    assert report["descriptions"] == sorted(files)
    assert report["operations"] == {"declared": 3, "emitted": 3}
    result = run("generate", *files, "-o", "derived")
    assert result.out.splitlines()[0].startswith("  read       spec/parts/pets.yaml and 1 more")
    assert (Path("derived") / "pet").is_dir()


def test_a_second_run_sees_a_change_of_any_file(run: Run, parts: Path) -> None:
    run("generate", "spec/set.toml", "-o", "out")
    before = tree(Path("out"))
    assert "  0 written · " in run("generate", "spec/set.toml", "-o", "out").out
    for name, old, new in (("pets.yaml", "All pets.", "Every pet."), ("shops.yaml", "All shops.", "Every shop.")):
        (parts / name).write_text((parts / name).read_text().replace(old, new))
        assert "  0 written · " not in run("generate", "spec/set.toml", "-o", "out").out
        assert tree(Path("out")) != before
        before = tree(Path("out"))


def test_a_file_with_the_set_beside_it_means_the_set(run: Run, parts: Path) -> None:
    (parts / "pets.toml").write_text('[api]\ndescriptions = ["pets.yaml", "shops.yaml"]\n')
    assert "2 descriptions, 3 operations" in run("generate", "spec/parts/pets.yaml", "-o", "out").out
    assert "3 operations" not in run("generate", "spec/parts/pets.yaml", "--no-config", "-o", "alone").out
    (parts / "pets.toml").write_text('[api]\ndescriptions = ["shops.yaml"]\n')
    result = run("generate", "spec/parts/pets.yaml", "-o", "out")
    assert result.status == 2
    assert "[no-description]" in result.err


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[package]\n", "no-description"),
        ("[api]\ndescriptions = 3\n", "config-type"),
        ("[api\n", "not-toml"),
        ('[api]\ndescriptions = ["missing.yaml", "parts/pets.yaml"]\n', "unreadable-file"),
    ],
)
def test_a_configuration_that_names_nothing_usable_is_refused(run: Run, text: str, rule: str) -> None:
    Path("spec/set.toml").write_text(text)
    result = run("lint", "spec/set.toml")
    assert result.status == 2
    assert f"[{rule}]" in result.err


def test_check(run: Run, parts: Path) -> None:
    run("generate", "spec/set.toml", "-o", "generated")
    assert run("check").out.startswith("clean: generated is what spec/set.toml gives")
    assert run("check", "spec/set.toml").status == 0
    (parts / "shops.yaml").write_text(SHOPS.replace("All shops.", "Every shop."))
    result = run("check")
    assert result.status == 1
    assert "run `vcsdk generate spec/set.toml -o generated`" in result.out


def test_lint(run: Run) -> None:
    result = run("lint", "spec/set.toml")
    assert result.status == 0
    assert "2 descriptions, 3 operations, 3 schemas" in result.out
    assert "GET /shops" in result.out
    assert "GET /pets" in result.out
    assert len(json.loads(run("lint", "spec/set.toml", "--json").out)["operations"]) == 3


def test_bundle(run: Run) -> None:
    assert run("bundle", "spec/set.toml", "-o", "out.json").out == "out.json: 3 operations\n"
    assert sorted(json.loads(Path("out.json").read_text())["paths"]) == ["/pets", "/pets?action=clear", "/shops"]


def test_diff(run: Run) -> None:
    Path("old.toml").write_text(SET.replace('"parts/pets.yaml", "parts/shops.yaml"', '"spec/parts/pets.yaml"'))
    result = run("diff", "old.toml", "spec/set.toml")
    assert result.status == 0
    assert "GET /shops" in result.out
    assert run("diff", "spec/set.toml", "old.toml").status == 1
    assert run("diff", "spec/set.toml", "spec/set.toml").out == "no changes.\n"


def test_release_and_regenerate(run: Run, parts: Path) -> None:
    assert "ready to be committed" in run("release", "spec/set.toml").out
    kept = Path("generated/pets/.vcsdk/descriptions")
    assert sorted(path.name for path in kept.iterdir()) == ["pets.json", "shops.json"]
    assert run("release").out == "nothing to release: pets 0.1.0 is what spec/set.toml gives\n"
    assert "0.1.0: nothing changed" in run("regenerate").out
    (parts / "shops.yaml").write_text(SHOPS.replace("listShops", "listAll"))
    (row,) = json.loads(run("regenerate", "spec/set.toml", "--json").out)
    assert row["description"] == "spec/set.toml"
    # What was released keeps its name, whatever the description calls it now.
    assert row["changes"]["breaking"] == 0
    assert row["changes"]["risky"] > 0
    (parts / "shops.yaml").write_text(SHOPS.replace("/shops", "/stores").replace("listShops", "listStores"))
    (row,) = json.loads(run("regenerate", "spec/set.toml", "--json").out)
    assert row["changes"]["breaking"] > 0


def test_two_files_of_one_stem_are_released_and_read_again(run: Run, parts: Path) -> None:
    (parts / "more").mkdir()
    changed = SHOPS.replace("/shops", "/more").replace("listShops", "listMore").replace("[CAT, DOG]", "[CAT]")
    (parts / "more" / "shops.yaml").write_text(changed)
    named = '"parts/shops.yaml", "parts/more/shops.yaml"'
    Path("spec/set.toml").write_text(SET.replace('"parts/shops.yaml"', named))
    assert run("release", "spec/set.toml").status == 0
    kept = Path("generated/pets/.vcsdk/descriptions")
    assert sorted(path.relative_to(kept).as_posix() for path in kept.rglob("*.json")) == [
        "more/shops.json",
        "parts/shops.json",
        "pets.json",
    ]
    assert run("release", "spec/set.toml").out.startswith("nothing to release")


def test_init_names_the_files_from_where_it_stands(run: Run) -> None:
    result = run("init", "spec/parts/shops.yaml", "spec/parts/pets.yaml", "-o", "spec/new.toml")
    assert (result.status, result.err) == (0, "")
    assert "vcsdk generate spec/new.toml" in result.out
    text = Path("spec/new.toml").read_text()
    assert 'descriptions = [  # one client is made of them\n    "parts/shops.yaml",\n    "parts/pets.yaml",\n]' in text
    assert '"shops.list_shops" = { safety = "read" }' in text
    assert run("generate", "spec/new.toml", "-o", "out").status == 0
    result = run("init", "spec/parts/shops.yaml", "spec/parts/pets.yaml")
    assert result.status == 2
    assert "--output" in result.err
    assert run("init", "spec/parts/pets.yaml").status == 0
    assert "descriptions" not in Path("spec/parts/pets.toml").read_text()


def test_serve_and_contract_score_refuse_what_the_set_refuses(run: Run, parts: Path) -> None:
    """Both read it as the others do: an error of a part is theirs; what they make of it is tested where it runs."""
    (parts / "shops.yaml").write_text(SHOPS.replace("/shops", "/pets"))
    for command in (("serve",), ("contract", "score")):
        result = run(*command, "spec/set.toml")
        assert result.status == 2
        assert "spec/parts/shops.yaml:6:5: error: this and spec/parts/pets.yaml:6:5 are the same request" in result.err
