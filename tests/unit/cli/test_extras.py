"""A base without the extras: what it can do, and what the other commands say."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from vcsdk.cli.extras import MODULES

from docs.pages.command_line import application, each
from tests.unit.cli.conftest import DESCRIPTION

PROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BASE = {"_yaml", "click", "jinja2", "jsonpath", "jsonschema_rs", "markupsafe", "msgspec", "packaging", "ruff", "yaml"}
"""The modules of the base, with what they bring."""
_HIDING = """
import sys
from importlib.machinery import PathFinder
hidden = {hidden!r}
class Hiding(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in hidden else super().find_spec(name, path, target)
sys.meta_path[sys.meta_path.index(PathFinder)] = Hiding
"""


def blocked(*words: str, folder: Path, script: str = "") -> subprocess.CompletedProcess[str]:
    """A command line in a Python that has the modules of the base only."""
    hidden = set(packages_distributions()) - BASE - {"vcsdk"}
    program = f"{_HIDING.format(hidden=hidden)}{script}from vcsdk.cli.main import main\nsys.exit(main({list(words)!r}))"
    return subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def test_the_modules_of_the_base_are_those_of_its_dependencies() -> None:
    by_module = packages_distributions()
    assert {canonicalize_name(by_module[module][0]) for module in BASE} == names(PROJECT["dependencies"]) | {
        "markupsafe"
    }


@pytest.mark.parametrize("extra", MODULES)
def test_what_a_command_looks_for_is_what_its_extra_installs(extra: str) -> None:
    declared = PROJECT["optional-dependencies"]
    wanted = names(declared[extra]) | (names(declared["serve"]) if "vcsdk[serve]" in declared[extra] else set())
    by_module = packages_distributions()
    assert {canonicalize_name(by_module[module][0]) for module in MODULES[extra]} == wanted - {"vcsdk"}


@pytest.mark.slow
@pytest.mark.parametrize("words", [words for words, _ in each(application())])
def test_every_help_is_there(tmp_path: Path, words: str) -> None:
    done = blocked(*words.split()[1:], "--help", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "For example:" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("words", "extra"), [(w, c.extra) for w, c in each(application()) if c.extra is not None])
def test_a_command_that_lacks_its_extra_says_so_in_one_line(tmp_path: Path, words: str, extra: str) -> None:
    needed = {
        "vcsdk contract compare": ["a", "b"],
        "vcsdk contract merge": ["a", "--report", "b"],
        "vcsdk contract plan": ["--url", "http://localhost"],
        "vcsdk contract report": ["a"],
        "vcsdk contract run": ["--url", "http://localhost"],
        "vcsdk publish": ["--index-url", "https://pypi.example.com/simple/"],
    }
    done = blocked(*words.split()[1:], *needed.get(words, []), folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(
        rf"error: `{words}` needs [\w, ]+; to install it: pip install 'vcsdk\[{extra}\]'\n", done.stderr
    )


@pytest.mark.slow
def test_the_base_generates_checks_lints_bundles_and_compares(tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(DESCRIPTION)
    (tmp_path / "more.yaml").write_text(DESCRIPTION.replace("/pets:", "/animals:"))
    for words, status in (
        (["lint", "pets.yaml"], 0),
        (["init", "pets.yaml"], 0),
        (["generate", "pets.yaml", "-o", "out"], 0),
        (["check", "pets.yaml", "-o", "out"], 0),
        (["release", "pets.yaml", "-o", "out"], 0),
        (["names", "pets.yaml"], 0),
        (["bundle", "pets.yaml", "-o", "whole.json"], 0),
        (["diff", "pets.yaml", "more.yaml"], 1),
        (["affected", "more.yaml", "out/pet-store/src", "-o", "out"], 0),
        (["regenerate", "pets.toml", "-o", "out"], 0),
    ):
        done = blocked(*words, folder=tmp_path)
        assert done.returncode == status, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr


def test_an_extra_that_is_missing_is_missed(tmp_path: Path) -> None:
    """Guards the tests themselves: what is blocked cannot be imported."""
    done = blocked("--version", folder=tmp_path, script="import httpx2\n")
    assert "No module named 'httpx2'" in done.stderr
