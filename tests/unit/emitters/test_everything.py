"""Descriptions with one of each: what other tools say of their packages, and of a program that uses one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk.pipeline import read_api

from tests.generated import write_client

HERE = Path(__file__).parent
EXERCISE = HERE / "exercise.py"
CASES = {
    "everything": (HERE / "everything/input.yaml", 7),
    "awkward": (HERE / "awkward/input.json", 1),
    "composed": (HERE / "composed/input.yaml", 4),
}


@pytest.fixture(scope="module", params=CASES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def source(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    described = read_api(CASES[name][0])
    source = write_client(described.api, described.config, described.document, tmp_path_factory.mktemp(name))
    command = [sys.executable, "-m", "ruff", "format", "--quiet", "--isolated", "--line-length", "120", source]
    subprocess.run(command, check=True)
    return source


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)


def test_it_imports_and_decodes(name: str, source: Path) -> None:
    done = run(EXERCISE, source, name)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f" models, {CASES[name][1]} operations\n")


def test_ruff_finds_nothing(source: Path) -> None:
    done = run("-m", "ruff", "check", "--config", source.parent / "pyproject.toml", source)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_mypy_strict_finds_nothing_in_it_nor_in_a_program_that_uses_it(name: str, source: Path) -> None:
    program = CASES[name][0].with_name("program.py")
    if program.exists():
        (source / "program.py").write_text(program.read_text())
    done = run("-m", "mypy", "--strict", "--warn-unused-ignores", "--cache-dir", source.parent / "cache", source)
    assert done.returncode == 0, done.stdout
