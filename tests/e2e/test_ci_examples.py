"""The examples for CI in a project that is not ours: the toolkit from its wheel, and the commands of the examples."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk import __version__

from tests.e2e.test_wheel import PASSWORD, programs, serving, wheel

__all__ = ["programs", "wheel"]

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "ci"
FILES = sorted(path for path in EXAMPLES.rglob("*") if path.is_file())
ACCOUNTS = {
    "VC_USERNAME": "administrator@vsphere.local",
    "VC_READER": "reader@vsphere.local",
    "VC_PASSWORD": PASSWORD,
    "VC_READER_PASSWORD": PASSWORD,
}


@pytest.fixture
def project(tmp_path: Path, programs: Path) -> Path:
    """A folder with descriptions and with packages of them, and no Makefile or other file of ours."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "spec", folder / "spec")
    done = subprocess.run(
        [programs / "vcsdk", "generate", "spec/vcha.yaml", "-o", "generated"], cwd=folder, check=False
    )
    assert done.returncode == 0
    return folder


def shell(
    script: str, project: Path, programs: Path, wheel: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """A line of an example, as a runner's bash runs it, with the wheel as the only thing that pip finds."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST_", "PIP_"))}
    environment |= {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheel.parent),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "VCSDK_CACHE_DIR": str(project.parent / "cache"),
        "GITHUB_STEP_SUMMARY": str(project.parent / "step.md"),
        **variables,
    }
    # The environment that is tested has no pip; the one that tests has.
    script = script.replace("python -m pip", f"'{sys.executable}' -m pip --python '{programs.parent}'")
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def jobs(name: str) -> dict[str, dict[str, Any]]:
    data = yaml.safe_load((EXAMPLES / name).read_text(encoding="utf-8"))
    if "jobs" in data:
        return data["jobs"]
    found = {key: job for key, job in data.items() if isinstance(job, dict) and key not in ("variables", "default")}
    return {key: {**found.get(job.get("extends", ""), {}), **job} for key, job in found.items()}


def lines(job: dict[str, Any]) -> Iterator[str]:
    for step in job.get("steps", ()):
        yield from [step["run"]] if "run" in step else []
    for part in ("before_script", "script", "after_script"):
        yield from job.get(part, ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_an_example_asks_for_this_version_and_for_nothing_of_ours(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "make " not in re.sub(r"^ *#.*$", "", text, flags=re.MULTILINE)
    assert ".venv" not in text
    named = re.findall(r'VCSDK_VERSION: "([^"]+)"|vcsdk(?:\[[a-z,]+\])?==([0-9][^"]*)"', text)
    assert {version for pair in named for version in pair if version} == (
        {__version__} if path.suffix != ".json" else set()
    )


@pytest.mark.parametrize("name", ["gitlab-ci.yml", "github-actions.yml"])
def test_a_change_is_verified(name: str, project: Path, programs: Path, wheel: Path) -> None:
    install, check, *rest = lines(jobs(name)["regenerate"])
    variables = {"VCSDK_VERSION": __version__, "EXTRAS": ""}
    for line in (install, check, *rest):
        done = shell(line, project, programs, wheel, **variables)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
    spec = project / "spec/vcha.yaml"
    spec.write_text(spec.read_text().replace("summary: Sign out.", "summary: End the session."))
    assert shell(check, project, programs, wheel, **variables).returncode == 1
    assert "`vcenter-vcha`" in (project / "summary.md").read_text()
    if name.startswith("github"):
        assert "`vcenter-vcha`" in (project.parent / "step.md").read_text()


@pytest.mark.parametrize(("name", "job"), [("gitlab-ci.yml", "contract read"), ("github-actions.yml", "contract")])
def test_a_build_is_held_to_its_contract(name: str, job: str, project: Path, programs: Path, wheel: Path) -> None:
    install, run, *rest = lines(jobs(name)[job])
    with serving(programs / "vcsdk", project) as url:
        variables = {"VCSDK_VERSION": __version__, "VC_URL": url, "REPORT": "contract-report", **ACCOUNTS}
        for line in (install, run):
            done = shell(line, project, programs, wheel, **variables)
            assert done.returncode == 0, (line, done.stdout, done.stderr)
    (results,) = project.glob("contract-report/**/results.json")
    assert json.loads(results.read_text())["verdict"] == "holds"
    for line in [line for line in rest if "GITHUB_STEP_SUMMARY" in line]:
        assert shell(line, project, programs, wheel).returncode == 0
        assert "The contract holds" in (project.parent / "step.md").read_text()


def test_the_hooks_pass_what_is_right_and_stop_what_is_not(project: Path, programs: Path, wheel: Path) -> None:
    (local,) = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    staged = ["spec/vcha.yaml", "spec/vcha.toml", "generated/vcenter-vcha/README.md", "src/other.yaml"]

    def commit() -> dict[str, int]:
        """As pre-commit runs hooks: the files that match behind the entry, unless it wants none."""
        statuses = {}
        for hook in local["hooks"]:
            matching = [name for name in staged if re.search(hook["files"], name)]
            names = " ".join(matching) if hook.get("pass_filenames", True) else ""
            statuses[hook["id"]] = shell(f"{hook['entry']} {names}", project, programs, wheel).returncode
        return statuses

    assert commit() == {"vcsdk-lint": 0, "vcsdk-check": 0}
    spec = project / "spec/vcha.yaml"
    text = spec.read_text()
    spec.write_text(text.replace("summary: Sign out.", "summary: End the session."))
    assert commit() == {"vcsdk-lint": 0, "vcsdk-check": 1}
    spec.write_text(text.replace('Std_Errors_Error"', 'Std_Error"', 1))
    assert commit() == {"vcsdk-lint": 2, "vcsdk-check": 2}


def test_the_hooks_are_those_that_the_toolkit_offers() -> None:
    (local,) = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    offered = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    for hook in local["hooks"]:
        assert {key: hook[key] for key in hook if key != "additional_dependencies"} == {
            key: value for key, value in offered[hook["id"]].items() if key != "description"
        }


def test_renovate_finds_every_place_that_names_the_version() -> None:
    (manager,) = json.loads((EXAMPLES / "renovate.json").read_text(encoding="utf-8"))["customManagers"]
    patterns = [re.compile(text.replace("(?<", "(?P<")) for text in manager["matchStrings"]]
    places = {
        ".gitlab-ci.yml": "gitlab-ci.yml",
        ".github/workflows/sdk.yml": "github-actions.yml",
        ".pre-commit-config.yaml": "pre-commit-config.yaml",
    }
    files = [re.compile(text.strip("/")) for text in manager["managerFilePatterns"]]
    for target, name in places.items():
        assert any(file.search(target) for file in files), target
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        found = [match["currentValue"] for pattern in patterns for match in pattern.finditer(text)]
        assert set(found) == {__version__}
        assert len(found) == text.count(__version__)
