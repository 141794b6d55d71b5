"""What vAPI's actions bring is read wherever the state is shown, in both dialects, and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.wire.simulator.conftest import QUICK

SCHEMAS = {
    "vapi.std.errors.error": {"type": "object", "properties": {"messages": {"type": "array", "items": {}}}},
    "Power": {"type": "string", "enum": ["POWERED_OFF", "POWERED_ON", "SUSPENDED"]},
    "Guest": {"type": "string", "enum": ["RUNNING", "NOT_RUNNING", "STANDBY"]},
    "Link": {"type": "string", "enum": ["UNKNOWN", "CONNECTED", "NOT_CONNECTED"]},
}


def described(root: str) -> dict[str, Any]:
    """Machines that have power, a guest and drives; `/rest` writes an action into the path and wraps values."""
    rest = root == "/rest"

    def shows(**properties: str) -> dict[str, Any]:
        known = {
            name: {"$ref": f"#/components/schemas/{of}"} if of else {"type": "string"}
            for name, of in properties.items()
        }
        return {"type": "object", "required": list(known), "properties": known}

    def answers(schema: dict[str, Any] | None) -> dict[str, Any]:
        if schema is None:
            return {"responses": {"204": {"description": "done"}}}
        whole = {"type": "object", "required": ["value"], "properties": {"value": schema}} if rest else schema
        content = {"application/json": {"schema": whole}}
        return {"responses": {"200": {"description": "ok", "content": content}, "404": {"description": "no"}}}

    def named(*names: str) -> list[dict[str, Any]]:
        return [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]

    vms, vm = f"{root}/vms", f"{root}/vms/{{vm}}"
    summary = shows(vm="", power_state="Power")
    paths: dict[str, Any] = {
        vms: {
            "get": {"operationId": "list", **answers({"type": "array", "items": summary})},
            "post": {
                "operationId": "create",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                **answers({"type": "string"}),
            },
        },
        vm: {"parameters": named("vm"), "get": {"operationId": "get", **answers(shows(power_state="Power"))}},
    }
    paths[vm]["delete"] = {"operationId": "delete", **answers(None)}
    for place, names, shown, actions in (
        (f"{vm}/power", ("vm",), shows(state="Power"), ("start", "stop", "suspend", "reset", "start-later")),
        (f"{vm}/guest/power", ("vm",), shows(state="Guest"), ("shutdown", "standby", "reboot")),
        (f"{vm}/drives/{{drive}}", ("vm", "drive"), shows(state="Link", start="Power"), ("connect", "disconnect")),
    ):
        paths[place] = {"parameters": named(*names), "get": {"operationId": f"{place}_get", **answers(shown)}}
        for action in actions:
            key = f"{place}/{action}" if rest else f"{place}?action={action}"
            paths[key] = {
                "parameters": named(*names),
                "post": {"operationId": f"{place}_{action}", **answers(None)},
            }
    return {
        "openapi": "3.0.0",
        "info": {"title": "Machines", "version": "1"},
        "security": [],
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "vmware-api-session-id"}},
        },
        "paths": paths,
    }


class Machines:
    """A client of the simulator that speaks either dialect."""

    def __init__(self, origin: str, root: str) -> None:
        self._http = httpx2.Client(base_url=f"{origin}{root}", headers={"vmware-api-session-id": "any"})
        self._rest = root == "/rest"
        self._origin = origin

    def read(self, path: str) -> Any:
        answer = self._http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()["value"] if self._rest else answer.json()

    def act(self, path: str, action: str) -> None:
        target = f"{path}/{action}" if self._rest else f"{path}?action={action}"
        assert self._http.post(target).status_code == 204

    def create(self) -> str:
        made = self._http.post("/vms", json={}).json()
        return str(made["value"] if self._rest else made)

    def delete(self, vm: str) -> None:
        assert self._http.delete(f"/vms/{vm}").status_code == 204

    def reset(self) -> None:
        self._http.post(f"{self._origin}/_simulator/reset", headers={"Sec-Simulator-Control": "1"}).raise_for_status()


@pytest.fixture(params=["/rest", "/api"])
def machines(request, tmp_path):
    (tmp_path / "m.json").write_text(json.dumps(described(request.param)))
    (tmp_path / "m.toml").write_text('[api]\nprofile = "vapi"\n')
    with Simulator(read_api(tmp_path / "m.json"), SimulatorOptions(**QUICK)).running() as origin:
        yield Machines(origin, request.param)


def test_power_is_what_the_last_action_brought_wherever_it_is_shown(machines):
    (vm,) = [row["vm"] for row in machines.read("/vms")]
    assert machines.read(f"/vms/{vm}/power")["state"] == "POWERED_OFF"
    for action, state in (("start", "POWERED_ON"), ("suspend", "SUSPENDED"), ("start", "POWERED_ON")):
        machines.act(f"/vms/{vm}/power", action)
        assert machines.read(f"/vms/{vm}/power") == {"state": state}
        assert machines.read(f"/vms/{vm}")["power_state"] == state
        assert machines.read("/vms") == [{"vm": vm, "power_state": state}]
    machines.act(f"/vms/{vm}/power", "reset")
    machines.act(f"/vms/{vm}/power", "start-later")
    assert machines.read(f"/vms/{vm}/power")["state"] == "POWERED_ON"
    machines.act(f"/vms/{vm}/power", "stop")
    assert machines.read(f"/vms/{vm}/power")["state"] == "POWERED_OFF"


def test_other_machines_and_other_states_stay(machines):
    (first,) = [row["vm"] for row in machines.read("/vms")]
    second = machines.create()
    machines.act(f"/vms/{second}/power", "start")
    assert {row["vm"]: row["power_state"] for row in machines.read("/vms")} == {
        first: "POWERED_OFF",
        second: "POWERED_ON",
    }
    assert machines.read(f"/vms/{second}/guest/power")["state"] == "RUNNING"
    machines.act(f"/vms/{second}/guest/power", "shutdown")
    assert machines.read(f"/vms/{second}/guest/power")["state"] == "NOT_RUNNING"
    assert machines.read(f"/vms/{second}/power")["state"] == "POWERED_ON"
    assert machines.read(f"/vms/{first}/guest/power")["state"] == "RUNNING"


def test_a_part_has_a_state_of_its_own(machines):
    (vm,) = [row["vm"] for row in machines.read("/vms")]
    drive = f"/vms/{vm}/drives/example"
    before = machines.read(drive)
    machines.act(drive, "connect")
    assert machines.read(drive) == {**before, "state": "CONNECTED"}
    machines.act(f"/vms/{vm}/power", "start")
    assert machines.read(drive) == {**before, "state": "CONNECTED"}
    machines.act(drive, "disconnect")
    assert machines.read(drive)["state"] == "NOT_CONNECTED"


def test_a_state_goes_with_its_machine_and_with_a_reset(machines):
    (vm,) = [row["vm"] for row in machines.read("/vms")]
    machines.act(f"/vms/{vm}/power", "start")
    machines.reset()
    assert machines.read(f"/vms/{vm}/power")["state"] == "POWERED_OFF"
    made = machines.create()
    machines.act(f"/vms/{made}/power", "start")
    machines.delete(made)
    assert [row["power_state"] for row in machines.read("/vms")] == ["POWERED_OFF"]


def test_only_the_profile_vapi_has_actions(tmp_path):
    (tmp_path / "m.json").write_text(json.dumps(described("/rest")))
    (tmp_path / "m.toml").write_text('[api]\nprofile = "plain"\n')
    with Simulator(read_api(tmp_path / "m.json"), SimulatorOptions(**QUICK)).running() as origin:
        machines = Machines(origin, "/rest")
        before = machines.read("/vms/example/power")
        machines.act("/vms/example/power", "start")
        assert machines.read("/vms/example/power") == before
