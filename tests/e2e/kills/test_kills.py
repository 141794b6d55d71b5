"""Kills at random moments: what a command writes is old or new, and the same command afterwards makes it right.

Half of the kills meet a change of the disk, which is where harm is done; the others a moment of the clock, which also
meets what has children of its own.  `--full` kills each command fifty times (`make kills`).
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from vcsdk.write import MANIFEST
from vcsdk.write.transaction import recover

from tests.e2e.kills import project
from tests.e2e.kills.killer import Ended, Killer
from tests.e2e.release import pypi

SEED = 14
FEW, MANY = 4, 50
DAYS = ("2026-01-01", "2026-01-02")
ENVIRONMENT = {
    "VCSDK_INDEX_USERNAME": pypi.USER,
    "VCSDK_INDEX_PASSWORD": pypi.PASSWORD,
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
}
COMMANDS = {
    "generate": [["generate", "spec/lamps.json", "-o", "generated"]],
    "regenerate": [["regenerate", "--jobs", "1"], ["regenerate", "--jobs", "2"]],
    "release": [["release", "spec/lamps.json", "--date", DAYS[1]]],
    "build": [["build", "generated/lamps", "-o", "dist"]],
}


class Place:
    """A folder with the project, old and new, and with folders for what is kept and what is temporary."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.project, self.cache, self.temporary = (base / name for name in ("project", "cache", "tmp"))
        self.temporary.mkdir(parents=True)
        self.killer = Killer(VCSDK_CACHE_DIR=str(self.cache), TMPDIR=str(self.temporary), **ENVIRONMENT)

    def run(self, words: list[str], change: int = 0, seconds: float = 0.0) -> Ended:
        return self.killer.run(words, self.project, change=change, seconds=seconds)

    def to(self, state: str) -> None:
        """Put back what was kept under this name."""
        for folder in (self.project, self.cache):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.base / state / folder.name, folder)

    def keep(self, state: str) -> None:
        for folder in (self.project, self.cache):
            folder.mkdir(exist_ok=True)
            shutil.copytree(folder, self.base / state / folder.name)

    def recovered(self) -> dict[str, bytes]:
        """The files as the next run finds them: in a copy, so that this run has to mend them itself."""
        copy = self.base / "copy"
        shutil.copytree(self.project, copy)
        recover(copy / "generated")
        files = project.files(copy)
        shutil.rmtree(copy)
        return files

    def leftovers(self) -> list[str]:
        """What a run should have taken away again, beside what the project has."""
        kept = [path.name for path in self.cache.rglob(".*")]
        return kept + [path.name for path in self.temporary.iterdir()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(tmp_path_factory.mktemp("kills"))
    project.write(place.project, 0, "Old")
    for name in project.NAMES:
        assert place.run(["release", f"spec/{name}.json", "--date", DAYS[0]]).status == 0
    assert place.run(["build", "generated/lamps", "-o", "dist"]).status == 0
    project.write(place.project, 1, "New")
    place.keep("released")
    assert place.run(["generate", "spec/lamps.json", "-o", "generated"]).status == 0
    place.keep("generated")
    yield place
    place.killer.close()


def start_of(command: str) -> str:
    return "generated" if command == "build" else "released"


def unit_of(name: str) -> str:
    """What a file is old or new together with: its package, what remembers its release, or nothing."""
    top, _, below = name.partition("/")
    package, _, inside = below.partition("/")
    if top != "generated" or inside == "CHANGELOG.md":
        return name
    hidden = inside.partition("/")[0]
    return f"{package}/{hidden}" if hidden.startswith(".vcsdk") and hidden != MANIFEST else package


def units(files: dict[str, bytes]) -> dict[str, dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = {}
    for name, content in files.items():
        found.setdefault(unit_of(name), {})[name] = content
    return found


def is_leftover(name: str) -> bool:
    """Whether a file is in preparation, where no other program looks."""
    return name.startswith(".generated.vcsdk") or any(part.endswith((".part", ".old")) for part in Path(name).parts)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_killed_command_leaves_old_or_new_and_runs_right_again(
    place: Place, command: str, pytestconfig: pytest.Config
) -> None:
    drawn = random.Random(f"{SEED} {command}")
    start, kills, met = start_of(command), MANY if pytestconfig.getoption("--full") else FEW, 0
    place.to(start)
    old = project.files(place.project)
    whole = place.run(COMMANDS[command][0])
    assert whole.status == 0, whole.said
    new = project.files(place.project)
    assert old != new
    for number in range(3 * kills):
        if met == kills:
            break
        place.to(start)
        words = drawn.choice(COMMANDS[command])
        ended = (
            place.run(words, change=drawn.randint(1, whole.changes))
            if number % 2 == 0
            else place.run(words, seconds=drawn.uniform(0.02, whole.seconds))
        )
        assert ended.killed or ended.status == 0, ended.said
        assert not ended.survived, (number, ended)
        met += ended.killed
        for name, content in project.files(place.project).items():
            assert content in (old.get(name), new.get(name)) or is_leftover(name), (number, ended, name)
        for unit, files in units(place.recovered()).items():
            assert files in (units(old).get(unit), units(new).get(unit)) or is_leftover(unit), (number, ended, unit)
        again = place.run(words)
        assert again.status == 0, (number, ended, again.said)
        assert project.files(place.project) == new, (number, ended)
        assert place.leftovers() == [], (number, ended)
    assert met == kills


@pytest.mark.slow
def test_a_killed_publish_is_completed(place: Place, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    drawn = random.Random(f"{SEED} publish")
    kills, met = MANY if pytestconfig.getoption("--full") else FEW, 0
    place.to("generated")
    assert place.run(["build", "generated/lamps", "-o", "dist"]).status == 0
    built = {
        name.partition("/")[2]: content
        for name, content in project.files(place.project).items()
        if name.startswith("dist/") and name.endswith((".whl", ".gz"))
    }
    with pypi.running(tmp_path / "index" / "packages") as index:
        words = ["publish", "dist", "--index-url", index.simple, "--no-verify-install"]
        whole = place.run(words)
        assert (whole.status, len(built)) == (0, 2), whole.said
        for number in range(3 * kills):
            if met == kills:
                break
            for path in index.folder.iterdir():
                path.unlink()
            ended = place.run(words, seconds=drawn.uniform(0.02, whole.seconds))
            met += ended.killed
            # The index itself may still be writing what it was sent before the end.
            until = time.monotonic() + 5
            while any(built[name] != found for name, found in project.files(index.folder).items()):
                assert time.monotonic() < until, (number, ended)
                time.sleep(0.05)
            again = place.run(words)
            assert again.status == 0, (number, ended, again.said)
            assert project.files(index.folder) == built, (number, ended)
            assert place.leftovers() == [], (number, ended)
    assert met == kills
