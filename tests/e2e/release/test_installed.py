"""What a user gets: both packages installed from the index into an empty environment, and used there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.e2e.release import pypi

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[3]


@pytest.fixture
def python(vcsdk: Command, dist: Path, stocked: pypi.Pypi, signed_in: None, tmp_path: Path) -> Path:
    """An interpreter whose environment has both packages from the index and nothing of ours."""
    status, _, err = vcsdk("publish", dist, "--index-url", stocked.simple, "--no-verify-install")
    assert status == 0, err
    environment = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = environment / "bin/python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-compile"]
    install += ["--index-url", stocked.simple, "vcenter-vcha-contract"]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return python


def test_the_readme_and_the_contract_suite_run_where_they_were_installed(
    python: Path, packages: Path, tmp_path: Path
) -> None:
    described = read_api(ROOT / "spec/vcha.yaml")
    options = SimulatorOptions(failover_seconds=0.4, outage=0.3, unavailable=0.2, task_seconds=0.05)
    with Simulator(described, options).running() as url:
        readme = (packages / "vcenter-vcha/README.md").read_text()
        examples = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
        assert len(examples) == 3
        for number, example in enumerate(examples):
            code = example.replace("api.example.com", url).replace('"user"', repr(options.username))
            assert url in code
            program = tmp_path / f"example_{number}.py"
            program.write_text(_runnable(code, options.password))
            done = _run(python, tmp_path, "-I", str(program))
            assert done.returncode == 0, done.stderr
            assert "failover(" not in code or "SUCCEEDED" in done.stdout

        results = tmp_path / "results.json"
        words = ["-I", "-m", "pytest", "--pyargs", "vcenter_vcha_contract", "-q", "-p", "no:cacheprovider"]
        words += ["--url", url, "--username", options.username, "--password-env", "VC_PASSWORD"]
        words += ["--results", str(results), "--fuzz-examples", "1"]
        done = _run(python, tmp_path, *words, VC_PASSWORD=options.password)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert re.search(r"[1-9]\d+ passed", done.stdout)
    assert json.loads(results.read_text())
    assert options.password not in done.stdout + results.read_text()


def _runnable(code: str, password: str) -> str:
    """The example as a program: `password` is the reader's, and `async with` stands in a function of theirs."""
    if "async with" not in code:
        return f"password = {password!r}\n{code}"
    body = "\n".join(f"    {line}" for line in code.splitlines())
    return f"import asyncio\npassword = {password!r}\nasync def main():\n{body}\nasyncio.run(main())\n"


def _run(python: Path, folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], "HOME": str(folder), **environment}
    return subprocess.run([str(python), *words], cwd=folder, env=given, capture_output=True, text=True, check=False)
