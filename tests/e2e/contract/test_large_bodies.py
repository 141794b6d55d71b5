"""A body with hundreds of properties, of an operation that looks for a while: the run neither floods nor waits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.corpus.examining import ROOT
from tests.suites import Ran, suite_of

SECRET = "a-p4ssw0rd-of-no-account"
TEXT = {"type": "string", "minLength": 2, "maxLength": 9}
PROPERTIES = {f"property_{number}": TEXT for number in range(60)}


def description(folder: Path, *, properties: dict[str, Any]) -> Path:
    """VMware's session and tasks, and an operation that compares settings in a task."""
    document = yaml.safe_load((ROOT / "tests" / "golden" / "vapi_task" / "input.yaml").read_text(encoding="utf-8"))
    shrink = document["paths"].pop("/vcenter/disk/{disk}?action=shrink&vmw-task=true")["post"]
    body = {"type": "object", "properties": properties, "required": [*properties]}
    check = {
        "operationId": "Vcenter.Settings_check$Task",
        "tags": ["vcenter.settings"],
        "summary": "Compare the settings.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"202": shrink["responses"]["202"], "default": {"$ref": "#/components/responses/Error"}},
    }
    document["paths"]["/vcenter/settings?action=check&vmw-task=true"] = {"post": check}
    path = folder / "settings.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return path


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, properties: dict[str, Any]) -> tuple[Ran, dict[str, int]]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("LARGE_SECRET", SECRET)
    options = SimulatorOptions(password=SECRET, task_seconds=0.2)
    with suite_of(description(folder, properties=properties), folder / "suite") as suite:
        with Simulator(suite.described, options).running() as url:
            words = ("--username", options.username, "--password-env", "LARGE_SECRET", "--fuzz-examples", "20")
            ran = suite.run(url, *words, "-k", "generated", scratch=folder)
            operations = json.loads(httpx2.get(f"{url}/_simulator/state").text)["operations"]
    return ran, operations["vcenter.settings.check"]


def test_a_large_body_is_tried_with_so_many_cases_and_the_run_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran, asked = run(tmp_path, monkeypatch, PROPERTIES)

    assert ran.findings == [], ran.printed
    (note,) = (note for note in ran.results["notes"] if "boundaries" in note)
    assert note.startswith("`vcenter.settings.check`: 200 of ")
    assert 50 < asked["received"] < 400
    assert asked["accepted"] == 4


def test_a_small_one_is_tried_whole_and_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran, asked = run(tmp_path, monkeypatch, {"property": TEXT})

    assert ran.findings == [], ran.printed
    assert not any("boundaries" in note for note in ran.results.get("notes", ()))
    assert asked["received"] > asked["accepted"]
    assert asked["accepted"] == 4
