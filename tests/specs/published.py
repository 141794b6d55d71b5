"""The specifications that VMware publishes, each generated once in a run, whatever number of processes asks."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SPECS = ROOT.parent / "shared" / "specs"
MISSING = "the published specifications are not beside the project (../shared/specs)"
VCENTER = "vcenter-7.0.3/vcenter.json"


def names() -> list[str]:
    """Every file of the folder, from the folder; empty where there is no such folder."""
    found = (path for path in SPECS.rglob("*") if path.suffix in (".json", ".yaml"))
    return sorted(path.relative_to(SPECS).as_posix() for path in found)


def is_part(name: str) -> bool:
    """True for a file that others refer to: it is no description by itself."""
    text = (SPECS / name).read_text(encoding="utf-8")
    return '"openapi"' not in text and '"swagger"' not in text and "openapi:" not in text


@dataclass(frozen=True)
class Generated:
    """What `vcsdk generate` left: its exit status, report and stderr, and the folder of the client's package."""

    name: str
    status: int
    report: dict[str, Any]
    stderr: str
    out: Path

    @property
    def source(self) -> Path:
        """The folder to import the client package from."""
        (source,) = (path for path in self.out.glob("*/src") if not path.parent.name.endswith("-contract"))
        return source

    @property
    def module(self) -> str:
        """The client package's name."""
        (package,) = (path.name for path in self.source.iterdir() if path.is_dir())
        return package


def run_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Fill a folder, in the first process that asks; the others wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            make(folder)
            (folder / "done").touch()
    return folder


def shared_folder(factory: pytest.TempPathFactory, config: pytest.Config) -> Path:
    """A folder that all processes of a run have in common."""
    base = factory.getbasetemp()
    return base.parent if hasattr(config, "workerinput") else base


def vcsdk(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "vcsdk", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def generate(name: str, folder: Path) -> Generated:
    """The packages of a specification, under this folder."""

    def make(place: Path) -> None:
        report = place / "report.json"
        done = vcsdk("generate", SPECS / name, "--no-config", "-q", "-o", place / "out", "--report", report)
        (place / "status").write_text(str(done.returncode))
        (place / "stderr").write_text(done.stderr)

    place = run_once(folder / name.replace("/", "_"), make)
    return Generated(
        name,
        int((place / "status").read_text()),
        json.loads((place / "report.json").read_text()),
        (place / "stderr").read_text(),
        place / "out",
    )
