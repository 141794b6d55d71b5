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
    scope: dict[str, object] = {}
    source = emitted["operations.py"].replace("from ._suite.operations", "from vcsdk.copied.suite.operations")
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
