"""The plugin joins runs that name its package, and no others."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import MODULE


def run(folder: Path, package: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", f"{MODULE}.plugin", *arguments]
    environment = {"PYTHONPATH": str(package / "src"), "PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_it_stays_out_of_other_runs(package: Path, tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        "def pytest_addoption(parser):\n    parser.addoption('--url')\n    parser.addoption('--level')\n"
    )
    (tmp_path / "test_other.py").write_text(
        "import sys\n\n\ndef test_it(request):\n"
        f"    assert '{MODULE}._suite' not in sys.modules\n"
        "    assert not request.config.pluginmanager.has_plugin('contract-plugin')\n"
    )

    finished = run(tmp_path, package, "--url", "x", "--level", "y")

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "1 passed" in finished.stdout


def test_its_tests_are_not_collected_by_chance(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package / "src" / MODULE, tmp_path / MODULE)

    finished = run(tmp_path, package, ".")

    assert "no tests ran" in finished.stdout, finished.stdout + finished.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "--url must name the target's origin"),
        (("--url", "vc.example.com"), "--url must name the target's origin"),
        (("--url", "http://user:word@vc.example.com"), "must not hold credentials"),
        (("--url", "http://vc.example.com/api"), "must end after the host"),
        (("--url", "http://h", "--username", "me"), "--username needs --password-env"),
        (("--url", "http://h", "--username", "me", "--password-env", "NOT_THERE"), "no such variable"),
        (("--url", "http://h", "--allow", "vcha.cluster.failoverr"), "no such operation"),
        (("--url", "http://h", "--max-accepted", "-1"), "must not be negative"),
        (("--url", "http://h", "--level", "everything"), "invalid choice"),
    ],
    ids=[
        "no url",
        "no scheme",
        "credentials in url",
        "path",
        "no password",
        "no variable",
        "no operation",
        "cap",
        "level",
    ],
)
def test_a_wrong_command_line_is_explained(
    arguments: tuple[str, ...], told: str, package: Path, tmp_path: Path
) -> None:
    finished = run(tmp_path, package, "--pyargs", MODULE, *arguments)

    assert finished.returncode == 4
    assert told in finished.stderr
    assert "Traceback" not in finished.stderr + finished.stdout
