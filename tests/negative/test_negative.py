"""Every folder beside this file is a broken description and the text that the command says about it.

`input.yaml` (or `.json`), `config.toml` where there is one, and `stderr.txt`: the whole of stderr, exit status 2, and
an output folder that is left as it was.  `VCSDK_UPDATE=1` rewrites `stderr.txt`; read the difference before keeping it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.forked import vcsdk

HERE = Path(__file__).parent
CASES = sorted(folder for folder in HERE.iterdir() if list(folder.glob("input.*")))


def generate(case: Path, out: Path) -> subprocess.CompletedProcess[bytes]:
    source = next(case.glob("input.*"))
    config = ["-c", "config.toml"] if (case / "config.toml").exists() else []
    arguments = ("generate", source.name, *config, "-o", str(out))
    return vcsdk(*arguments, folder=case, NO_COLOR="1", COLUMNS="120")


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with a package from an earlier run and a file that a person keeps there."""
    package = tmp_path / "out" / "lamps" / "src" / "lamps"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""Lamps."""\n')
    (tmp_path / "out" / "lamps" / ".vcsdk.json").write_text('{"files": {"src/lamps/__init__.py": "0"}}\n')
    (tmp_path / "out" / "notes.txt").write_bytes(b"mine\r\n\xff")
    return tmp_path / "out"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_command_says_what_is_wrong_and_writes_nothing(case: Path, out: Path) -> None:
    before = snapshot(out)
    run = generate(case, out)
    expected = case / "stderr.txt"
    if os.environ.get("VCSDK_UPDATE"):
        expected.write_bytes(run.stderr)
    assert run.stderr.decode() == expected.read_text(encoding="utf-8")
    assert run.returncode == 2
    assert run.stdout == b""
    assert snapshot(out) == before
