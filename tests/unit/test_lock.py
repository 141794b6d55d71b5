"""The lock that `make install` reads: every pin of the constraints, each with its hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)[^\n]*((?:\n\s+--hash=sha256:[0-9a-f]{64}[ \\]*)*)", re.MULTILINE)


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def _locked() -> dict[str, tuple[str, int]]:
    text = (ROOT / "requirements.lock").read_text()
    return {_name(name): (version, hashes.count("--hash")) for name, version, hashes in _ENTRY.findall(text)}


def test_every_pin_is_locked_with_hashes() -> None:
    locked = _locked()
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line)
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = tomllib.load(file)["project"]["optional-dependencies"]
    # VMware's own, which `make outside` alone installs, and what only they need.
    outside = {_name(re.split(r"[<>=!; ]", wanted)[0]) for wanted in extras["outside"]} | {"pyopenssl"}
    for name, version in pins.items():
        if _name(name) not in outside:
            assert locked.get(_name(name), ("", 0))[0] == version.split(";")[0].strip(), name
    assert all(count for _, count in locked.values())
    assert len(locked) > 100


def test_what_is_declared_is_locked() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    wanted = [
        *project["dependencies"],
        *(w for e, many in project["optional-dependencies"].items() if e != "outside" for w in many),
    ]
    assert {_name(re.split(r"[<>=!;\[ ]", each)[0]) for each in wanted} <= _locked().keys()
