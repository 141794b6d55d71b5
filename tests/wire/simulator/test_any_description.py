"""Descriptions that know nothing of vCenter, and VMware's own large ones."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import httpx2
import pytest
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import Values
from vcsdk.ir import Operation, Role
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions
from vcsdk.simulator.application import Application
from vcsdk.simulator.parameters import ABSENT, coerce

from tests.wire.simulator.conftest import QUICK, ROOT

SPECS = ROOT.parent / "shared" / "specs"
PETS = """
openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example.com/v2"}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Pet:
      type: object
      required: [name, age]
      properties:
        name: {type: string, pattern: "^[A-Z][a-z]+$"}
        age: {type: integer, minimum: 3}
        friend: {$ref: "#/components/schemas/Pet"}
    Problem: {type: object, required: [code], properties: {code: {type: integer}}}
paths:
  /pets/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
    get:
      operationId: getPet
      parameters:
        - {name: tags, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {enum: [a, b]}}}
      responses:
        "200":
          description: ok
          headers: {X-Rate: {required: true, schema: {type: integer, minimum: 9}}}
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
        "4XX": {description: no, content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}
    put:
      operationId: putPet
      security: [{key: []}]
      requestBody:
        content:
          application/json: {schema: {$ref: "#/components/schemas/Pet"}}
          application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/Pet"}}
      responses:
        "204": {description: done}
  /report:
    get:
      operationId: getReport
      responses:
        "2XX": {description: ok, content: {text/csv: {schema: {type: string}, example: "a,b"}}}
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory):
    path = tmp_path_factory.mktemp("pets") / "pets.yaml"
    path.write_text(PETS)
    described = read_api(path)
    with Simulator(described, SimulatorOptions(**QUICK)).running() as url:
        yield f"{url}/v2", Schemas(described.document.data)


def test_generated_answers_are_valid(pets):
    url, schemas = pets
    answer = httpx2.get(f"{url}/pets/1?tags=a|b")
    assert answer.status_code == 200
    assert schemas.complaints({"$ref": "#/components/schemas/Pet"}, answer.json()) == []
    assert int(answer.headers["x-rate"]) >= 9
    assert httpx2.get(f"{url}/pets/1").content == answer.content


def test_errors_have_the_documented_shape(pets):
    url, schemas = pets
    for target in ("/pets/seven", "/pets/1?tags=a|c"):
        answer = httpx2.get(url + target)
        assert answer.status_code == 400
        assert schemas.complaints({"$ref": "#/components/schemas/Problem"}, answer.json()) == []
    assert httpx2.get(f"{url}/nothing").json() == {"status": 404, "title": "There is no resource at /v2/nothing."}


def test_keys_and_bodies(pets):
    url, _ = pets
    rex = {"name": "Rex", "age": 3}
    assert httpx2.put(f"{url}/pets/1", json=rex).status_code == 401
    key = {"X-Key": "any"}
    assert httpx2.put(f"{url}/pets/1", json=rex, headers=key).status_code == 204
    assert httpx2.put(f"{url}/pets/1", data=rex, headers=key).status_code == 204
    assert httpx2.put(f"{url}/pets/1", headers=key).status_code == 204
    assert httpx2.put(f"{url}/pets/1", json={**rex, "more": 1}, headers=key).status_code == 204
    for wrong in ({**rex, "age": 2}, {"name": "Rex"}, []):
        assert httpx2.put(f"{url}/pets/1", json=wrong, headers=key).status_code == 400
    assert httpx2.put(f"{url}/pets/1", data={"name": "Rex", "age": "x"}, headers=key).status_code == 400
    assert httpx2.put(f"{url}/pets/1", content=b"<x/>", headers={**key, "content-type": "text/xml"}).status_code == 415


def test_other_media_types(pets):
    answer = httpx2.get(f"{pets[0]}/report")
    assert (answer.status_code, answer.headers["content-type"], answer.text) == (200, "text/csv", "a,b")


# No JSON value satisfies these: the schema requires itself.
ENDLESS = {"esx.json": {"GET /api/esx/software"}}
LARGE = [
    "vcenter-7.0.3/vcenter.json", "vcenter-7.0.3/cis.json", "vcenter-7.0.3/esx.json", "vcenter-7.0.3/content.json",
    "vcenter-7.0.3/appliance.json", "vcenter-9.1.1/vcenter.yaml", "vcf/log-management-openapi.json",
    "vcf/vcf-installer-openapi.json", "vcf/vcf-operations-openapi.json", "vcf/sddc-lcm-openapi.yaml",
]  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_every_operation_answers_a_valid_success(name):
    path = SPECS / name
    if not path.is_file():
        pytest.skip(f"{name} is not on this machine")
    described = read_api(path)
    # A mode change is over at once and a failover never, so that no operation stands in another one's way.
    calm = {"mode": "MAINTENANCE", "task_seconds": 0, "failover_seconds": 1e6}
    simulator = Simulator(described, SimulatorOptions(**{**QUICK, **calm}))
    failed = set()
    with simulator.running() as url, httpx2.Client(base_url=url, timeout=30) as client:
        caller = Everything(simulator.application, client)
        for operation in described.api.operations:
            problem = caller.problem_with(operation)
            if problem and not problem.startswith("stateful"):
                failed.add((operation.request_line, problem))
    assert {line for line, _ in failed} == ENDLESS.get(path.name, set()), sorted(failed)[:5]
    assert simulator.application.schemas.unusable == []


