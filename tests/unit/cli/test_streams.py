"""Whatever the standard streams are, a command ends as documented, without a traceback and never with 70."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

VCSDK = f"{sys.executable} -c 'from vcsdk.cli.main import command; command()'"
pytestmark = pytest.mark.slow
LINES = [
    "--help",
    "--version",
    "lint --help",
    "lint pets.yaml",
    "lint pets.yaml --json",
    "diff --list-rules",
    "diff pets.yaml pets.yaml --json",
    "generate pets.yaml -o out",
    "generate pets.yaml -o out --json",
    "serve --list-faults",
    "contract checks",
]


def shell(line: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONUNBUFFERED": ""}
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=env, timeout=120, check=False)


@pytest.mark.parametrize("line", LINES)
def test_a_disk_that_is_full(line: str, folder: Path) -> None:
    done = shell(f"{VCSDK} {line} > /dev/full")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "error: what is printed cannot be written: No space left on device",
    )


@pytest.mark.parametrize("closed", ["> /dev/full 2>&1", "2> /dev/full", ">&- 2>&-", "2>&-", "<&-", ">&-"])
@pytest.mark.parametrize("line", [*LINES, "lint broken.yaml", "lint no.yaml", "nonsense"])
def test_nobody_to_tell(line: str, closed: str, folder: Path) -> None:
    done = shell(f"{VCSDK} {line} {closed}")
    wrong = line in ("lint broken.yaml", "lint no.yaml", "nonsense") or "/dev/full 2>" in closed
    assert done.returncode in ((2,) if wrong else (0, 2) if "full" in closed else (0,))
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr


def test_what_is_written_does_not_get_into_what_was_closed(folder: Path) -> None:
    """The next file that is opened gets the lowest number that is free."""
    assert shell(f"{VCSDK} generate pets.yaml -o whole").returncode == 0
    assert shell(f"VCSDK_CACHE_DIR=cache {VCSDK} generate pets.yaml -o out >&- 2>&-").returncode == 0
    whole, out = Path("whole"), Path("out")
    written = [path.relative_to(whole) for path in whole.rglob("*") if path.is_file()]
    assert written
    assert all((out / path).read_bytes() == (whole / path).read_bytes() for path in written)


@pytest.mark.parametrize("line", ["diff --list-rules", "lint pets.yaml --json", "generate --help", "lint pets.yaml"])
def test_a_reader_that_leaves(line: str, folder: Path) -> None:
    """141, as for any program; 1 would say that something had been found."""
    done = shell(f"set -o pipefail; {VCSDK} {line} | true; sleep 0.1; {VCSDK} {line} | head -1")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.returncode in (0, 141)


@pytest.mark.parametrize("locale", ["C", "POSIX", "de_DE.ISO-8859-1", "nonsense"])
def test_a_console_that_is_no_utf8(locale: str, folder: Path) -> None:
    Path("ü.yaml").write_text(Path("broken.yaml").read_text().replace("All pets.", "Ümläute ✓"), encoding="utf-8")
    done = shell(f"LC_ALL={locale} PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 {VCSDK} lint *.yaml")
    assert done.returncode == 2
    assert "internal error" not in done.stderr
