"""A generated client over real HTTP with the oldest of its dependencies that it declares, and with the newest."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
SUITES = ("tests/wire/client", "tests/wire/runtime", "tests/wire/generated")


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "generated/vcenter-vcha/pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(text) for text in project["dependencies"]]


def lowest(requirement: Requirement) -> str:
    (bound,) = [each.version for each in requirement.specifier if each.operator == ">="]
    return f"{requirement.name}=={bound}"


def test_each_dependency_has_a_lowest_version() -> None:
    assert {requirement.name for requirement in declared()} == {"httpx2", "msgspec"}
    assert all(lowest(requirement) for requirement in declared())


@pytest.mark.slow
@pytest.mark.parametrize("end", ["lowest", "newest"])
def test_the_client_works_at_both_ends(end: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("full"):
        pytest.skip("installs other versions of libraries; --full does")
    wanted = [lowest(each) if end == "lowest" else str(each) for each in declared()]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tmp_path / "libraries"), *wanted]
    installed = subprocess.run(pip, capture_output=True, text=True, check=False)
    if not (tmp_path / "libraries" / "msgspec").is_dir():
        pytest.skip(f"no index has them: {installed.stderr.strip().splitlines()[-1:]}")
    # What a type checker knows of the libraries is not what a program does with them.
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        *SUITES,
        "--basetemp",
        str(tmp_path / "runs"),
        "-p",
        "no:cacheprovider",
    ]
    words += ["--deselect", "tests/wire/generated/test_released_attributes.py::test_it_keeps_its_name_and_works"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "libraries")}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
