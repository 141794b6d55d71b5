"""A description with one of each: what other tools say of its package, and of a program that uses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.pipeline import read_api
from tests.generated import write_client

CASE = Path(__file__).with_name("everything")
EXERCISE = Path(__file__).with_name("exercise.py")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    described = read_api(CASE / "input.yaml")
    source = write_client(described.api, described.config, described.document, tmp_path_factory.mktemp("everything"))
    command = [sys.executable, "-m", "ruff", "format", "--quiet", "--isolated", "--line-length", "120", source]
    subprocess.run(command, check=True)
    return source


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)


def test_it_imports_and_decodes(source: Path) -> None:
    done = run(EXERCISE, source, "everything")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(" models, 7 operations\n")


def test_ruff_finds_nothing(source: Path) -> None:
    done = run("-m", "ruff", "check", "--config", source.parent / "pyproject.toml", source)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_mypy_strict_finds_nothing_in_it_nor_in_a_program_that_uses_it(source: Path) -> None:
    program = source / "program.py"
    program.write_text((CASE / "program.py").read_text())
    done = run("-m", "mypy", "--strict", "--warn-unused-ignores", "--cache-dir", source.parent / "cache", source)
    assert done.returncode == 0, done.stdout
