"""Descriptions without an operation: whole packages all the same, and a run that says that there is nothing to do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from vcsdk.emitters.contract.emit import emit
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

HOOK = {"post": {"responses": {"200": {"description": "ok"}}}}
ERROR = {"Vapi.Std.Errors.Error": {"type": "object"}}
DESCRIPTIONS: dict[str, dict[str, Any]] = {
    "webhooks": {"openapi": "3.1.0", "webhooks": {"made": HOOK}},
    "webhooks and no paths": {"openapi": "3.1.0", "paths": {}, "webhooks": {"made": HOOK}},
    "components": {"openapi": "3.1.0", "components": {"schemas": {"Pet": {"type": "object"}}}},
    "no paths": {"openapi": "3.0.3", "paths": {}},
    "paths without operations": {"openapi": "3.0.3", "paths": {"/a": {"parameters": []}}},
    "webhooks of a vCenter": {
        "openapi": "3.1.0",
        "servers": [{"url": "/api"}],
        "webhooks": {"made": HOOK},
        "components": {"schemas": ERROR},
    },
}


def vcsdk(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vcsdk", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def written(folder: Path, name: str) -> Path:
    path = folder / "quiet.json"
    path.write_text(json.dumps({"info": {"title": "Quiet", "version": "1"}, **DESCRIPTIONS[name]}))
    return path


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_there_are_no_tests_and_the_rest_is_whole(tmp_path: Path, name: str) -> None:
    described = read_api(written(tmp_path, name))
    files = {file.path.name for file in emit(described.api, described.config, described.document)}
    assert {"plugin.py", "operations.py", "openapi.json", "conftest.py", "pyproject.toml"} <= files
    assert not [name for name in files if name.startswith("test_")]
    Simulator(described, SimulatorOptions(password="secret"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["webhooks", "webhooks of a vCenter"])
def test_a_run_says_that_there_is_nothing_to_exercise(tmp_path: Path, name: str) -> None:
    written(tmp_path, name)
    made = vcsdk(tmp_path, "generate", "quiet.json", "--output", "out")
    assert made.returncode == 0, made.stderr
    package = str(tmp_path / "out" / "quiet-contract")
    target = ("--url", "http://127.0.0.1:1", "--package", package)
    ran = vcsdk(tmp_path, "contract", "run", *target)
    assert ran.stdout.splitlines()[0] == "the description has no operation: there is nothing to exercise"
    assert (ran.returncode, ran.stderr) == (3, "")
    planned = vcsdk(tmp_path, "contract", "plan", *target)
    assert "0 requests in all" in planned.stdout
    assert "there is nothing to exercise" in planned.stderr
    assert planned.returncode == 3
