"""What vCenter's descriptions say of sessions, in part or not at all: the suite signs in, and tests the session."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.e2e.test_dialects import describe

USER, PASSWORD = "administrator@vsphere.local", "correct horse"
SESSION = {"type": "apiKey", "in": "header", "name": "vmware-api-session-id"}
ACCOUNT = {"type": "http", "scheme": "basic"}
DECLARED: dict[str, tuple[dict[str, Any], list[dict[str, list[str]]] | None]] = {
    "an account, as 7.0.1 does": ({"basic_auth": ACCOUNT}, None),
    "both, needed nowhere": ({"session_id": SESSION, "basic_auth": ACCOUNT}, None),
    "both, needed everywhere": ({"session_id": SESSION, "own": ACCOUNT}, [{"session_id": []}]),
    "a session, needed everywhere": ({"token": SESSION}, [{"token": []}]),
    "something else": ({"api_key_auth": {"type": "apiKey", "in": "header", "name": "X-Gateway"}}, None),
}


@pytest.mark.parametrize("root", ["/rest", "/api"])
@pytest.mark.parametrize("declared", DECLARED)
def test_every_operation_is_tested_with_a_session(
    declared: str, root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    schemes, security = DECLARED[declared]
    description = describe(root, "", sessions=False, tasks=False)
    description.setdefault("components", {})["securitySchemes"] = schemes
    description |= {"security": security} if security is not None else {}
    (tmp_path / "little.json").write_text(json.dumps(description), encoding="utf-8")
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("VC_PASSWORD", PASSWORD)
    assert main(["generate", str(tmp_path / "little.json"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    (package,) = (tmp_path / "out").glob("*-contract")
    server = Simulator(read_api(tmp_path / "little.json"), SimulatorOptions(password=PASSWORD, task_seconds=0.2))

    with server.running() as url:
        account = ["--username", USER, "--password-env", "VC_PASSWORD"]
        words = ["contract", "run", "--url", url, "--package", str(package), *account, "--fuzz-examples", "3"]
        status = main([*words, "--report", str(tmp_path / "report"), "-k", "not disk"])

    told = capsys.readouterr().out
    found = json.loads((tmp_path / "report" / "results.json").read_text(encoding="utf-8"))
    assert status == 0, told
    assert not [row for row in found["skipped"] if "cannot be written" in row["reason"]]
    read = {name: each for name, each in found["operations"].items() if each["effect"] == "read"}
    assert len(read) == 5
    assert all(each["accepted"] and each["answers"].get("401", {}).get("seen") for each in read.values()), read
