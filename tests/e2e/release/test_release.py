"""Releasing the fragment after each kind of change: the version, what callers read, and the tree to commit."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.cli.main import main

ROOT = Path(__file__).parents[3]
CHANGES = yaml.safe_load((Path(__file__).parent / "changes.yaml").read_text())
BASES = ("1.0.0", "0.1.0")
CLIENT = Path("generated/vcenter-vcha")
CONTRACT = Path("generated/vcenter-vcha-contract")

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The fragment, released under each of the versions."""
    made = {}
    for base in BASES:
        folder = tmp_path_factory.mktemp("released")
        shutil.copytree(ROOT / "spec", folder / "spec")
        config = folder / "spec/vcha.toml"
        config.write_text(config.read_text().replace('version = "0.1.0"', f'version = "{base}"'))
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            assert main(["release", "--date", "2026-01-01"]) == 0
        made[base] = folder
    return made


@pytest.fixture
def start(released: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Go to a copy of a project that has released this version."""

    def go(base: str = "1.0.0") -> Path:
        folder = tmp_path / base
        shutil.copytree(released[base], folder)
        monkeypatch.chdir(folder)
        return folder

    return go


def edit(path: str, *replacements: tuple[str, str]) -> None:
    text = Path(path).read_text()
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    Path(path).write_text(text)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def project(package: Path) -> dict[str, Any]:
    return tomllib.loads((package / "pyproject.toml").read_text())["project"]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["name"])
def test_a_change_gets_its_version_and_its_lines(
    vcsdk: Command, start: Callable[[str], Path], change: dict[str, Any], base: str
) -> None:
    start(base)
    expected = change["versions"][BASES.index(base)]
    edit("spec/vcha.yaml", *change["replace"])
    status, _, err = vcsdk("release", "--date", "2026-02-03")
    assert (status, "error" in err) == (0, False)
    entry = f"## [{expected}] - 2026-02-03\n\n{change['entry']}\n"
    text = (CLIENT / "CHANGELOG.md").read_text()
    assert entry + f"## [{base}] - 2026-01-01\n" in text
    assert (project(CLIENT)["version"], project(CONTRACT)["version"]) == (expected, expected)
    assert f"vcenter-vcha>={expected}" in project(CONTRACT)["dependencies"]
    assert f'version = "{expected}"' in Path("spec/vcha.toml").read_text()
    assert json.loads((CLIENT / ".vcsdk/released.json").read_text())["version"] == expected
    if base == BASES[0]:
        assert vcsdk("check")[0] == 0, "the tree is what the description gives"
        assert "nothing to release" in vcsdk("release")[1]


def test_a_dry_run_shows_all_of_it_and_changes_nothing(vcsdk: Command, start: Callable[[str], Path]) -> None:
    folder = start("1.0.0")
    change = CHANGES[-1]
    edit("spec/vcha.yaml", *change["replace"])
    before = snapshot(folder)
    status, out, _ = vcsdk("release", "--dry-run", "--date", "2026-02-03")
    assert status == 0
    for shown in (
        "1.0.0 → 2.0.0",
        "needs vcenter-vcha>=2.0.0",
        "spec/vcha.toml",
        change["entry"],
        "files change in generated",
    ):
        assert shown in out
    status, out, _ = vcsdk("release", "--dry-run", "--json", "--date", "2026-02-03")
    made = json.loads(out)
    assert (made["last"], made["version"], made["demand"]) == ("1.0.0", "2.0.0", "major")
    assert "vcenter-vcha/src/vcenter_vcha/resources/vcha_cluster.py" in made["packages"]["changed"]
    assert {"request-required-property-added", "surface-required-parameter-added"} <= {
        found["rule"] for found in made["findings"]
    }
    assert snapshot(folder) == before


def test_the_same_release_gives_the_same_bytes_wherever_it_is_made(
    vcsdk: Command, released: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trees = []
    for name in ("one", "two/deeper"):
        folder = tmp_path / name
        shutil.copytree(released["1.0.0"], folder)
        monkeypatch.chdir(folder)
        edit("spec/vcha.yaml", *CHANGES[0]["replace"])
        assert vcsdk("release", "--date", "2026-02-03")[0] == 0
        trees.append(snapshot(folder))
    assert trees[0] == trees[1]
    assert str(tmp_path).encode() not in b"".join(trees[0].values())


def test_generating_before_releasing_makes_no_difference(vcsdk: Command, start: Callable[[str], Path]) -> None:
    start("1.0.0")
    edit("spec/vcha.yaml", *CHANGES[0]["replace"])
    assert vcsdk("generate", "spec/vcha.yaml", "-o", "generated")[0] == 0
    assert "1.0.0 → 1.0.1" in vcsdk("release", "--dry-run")[1]


def test_order_and_formatting_are_nothing_to_release(vcsdk: Command, start: Callable[[str], Path]) -> None:
    folder = start("1.0.0")
    file = folder / "spec/vcha.yaml"
    file.write_text("# A comment of the vendor's.\n" + file.read_text())
    status, out, _ = vcsdk("release")
    assert status == 0
    assert "nothing to release: vcenter-vcha 1.0.0 is what spec/vcha.yaml gives" in out


@pytest.mark.parametrize(("floor", "expected"), [("1.5.0", "1.5.0"), ("1.0.0", "1.0.1"), ("0.0.1", "1.0.1")])
def test_at_least_raises_and_never_lowers(
    vcsdk: Command, start: Callable[[str], Path], floor: str, expected: str
) -> None:
    start("1.0.0")
    edit("spec/vcha.yaml", *CHANGES[0]["replace"])
    assert f"1.0.0 → {expected} " in vcsdk("release", "--dry-run", "--at-least", floor)[1]


EXTENSION = '''"""What our team adds."""

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

K = TypeVar("K")
LIMIT: "int" = 3


class Mood(Enum):
    CALM = "calm"
    BUSY = 2


@dataclass
class Report(Generic[K], dict[str, int]):
    title: str
    pages: int = 1

    @property
    def long(self) -> bool:
        return self.pages > LIMIT

    def save(self, path: str, /, *names: str, force: bool = False, **more: "list[str]") -> None: ...


async def audit(client, *, since=None): ...


def _private() -> None: ...
'''


def test_an_extension_of_ones_own_is_released_and_its_names_count(vcsdk: Command, start: Callable[[str], Path]) -> None:
    start("1.0.0")
    extension = CLIENT / "src/vcenter_vcha/extensions"
    extension.mkdir()
    (extension / "__init__.py").write_text("")
    module = extension / "audit.py"
    module.write_text(EXTENSION)
    status, out, err = vcsdk("release")
    assert status == 0, err
    assert "1.0.0 → 1.1.0" in out
    assert "`extensions.audit`: is new" in out
    surface = (CLIENT / ".vcsdk/surface.txt").read_text()
    for line in (
        "module extensions.audit\n",
        "  enum Mood(Enum)\n    member BUSY = 2\n",
        "    field pages: int = 1\n",
        "    property long: bool\n",
        "def save(self, path: str, /, *names: str, force: bool = False, **more: list[str]) -> None",
        "async def audit(self, client: Any, *, since: Any = None)",
    ):
        assert line in surface, line
    assert "_private" not in surface
    assert "nothing to release" in vcsdk("release")[1]
    assert vcsdk("generate", "spec/vcha.yaml", "-o", "generated")[0] == 0
    assert module.read_text() == EXTENSION, "generating leaves it alone"

    module.write_text(EXTENSION.replace("since=None", "since"))
    assert "1.1.0 → 2.0.0" in vcsdk("release", "--dry-run")[1]
    module.write_text(EXTENSION.replace("self.pages > LIMIT", "self.pages >= LIMIT"))
    assert "1.1.0 → 1.1.1" in vcsdk("release", "--dry-run")[1]
    module.write_text("class Report(\n")
    status, _, err = vcsdk("release", "--dry-run")
    assert status == 2
    assert f"{module}:1:13: error: this is not Python" in err


def test_an_extension_is_in_the_wheel(vcsdk: Command, start: Callable[[str], Path]) -> None:
    folder = start("1.0.0")
    extension = CLIENT / "src/vcenter_vcha/extensions"
    extension.mkdir()
    (extension / "__init__.py").write_text(EXTENSION)
    assert vcsdk("build", CLIENT, "-o", "dist")[0] == 0
    with zipfile.ZipFile(folder / "dist/vcenter_vcha-1.0.0-py3-none-any.whl") as wheel:
        assert wheel.read("vcenter_vcha/extensions/__init__.py").decode() == EXTENSION
        assert not any(".vcsdk" in name for name in wheel.namelist())
    statement = json.loads((folder / "dist/.provenance/vcenter_vcha-1.0.0.provenance.json").read_text())
    materials = statement["predicate"]["buildDefinition"]["resolvedDependencies"]
    assert "src/vcenter_vcha/extensions/__init__.py" in {material["name"] for material in materials}


def test_a_python_name_that_changes_alone_decides_the_version(vcsdk: Command, start: Callable[[str], Path]) -> None:
    """The API is the same to the byte; programs break all the same."""
    start("1.0.0")
    config = Path("spec/vcha.toml")
    config.write_text(config.read_text() + '\n[operations."Cis.Session_delete"]\nname = "logout"\n')
    text = (
        config.read_text()
        .replace('[operations."session.delete"]\nsafety = "write"', "")
        .replace('name = "logout"', 'name = "logout"\nsafety = "write"')
    )
    config.write_text(text)
    status, out, err = vcsdk("release")
    assert status == 0, err
    assert "1.0.0 → 2.0.0" in out
    assert "- **Breaking:** `resources.session.Session.logout`: is called `logout`, was `delete`." in out


def test_an_edited_generated_file_is_refused(vcsdk: Command, start: Callable[[str], Path]) -> None:
    folder = start("1.0.0")
    edit("spec/vcha.yaml", *CHANGES[0]["replace"])
    client = CLIENT / "src/vcenter_vcha/client.py"
    client.write_text(client.read_text() + "# a quick fix\n")
    before = snapshot(folder)
    status, out, err = vcsdk("release")
    assert (status, out) == (2, "")
    assert f"{client}: error: this generated file had been edited [edited-file]" in err
    assert snapshot(folder) == before


def test_errors_in_the_description_are_refused_with_their_place(vcsdk: Command, start: Callable[[str], Path]) -> None:
    folder = start("1.0.0")
    text = Path("spec/vcha.yaml").read_text()
    Path("spec/vcha.yaml").write_text(text.replace('Std_Errors_Error"', 'Std_Error"', 1))
    before = snapshot(folder)
    status, out, err = vcsdk("release")
    assert (status, out) == (2, "")
    assert re.search(r"spec/vcha\.yaml:\d+:\d+: error: .*\[dangling-ref\]", err)
    assert "nothing released" in err
    assert snapshot(folder) == before


@pytest.mark.parametrize("stage", [".vcsdk", ".vcsdk.part"])
def test_an_interrupted_release_is_finished_by_the_same_command(
    vcsdk: Command, start: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    start("1.0.0")
    edit("spec/vcha.yaml", *CHANGES[-1]["replace"])
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name == stage:
            raise OSError(28, "No space left on device", str(target))
        return rename(path, target)

    with monkeypatch.context() as patch:
        # As on a system that cannot exchange two folders in one step.
        patch.setattr("vcsdk.release.history.exchange", lambda *folders: False)
        patch.setattr(Path, "rename", fail)
        assert vcsdk("release", "--date", "2026-02-03")[0] == 2
    assert vcsdk("release", "--date", "2026-02-03")[0] == 0
    assert (CLIENT / "CHANGELOG.md").read_text().count("## [2.0.0]") == 1
    assert json.loads((CLIENT / ".vcsdk/released.json").read_text())["version"] == "2.0.0"


def test_overlays_count_as_part_of_what_was_released(vcsdk: Command, start: Callable[[str], Path]) -> None:
    start("1.0.0")
    config = Path("spec/vcha.toml")
    config.write_text(config.read_text().replace("[api]", '[api]\noverlays = ["more.yaml"]'))
    Path("spec/more.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: More, version: '1'}\nactions:\n"
        "  - target: $.components.schemas.Cis_Task_Status.enum\n    update: PAUSED\n"
    )
    assert "1.0.0 → 1.1.0" in vcsdk("release")[1]
    assert "PAUSED" in (CLIENT / ".vcsdk/description.json").read_text()
    Path("spec/more.yaml").write_text(Path("spec/more.yaml").read_text().replace("PAUSED", "HELD"))
    status, out, _ = vcsdk("release")
    assert status == 0
    assert "`status` of `tasks.get()` may be `HELD`" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--at-least", "two"], "`two`: a version looks like"),
        (["--date", "yesterday"], "`yesterday` is no date"),
        (["nowhere.yaml"], "there is no such file"),
        (["spec/bare.yaml"], "there is no configuration"),
    ],
)
def test_what_cannot_work_is_said_at_once(
    vcsdk: Command, start: Callable[[str], Path], words: list[str], message: str
) -> None:
    start("1.0.0")
    shutil.copy("spec/vcha.yaml", "spec/bare.yaml")
    status, out, err = vcsdk("release", *words) if words[0][0] != "-" else vcsdk("release", "spec/vcha.yaml", *words)
    assert (status, out) == (2, "")
    assert message in err


def test_an_unreadable_record_of_the_last_release_is_refused(vcsdk: Command, start: Callable[[str], Path]) -> None:
    start("1.0.0")
    (CLIENT / ".vcsdk/released.json").write_text("<<<<<<< ours\n")
    status, _, err = vcsdk("release")
    assert status == 2
    assert "[unreadable-release]" in err


@pytest.mark.parametrize("version", ["not a version", "", "1.0.0 or so", "\u0661.0", "9" * 5000, "\x1b[31m1.0"])
def test_a_record_whose_version_is_none_is_refused(vcsdk: Command, start: Callable[[str], Path], version: str) -> None:
    start("1.0.0")
    file = CLIENT / ".vcsdk/released.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "version": version}))
    for words in (("release", "--dry-run"), ("regenerate", "spec/vcha.toml")):
        status, out, err = vcsdk(*words)
        assert status == 2
        assert f"{file.as_posix()}:1:1: error: this does not tell what was released last" in err
        assert "\x1b" not in out + err


def changed_between(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["name"])
def test_the_files_that_are_counted_and_named_are_those_that_change(
    vcsdk: Command, start: Callable[[str], Path], change: dict[str, Any]
) -> None:
    folder = start("1.0.0")
    edit("spec/vcha.yaml", *change["replace"])
    before = snapshot(folder)
    dry = vcsdk("release", "--dry-run", "--date", "2026-02-03")[1]
    told = json.loads(vcsdk("release", "--json", "--dry-run", "--date", "2026-02-03")[1])
    done = vcsdk("release", "--date", "2026-02-03")[1]
    assert dry.replace("nothing was changed (--dry-run)", "ready to be committed") == done
    changed = changed_between(before, snapshot(folder))
    named = {f"generated/{path}" for paths in told["packages"].values() for path in paths} | set(told["files"])
    assert named == changed
    generated = sum(path.startswith("generated/") for path in changed)
    assert f"  {generated} files change in generated\n" in done
    assert f"({len(told['causes'])} change" in done


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "||||||| base", ">>>>>>> other", "<<<<<<<"])
def test_a_changelog_with_a_conflict_is_refused(vcsdk: Command, start: Callable[[str], Path], marker: str) -> None:
    folder = start("1.0.0")
    edit("spec/vcha.yaml", *CHANGES[-1]["replace"])
    file = CLIENT / "CHANGELOG.md"
    file.write_text(f"# Changelog\n\n{marker}\n" + file.read_text().removeprefix("# Changelog\n"))
    before = snapshot(folder)
    for options in ((), ("--dry-run",)):
        status, _, err = vcsdk("release", *options)
        assert status == 2
        assert f"{file.as_posix()}:3:1: error: " in err
        assert "[merge-conflict]" in err
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"# Changelog\n\ncaf\xe9\n", 3),
        (b"\xff\xfe#\x00", 1),
        (bytes(range(256)), 2),
        (b"# Changelog\r\n\r\n\r\n\xe2\x82", 4),
    ],
)
def test_a_changelog_that_is_no_text_is_refused_at_its_line(
    vcsdk: Command, start: Callable[[str], Path], content: bytes, line: int
) -> None:
    folder = start("1.0.0")
    edit("spec/vcha.yaml", *CHANGES[-1]["replace"])
    file = CLIENT / "CHANGELOG.md"
    file.write_bytes(content)
    before = snapshot(folder)
    for options in ((), ("--dry-run",)):
        status, _, err = vcsdk("release", *options)
        assert status == 2
        assert f"{file.as_posix()}:{line}:1: error: the changelog is not UTF-8 [not-utf8]" in err
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("# What programs can use.\n", 1), ("package vcenter_vcha\n", 1), ("package x\n<<<<<<< HEAD\n", 2)],
)
def test_a_surface_that_has_no_names_is_refused(
    vcsdk: Command, start: Callable[[str], Path], text: str, line: int
) -> None:
    start("1.0.0")
    edit("spec/vcha.yaml", *CHANGES[-1]["replace"])
    file = CLIENT / ".vcsdk/surface.txt"
    file.write_text(text)
    status, _, err = vcsdk("release", "--dry-run")
    assert status == 2
    assert f"{file.as_posix()}:{line}:1: error: this does not tell the names of the last release" in err


def test_a_heading_underlined_by_equals_signs_is_no_conflict(vcsdk: Command, start: Callable[[str], Path]) -> None:
    start("1.0.0")
    edit("spec/vcha.yaml", *CHANGES[-1]["replace"])
    file = CLIENT / "CHANGELOG.md"
    file.write_text(f"Changes\n=======\n\n{file.read_text()}")
    assert vcsdk("release")[0] == 0
