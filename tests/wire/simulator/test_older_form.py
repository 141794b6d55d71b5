"""The older REST form: `/rest` in the paths, every value in an envelope, other fields (as in vCenter 7.0.3's files)."""

from __future__ import annotations

import time

import httpx2
import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.wire.simulator.conftest import QUICK

DESCRIPTION = """
openapi: 3.0.0
info: {title: vcenter, version: "7"}
security: []
components:
  securitySchemes: {key: {type: apiKey, in: header, name: vmware-api-session-id}}
  schemas:
    vapi.std.errors.error: {type: object, properties: {messages: {type: array, items: {type: object}}}}
    Task_resp: {type: object, required: [value], properties: {value: {type: string}}}
    Info_resp: {type: object, required: [value], properties: {value: {$ref: "#/components/schemas/Info"}}}
    Info:
      type: object
      required: [status, kind]
      properties: {status: {type: string}, kind: {enum: [A]}, error: {type: string}, user: {type: string}}
    Wrapped:
      type: object
      required: [type, value]
      properties: {type: {type: string}, value: {type: object, properties: {messages: {type: array, items: {}}}}}
paths:
  /rest/cis/tasks/{task}:
    get:
      operationId: get
      tags: [tasks]
      parameters: [{name: task, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Info_resp"}}}}
        "404": {description: no, content: {application/json: {schema: {$ref: "#/components/schemas/Wrapped"}}}}
  /rest/vcenter/vcha/cluster?action=failover&vmw-task=true:
    post:
      operationId: failover$task
      tags: [vcha]
      requestBody:
        content: {application/json: {schema: {type: object, properties: {planned: {type: boolean}}}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Task_resp"}}}}
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("older")
    (folder / "v.yaml").write_text(DESCRIPTION)
    (folder / "v.toml").write_text('[api]\nprofile = "vapi"\n')
    options = SimulatorOptions(**{**QUICK, "failover_seconds": 0.1, "failover_fails": True})
    with Simulator(read_api(folder / "v.yaml"), options).running() as origin:
        yield f"{origin}/rest"


def test_state_takes_the_form_of_the_description(url):
    with httpx2.Client(base_url=url) as client:
        started = client.post("/vcenter/vcha/cluster?action=failover&vmw-task=true", json={"planned": True})
        assert (started.status_code, list(started.json())) == (200, ["value"])
        for _ in range(200):
            info = client.get(f"/cis/tasks/{started.json()['value']}").json()
            if info["value"]["status"] not in ("PENDING", "RUNNING"):
                break
            time.sleep(0.01)
        assert info == {"value": {"status": "FAILED", "kind": "A", "user": "anonymous"}}


def test_errors_take_it_too(url):
    body = httpx2.get(f"{url}/cis/tasks/none").json()
    assert body["type"] == "com.vmware.vapi.std.errors.not_found"
    assert body["value"]["messages"][0]["localized"] == "There is no task none."
