"""The contract package as it is emitted: cases from schemas, marks from effects, and nothing that runs spec text."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from vcsdk.copied.suite.target import ABSENT
from vcsdk.emitters.contract.emit import emit
from vcsdk.pipeline import Described, read_api

from tests.generated import read_spec

from .modules import ACCEPTED, REFUSED, bodies


@pytest.fixture(scope="module")
def described() -> Described:
    return read_spec()


def files(described: Described) -> dict[str, str]:
    emitted = emit(described.api, described.config, described.document)
    return {file.path.as_posix().removeprefix("src/vcenter_vcha_contract/"): file.content for file in emitted}


def test_cases_of_failover(described: Described) -> None:
    module = files(described)["test_vcha_cluster.py"]

    assert bodies(module, "TestFailover", REFUSED) == {
        "no body": ABSENT,
        "null": None,
        "[]": [],
        '"text"': "text",
        "planned missing": {},
        "planned = null": {"planned": None},
        'planned = "true"': {"planned": "true"},
        "planned = 1": {"planned": 1},
    }


def test_cases_of_an_optional_body(described: Described) -> None:
    found = bodies(files(described)["test_vcha_cluster.py"], "TestGet", ACCEPTED)

    assert found == {
        "no body": ABSENT,
        '{"partial": true}': {"partial": True},
        "{}": {},
        '{"partial": false}': {"partial": False},
    }


def test_cases_of_an_enumeration(described: Described) -> None:
    found = bodies(files(described)["test_vcha_cluster_mode.py"], "TestSet", REFUSED)

    assert found['mode = "NO_SUCH_VALUE"'] == {"mode": "NO_SUCH_VALUE"}
    assert found["mode missing"] == {}


def test_cases_reach_into_objects(described: Described) -> None:
    found = bodies(files(described)["test_vcha_cluster.py"], "TestGet", REFUSED)

    assert found["vc_spec.active_location.hostname missing"] == {"vc_spec": {"active_location": {}}}
    assert found['vc_spec.active_location.port = "1"'] == {
        "vc_spec": {"active_location": {"hostname": "text", "port": "1"}}
    }


def test_every_pointer_leads_to_its_operation(described: Described) -> None:
    emitted = files(described)
    scope: dict[str, object] = {"__name__": "operations"}
    source = emitted["operations.py"].replace("from ._suite.", "from vcsdk.copied.suite.")
    exec(compile(source, "operations.py", "exec"), scope)
    paths = json.loads(emitted["openapi.json"])["paths"]

    for operation in scope["CATALOGUE"].operations:  # type: ignore[attr-defined]
        _, _, path, method = operation.pointer.split("/")
        item = paths[path.replace("~1", "/").replace("~0", "~")]
        assert item[method]["operationId"] == operation.operation_id


def test_tests_of_failover_are_marked(described: Described) -> None:
    tree = ast.parse(files(described)["test_vcha_cluster.py"])
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    unmarked = [
        function.name
        for function in classes["TestFailover"].body
        if isinstance(function, ast.FunctionDef) and "destructive" not in ast.unparse(function)
    ]
    assert classes["TestFailover"].body
    assert unmarked == []


HOSTILE = """
openapi: 3.0.3
info: {title: 'A "quoted" \"\"\" {{ title }} \\ API', version: '1'}
paths:
  '/things/{na"me}':
    parameters:
      - {name: 'na"me', in: path, required: true, schema: {type: string}}
    post:
      operationId: 'do"it'
      summary: "end \\"\\"\\" and {{ 7 * 7 }}\\n__import__('os').system('false')"
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: ['x"y']
              properties:
                'x"y': {type: string, enum: ["a'b\\"c", "\\n"]}
      responses: {'200': {description: ok}}
  /fuzz: {get: {operationId: fuzz_get, responses: {'200': {description: ok}}}}
"""


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    described = read_api(path)

    emitted = emit(described.api, described.config, described.document)

    assert len({file.path for file in emitted}) == len(emitted)
    for file in emitted:
        if file.kind == "python":
            tree = ast.parse(file.content, str(file.path))
            calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
            assert not any(isinstance(call, ast.Name) and call.id == "__import__" for call in calls)
            assert "49" not in file.content or file.path.parts[-2] == "_suite"


OLDER = """
openapi: 3.0.0
info: {title: Older, version: "7"}
components:
  schemas:
    vapi.std.errors.error: {type: object, properties: {messages: {type: array, items: {}}}}
    Named: {type: object, required: [name], properties: {name: {type: string}}}
    Task: {type: object, required: [value], properties: {value: {type: string}}}
  requestBodies:
    Named: {content: {application/json: {schema: {$ref: "#/components/schemas/Named"}}}}
  responses:
    Task: {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Task"}}}}
    Object: {description: ok, content: {application/json: {schema: {type: object}}}}
paths:
  ROOT/vcenter/vcha/cluster?action=get:
    post: {operationId: get, responses: {"200": {$ref: "#/components/responses/Object"}}}
  ROOT/vcenter/vcha/cluster?action=failover&vmw-task=true:
    post: {operationId: failover$task, responses: {"200": {$ref: "#/components/responses/Task"}}}
  ROOT/vcenter/vcha/cluster/mode: {get: {operationId: get, responses: {"200": {$ref: "#/components/responses/Object"}}}}
  ROOT/vcenter/vcha/cluster/mode?vmw-task=true:
    put:
      operationId: set$task
      requestBody: {$ref: "#/components/requestBodies/Named"}
      responses: {"200": {$ref: "#/components/responses/Task"}}
  ROOT/vcenter/other:
    post:
      operationId: make
      requestBody: {$ref: "#/components/requestBodies/Named"}
      responses: {"200": {$ref: "#/components/responses/Object"}}
    put:
      operationId: set
      requestBody: {required: false, content: {application/json: {schema: {$ref: "#/components/schemas/Named"}}}}
      responses: {"200": {$ref: "#/components/responses/Object"}}
"""


@pytest.fixture(params=[("", "/api"), ("", "/rest"), ("/api", ""), ("/rest", "")], ids="".join)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    in_paths, in_server = request.param
    path = tmp_path / "older.yaml"
    text = f'{OLDER}servers: [{{url: "https://vc.example.com{in_server}"}}]\n'
    path.write_text(text.replace("ROOT", in_paths), encoding="utf-8")
    described = read_api(path)
    emitted = emit(described.api, described.config, described.document)
    return {file.path.name: file.content for file in emitted}


def test_vcenter_ha_is_followed_wherever_its_root_stands(older: dict[str, str]) -> None:
    assert {"test_mode_changes.py", "test_failover.py"} <= set(older)
    # Sessions and tasks are used, and not tested: the description does not have them.
    assert not {"test_task_life.py", "test_sign_in_and_out.py"} & set(older)


def test_only_what_depends_on_its_state_is_not_called_by_example(older: dict[str, str]) -> None:
    calling = {name for name, text in older.items() if "test_it_answers_as_documented" in text}

    assert "test_vcenter_other.py" in calling
    assert "failover" not in "".join(calling)
    mode = ast.parse(older["test_vcenter_vcha_cluster_mode.py"])
    tests = {c.name: ast.unparse(c) for c in mode.body if isinstance(c, ast.ClassDef)}
    assert "test_it_answers_as_documented" in tests["TestGet"]
    assert "test_it_answers_as_documented" not in tests["TestSet"]


def test_a_body_is_required_in_the_bundle_as_it_is_for_the_client(older: dict[str, str]) -> None:
    paths = json.loads(older["openapi.json"])["paths"]
    (other,) = (item for path, item in paths.items() if path.endswith("/vcenter/other"))

    assert other["post"]["requestBody"]["required"] is True
    assert other["put"]["requestBody"]["required"] is False
    module = next(text for name, text in older.items() if name == "test_vcenter_other.py")
    assert "no body" not in bodies(module, "TestSet", REFUSED)
    assert "no body" in bodies(module, "TestMake", REFUSED)