class Everything:
    """Calls any operation with generated arguments and judges the answer against the document itself."""

    def __init__(self, application: Application, client: httpx2.Client) -> None:
        self.application = application
        self.api = application.api
        self.schemas = application.schemas
        self.values = Values(self.schemas)
        self.requests = application._requests
        self.client = client

    def sign_in(self) -> None:
        """A session for the next request: the one before may have ended it."""
        created = self.api.playing(Role.SESSION_CREATE)
        if created is not None:
            auth = ("administrator@vsphere.local", QUICK["password"])
            answer = self.client.post(self.api.prefix + created.path, auth=auth).json()
            self.client.headers["vmware-api-session-id"] = answer["value"] if isinstance(answer, dict) else answer

    def problem_with(self, operation: Operation) -> str | None:
        # What one operation deletes, another one needs.
        self.application.reset()
        self.sign_in()
        node = self.schemas.at(operation.key)
        answer = self._call(operation)
        documented = {str(key): self.schemas.resolve(value) for key, value in node["responses"].items()}
        if answer.status_code == 404 and operation.role is not None:
            return "stateful: a task that is not there"
        if answer.status_code == 401 and operation.role is not None:
            return "stateful: a session that is not there"
        if answer.status_code == 400 and operation.path.endswith("/vcha/cluster/mode"):
            return "stateful: a mode that is none, where only prose lists them"
        if not 200 <= answer.status_code < 400:
            return f"{answer.status_code} {answer.text[:200]}"
        if str(answer.status_code) not in documented:
            return None if "default" in documented else f"{answer.status_code} is not documented"
        content = documented[str(answer.status_code)].get("content") or {}
        media = next((value for key, value in content.items() if "json" in key or key == "*/*"), None)
        if media is None or "schema" not in media:
            return None
        complaints = self.schemas.complaints(media["schema"], answer.json())
        return str(complaints[:2]) if complaints else None

    def _call(self, operation: Operation) -> httpx2.Response:
        path, query, headers = operation.path, list(operation.fixed_query), {}
        resources = self.application._resources
        step = resources._kinds.step(operation)
        # What the path names must be there.
        there = {p.parameter: resources._show.documented(p.collection) for p in (step.positions if step else ())}
        for parameter in self.requests.declared(operation):
            name, schema = parameter["name"], parameter.get("schema", {})
            if not parameter.get("required") or name in dict(operation.fixed_query):
                continue
            value = self.values.example(schema, parameter.get("example"))
            assert value is not ABSENT
            if parameter["in"] == "path":
                known = [coerce(self.schemas, schema, text) for text in there.get(name, ())]
                value = next((one for one in known if self.schemas.accepts(schema, one)), value)
                path = path.replace("{" + name + "}", quote(_text(value), safe=""))
            elif parameter["in"] == "query" and isinstance(value, dict):
                query += [(key, _text(item)) for key, item in value.items() if isinstance(item, str | int)]
            elif parameter["in"] == "query":
                query += [(name, _text(item)) for item in (value if isinstance(value, list) else [value])]
            elif parameter["in"] == "header":
                headers[name] = _text(value)
        for alternative in operation.security[:1]:
            for scheme in alternative:
                name = self.api.security_schemes[scheme].wire_name or "authorization"
                headers |= {} if name in self.client.headers else {name: "Bearer x"}
        target = self.api.prefix + re.sub(r"\{[^}]*\}", "x", path)
        content = {}
        required, media = self.requests.media(operation)
        if media and required:
            kind = next((key for key in media if "json" in key), next(iter(media)))
            if "json" in kind:
                content["json"] = self.values.example(media[kind].get("schema", {}), media[kind].get("example"))
            elif kind.startswith("multipart/form-data"):
                fields = self.values.example(media[kind].get("schema", {}), media[kind].get("example"))
                content["files"] = {name: (None, _part(value)) for name, value in fields.items()} or {"x": (None, "x")}
            else:
                content["content"], headers["content-type"] = b"x", kind.replace("*", "x")
        return self.client.request(operation.method, target, params=query or None, headers=headers, **content)


def _part(value: object) -> str:
    return json.dumps(value) if isinstance(value, dict | list) else _text(value)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
