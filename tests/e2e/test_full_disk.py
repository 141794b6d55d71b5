"""A disk that is full: of what is written there is the old or the new, and what only saves time is no error."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.kills import project
from tests.e2e.kills.test_kills import COMMANDS, is_leftover, units

BLOCK = 4096
_SECONDS = re.compile(rb'"seconds": [\d.]+')
_MOUNTS = ["unshare", "--mount", "--map-root-user", "sh", "-c"]


def _can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run([*_MOUNTS, "mount -t tmpfs none /mnt"], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not _can_mount(), reason="no file system of its own can be mounted here"),
]
WORDS = {
    **{name: lines[0] for name, lines in COMMANDS.items()},
    "bundle": ["bundle", "spec/lamps.json", "-o", "bundle.yaml"],
    "init": ["init", "spec/lamps.json", "-o", "made.toml"],
    "report": ["generate", "spec/lamps.json", "-o", "generated", "--report", "report.json"],
}
SAVES_TIME_ALONE = {
    **WORDS,
    "diff": ["diff", "spec/lamps.json", "spec/doors.json"],
    "lint": ["lint", "spec/lamps.json"],
}


def run(
    words: list[str], start: Path, after: Path, *, mounted: str, kilobytes: int
) -> subprocess.CompletedProcess[str]:
    """Run a command in a copy of a folder; `mounted` ("project", "cache", "temporary") has so much room.

    What is in the project afterwards is copied to `after`.
    """
    places = {name: after.with_name(f"{after.name}-{name}") for name in ("project", "cache", "temporary")}
    for place in places.values():
        place.mkdir()
    script = (
        f"mount -t tmpfs -o size={kilobytes}k none {places[mounted]} && cp -a {start}/. {places['project']} && "
        f'cd {places["project"]} && {{ "$@"; status=$?; cp -a {places["project"]} {after}; exit $status; }}'
    )
    environment = {**os.environ, "VCSDK_CACHE_DIR": str(places["cache"]), "TMPDIR": str(places["temporary"])}
    command = [sys.executable, "-m", "vcsdk", *words]
    return subprocess.run(
        [*_MOUNTS, script, "sh", *command], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the kills, released and then changed."""
    base = tmp_path_factory.mktemp("disk")
    folder = base / "start"
    project.write(folder, 0, "Old")
    environment = {**os.environ, "VCSDK_CACHE_DIR": str(base / "cache")}
    for name in project.NAMES:
        words = ["release", f"spec/{name}.json", "--date", "2026-01-01"]
        subprocess.run([sys.executable, "-m", "vcsdk", *words], cwd=folder, env=environment, check=True, timeout=120)
    project.write(folder, 1, "New")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Those of a project, without what a report says of the time."""
    return {name: _SECONDS.sub(b"", content) for name, content in project.files(folder).items()}


def room(folder: Path) -> int:
    """Kilobytes that a file system needs for a folder."""
    blocks = sum(-(-path.stat().st_size // BLOCK) + 1 for path in folder.rglob("*"))
    return blocks * BLOCK // 1024


@pytest.mark.parametrize("mounted", ["cache", "temporary"])
@pytest.mark.parametrize("command", SAVES_TIME_ALONE)
def test_what_only_saves_time_fails_nothing(released: Path, tmp_path: Path, command: str, mounted: str) -> None:
    words = SAVES_TIME_ALONE[command]
    free = run(words, released, tmp_path / "free", mounted=mounted, kilobytes=500_000)
    full = run(words, released, tmp_path / "full", mounted=mounted, kilobytes=40)
    if mounted == "temporary" and full.returncode == 2:
        assert "No space left on device" in full.stdout + full.stderr
        assert "what is printed" not in full.stderr
        assert "generated/lamps/src" not in full.stderr  # what is only read
        left, before = files(tmp_path / "full"), files(released)
        assert {name: left[name] for name in left if left[name]} == {
            name: before[name] for name in before if before[name]
        }
        return
    assert full.returncode == free.returncode, full.stdout + full.stderr
    assert files(tmp_path / "full") == files(tmp_path / "free")


@pytest.mark.parametrize("command", WORDS)
def test_what_does_not_fit_is_said_and_leaves_old_or_new(released: Path, tmp_path: Path, command: str) -> None:
    whole = run(WORDS[command], released, tmp_path / "whole", mounted="cache", kilobytes=500_000)
    assert whole.returncode == 0, whole.stderr
    old, new = files(released), files(tmp_path / "whole")
    needed = room(tmp_path / "whole") - room(released)
    start = room(released)
    for number, part in enumerate((0.0, 0.3, 0.8, 1.1)):
        after = tmp_path / str(number)
        done = run(WORDS[command], released, after, mounted="project", kilobytes=start + 8 + int(part * needed))
        said = done.stdout + done.stderr
        assert done.returncode in (0, 2), said
        assert "Traceback" not in said
        if done.returncode == 2:
            assert "No space left on device" in said
            assert "what is printed" not in said
        for unit, found in units(files(after)).items():
            assert found in (units(old).get(unit), units(new).get(unit)) or is_leftover(unit), (part, unit, said)
