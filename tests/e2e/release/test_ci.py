"""The examples for CI, the make targets and the pre-commit hooks: each command they run exists and does its work."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.release import pypi

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[3]
EXAMPLES = ("gitlab-ci.yml", "github-actions.yml")


def jobs(example: str) -> dict[str, Any]:
    data = yaml.safe_load((ROOT / "examples/ci" / example).read_text())
    return data["jobs"] if "jobs" in data else {name: job for name, job in data.items() if isinstance(job, dict)}


def commands(job: dict[str, Any]) -> list[str]:
    """The shell lines of a job, in order, those of a failed one included."""
    steps = [step["run"] for step in job.get("steps", ()) if "run" in step]
    scripts = [*steps, *job.get("script", ()), *job.get("after_script", ())]
    return [line for script in scripts for line in script.splitlines() if line.strip()]


@pytest.fixture
def project(tmp_path: Path, packages: Path) -> Path:
    """A project with this toolkit installed where the examples look for it."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "spec", folder / "spec")
    shutil.copytree(packages, folder / "generated")
    tools = folder / ".venv/bin"
    tools.mkdir(parents=True)
    (tools / "vcsdk").write_text(f"#!/bin/sh\nexec '{sys.executable}' -m vcsdk \"$@\"\n")
    (tools / "vcsdk").chmod(0o755)
    return folder


def run(command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{folder}/.venv/bin:{os.environ['PATH']}",
        **variables,
    }
    return subprocess.run(
        ["bash", "-euc", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_change_is_verified_and_summarised(example: str, project: Path) -> None:
    lines = commands(jobs(example)["regenerate"])
    check, *rest = [line for line in lines if "pip install" not in line]
    summary = {"GITHUB_STEP_SUMMARY": str(project / "step.md")}
    done = run(check, project)
    assert done.returncode == 0, done.stderr
    spec = project / "spec/vcha.yaml"
    spec.write_text(spec.read_text().replace("summary: Sign out.", "summary: End the session."))
    assert run(check, project).returncode == 1, "packages that are out of date do not pass"
    for line in rest:
        done = run(line, project, **summary)
        assert done.returncode == 0, done.stderr
    assert "`vcenter-vcha`" in (project / "summary.md").read_text()


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_tag_publishes(example: str, project: Path, stocked: pypi.Pypi) -> None:
    signed_in = {"VCSDK_INDEX_USERNAME": pypi.USER, "VCSDK_INDEX_PASSWORD": pypi.PASSWORD}
    job = jobs(example)["publish"]
    for line in commands(job):
        if "pip install" in line:
            continue
        # What the installation does is tested on its own; here only that the line is right.
        done = run(
            line.replace("publish dist", "publish dist --no-verify-install"),
            project,
            INDEX_URL=stocked.simple,
            **signed_in,
        )
        assert done.returncode == 0, done.stderr
    assert {name for name in stocked.names if name.startswith("vcenter")} == {
        path.name for path in (project / "dist").iterdir() if path.suffix in (".whl", ".gz")
    }


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_command_and_option_of_an_example_exists(
    example: str, vcsdk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    lines = [line for job in jobs(example).values() for line in commands(job)]
    text = "\n".join(lines)
    called = re.findall(r"vcsdk ((?:contract )?[a-z]+)([^\n]*)", text)
    assert {command for command, _ in called} >= {"check", "regenerate", "build", "publish", "contract run"}
    for command, rest in called:
        status, out, err = vcsdk(*command.split(), "--help")
        assert status == 0, err
        for option in re.findall(r"(?<!\S)--[a-z-]+", rest.partition(" | ")[0]):
            assert option in out, f"{command} {option}"


@pytest.mark.parametrize("example", EXAMPLES)
def test_passwords_come_from_the_environment(example: str) -> None:
    for job in jobs(example).values():
        for line in commands(job):
            assert not re.search(r"\$\{?(VC_PASSWORD|VCSDK_INDEX_PASSWORD)", line)


def test_make_regenerates_releases_and_publishes(project: Path, stocked: pypi.Pypi) -> None:
    shutil.copy(ROOT / "Makefile", project)
    stamp = project / ".venv/.installed"
    (project / "pyproject.toml").touch()
    (project / "requirements.lock").touch()
    stamp.touch()
    assert "`vcenter-vcha`" in run("make regenerate", project).stdout
    assert "nothing → 0.1.0" in run("make release ARGS='spec/vcha.yaml --dry-run'", project).stdout
    refused = run("make publish", project)
    assert refused.returncode == 2
    assert "make publish needs INDEX=" in refused.stdout
    signed_in = {"VCSDK_INDEX_USERNAME": pypi.USER, "VCSDK_INDEX_PASSWORD": pypi.PASSWORD}
    done = run(f"make publish INDEX={stocked.simple} ARGS=--no-verify-install", project, **signed_in)
    assert done.returncode == 0, done.stderr
    assert "4 files sent" in done.stdout


def hooks() -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def test_every_action_is_pinned_by_its_commit() -> None:
    used = {
        line.partition("uses:")[2].strip()
        for file in (ROOT / "examples").rglob("*.yml")
        for line in file.read_text().splitlines()
        if "uses:" in line
    }
    assert len(used) > 3
    assert [each for each in used if not re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} +# v[0-9.]+", each)] == []


def test_the_hooks_have_what_pre_commit_wants() -> None:
    for hook in hooks().values():
        assert {"id", "name", "entry", "language", "files"} <= hook.keys()
        assert hook["language"] == "python"
        re.compile(hook["files"])
    assert set(hooks()) == {"vcsdk-lint", "vcsdk-check"}


def test_the_hooks_pass_what_is_right_and_stop_what_is_not(project: Path) -> None:
    staged = ["spec/vcha.yaml", "spec/vcha.toml", "generated/vcenter-vcha/README.md", "src/other.yaml"]

    def commit(hook: dict[str, Any]) -> int:
        """As pre-commit runs a hook: the files that match behind the entry, unless it wants none."""
        matching = [name for name in staged if re.search(hook["files"], name)]
        names = matching if hook.get("pass_filenames", True) else []
        return run(f"{hook['entry']} {shlex.join(names)}", project).returncode if matching else 0

    assert {name: commit(hook) for name, hook in hooks().items()} == {"vcsdk-lint": 0, "vcsdk-check": 0}
    spec = project / "spec/vcha.yaml"
    text = spec.read_text()
    spec.write_text(text.replace("summary: Sign out.", "summary: End the session."))
    assert {name: commit(hook) for name, hook in hooks().items()} == {"vcsdk-lint": 0, "vcsdk-check": 1}
    spec.write_text(text.replace('Std_Errors_Error"', 'Std_Error"', 1))
    assert {name: commit(hook) for name, hook in hooks().items()} == {"vcsdk-lint": 2, "vcsdk-check": 2}
