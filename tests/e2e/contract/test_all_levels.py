"""A small vCenter with what made the suite of a whole one find what is not there: everything allowed, both orders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions
from vcsdk.simulator.options import ORDERS

PASSWORD = "pass-word-of-the-simulator"
TEXT = {"type": "string"}
NAMED = {"type": "object", "required": ["name"], "properties": {"name": TEXT, "note": TEXT}}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def carrying(schema: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def answers(status: str, schema: Any = None, *errors: str) -> dict[str, Any]:
    found = {status: {"description": "ok", **(carrying(schema) if schema is not None else {})}}
    return {
        "responses": {**found, **{e: {"description": "no", **carrying(ref("Vapi.Std.Errors.Error"))} for e in errors}}
    }


def query(name: str, schema: Any, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema}


def one(name: str, operation: str, **more: Any) -> dict[str, Any]:
    return {"operationId": operation, "tags": [name], **more}


POD = {"type": "object", "required": ["namespace", "pod"], "properties": {"namespace": TEXT, "pod": TEXT}}
THING = {"name": "thing", "in": "path", "required": True, "schema": TEXT}
COUNT = {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer"}}}
PATHS: dict[str, Any] = {
    "/vcenter/things": {
        "get": one("Things", "Things_list", **answers("200", {"type": "array", "items": TEXT})),
        # A 204 that is documented to have a body.
        "post": one("Things", "Things_create", requestBody=carrying(NAMED), **answers("204", {}, "400")),
    },
    "/vcenter/things/{thing}": {
        "get": one("Things", "Things_get", parameters=[THING], **answers("200", ref("Named"), "404")),
        "delete": one("Things", "Things_delete", parameters=[THING], **answers("204", None, "404")),
    },
    # Literal beside a template, with another answer.
    "/vcenter/things/summary": {"get": one("Summary", "Summary_get", **answers("200", COUNT))},
    # A list below a template beside another template's literal.
    "/vcenter/things/{thing}/parts": {
        "get": one("Parts", "Parts_list", parameters=[THING], **answers("200", {"type": "array", "items": TEXT}, "404"))
    },
    "/vcenter/stats": {
        "get": one(
            "Stats",
            "Stats_list",
            parameters=[
                query("namespace", TEXT),
                query("of", POD),
                query("start", {"type": "integer", "minimum": 5, "multipleOf": 5}, required=True),
            ],
            **answers("200", {"type": "array", "items": TEXT}, "400"),
        )
    },
    "/vcenter/backups": {
        "get": one(
            "Backups",
            "Backups_list",
            parameters=[
                query("location", {**TEXT, "format": "uri"}, required=True),
                query("short", {**TEXT, "maxLength": 2}),
            ],
            **answers("200", {"type": "array", "items": TEXT}),
        )
    },
    # Looks only, and starts a task: another identifier each time.  An optional body with required members.
    "/vcenter/health?action=check&vmw-task=true": {
        "post": one(
            "Health",
            "Health_check$Task",
            requestBody={"required": False, **carrying(ref("Named"))},
            **answers("202", TEXT, "400"),
        )
    },
    "/vcenter/motto": {
        "get": one("Motto", "Motto_get", **answers("200", ref("Named"))),
        "put": one(
            "Motto",
            "Motto_set",
            requestBody={"required": True, **carrying(ref("Named"))},
            **answers("204", None, "400"),
        ),
    },
    "/vcenter/disks?vmw-task=true": {
        "post": one("Disks", "Disks_create$Task", requestBody=carrying(ref("Named")), **answers("202", TEXT, "400"))
    },
    "/vcenter/disks/{thing}?action=wipe": {
        "post": one("Disks", "Disks_wipe", parameters=[THING], **answers("204", None, "404"))
    },
    "/vcenter/disks?action=reset": {"post": one("Disks", "Disks_reset", **answers("204"))},
}
DESCRIPTION = {
    "openapi": "3.0.3",
    "info": {"title": "Little VCenter", "version": "9"},
    "servers": [{"url": "https://vc.example.com/api"}],
    "components": {
        "schemas": {
            "Named": NAMED,
            "Vapi.Std.Errors.Error": {
                "type": "object",
                "properties": {"messages": {"type": "array", "items": {}}, "error_type": TEXT},
            },
        }
    },
    "paths": PATHS,
}


@pytest.fixture
def little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("CONTRACT_PASSWORD", PASSWORD)
    (tmp_path / "little.json").write_text(json.dumps(DESCRIPTION), encoding="utf-8")
    assert main(["generate", str(tmp_path / "little.json"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    return tmp_path


@pytest.mark.parametrize("order", ORDERS)
def test_nothing_is_found_where_nothing_is_wrong(order: str, little: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = SimulatorOptions(password=PASSWORD, order=order, task_seconds=0.02)
    server = Simulator(read_api(little / "little.json"), options)

    with server.running() as url:
        words = ["contract", "run", "--url", url, "--package", str(little / "out" / "little-vcenter-contract")]
        words += ["--username", options.username, "--password-env", "CONTRACT_PASSWORD"]
        words += ["--powerless-username", options.guest, "--powerless-password-env", "CONTRACT_PASSWORD"]
        words += ["--level", "destructive", "--allow-all", "--fuzz-examples", "5", "--report", str(little / "report")]
        status = main(words)

    results = json.loads((little / "report" / "results.json").read_text(encoding="utf-8"))
    assert [finding["message"] for finding in results["findings"]] == []
    assert status == 0, capsys.readouterr().out
    # What it does not describe is signed in with and not tested.
    assert server.log.received["session.create"] > 0
    assert not any(name.startswith("session") for name in results["operations"])
    never = [name for name, row in results["operations"].items() if not row["requests"]]
    assert never == []
    accepted = {name for name, row in results["operations"].items() if row["accepted"]}
    assert {
        "vcenter.things.summary.get",
        "vcenter.health.check",
        "vcenter.disks.reset",
        "vcenter.motto.set",
    } <= accepted, accepted
