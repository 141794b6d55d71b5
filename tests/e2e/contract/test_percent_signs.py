"""A `%` in names: of an address it begins an encoded character, in names of a description it stands for itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.ir import Struct
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.suites import suite_of

KIND = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "name": {"type": "string"}}}


def answer(schema: str) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"200": {"description": "ok", "content": {"application/json": {"schema": reference}}}}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Percent", "version": "1"},
    "paths": {
        "/tag%41/{id}": {
            "parameters": [{"$ref": "#/components/parameters/i%2541"}],
            "get": {"operationId": "a%41", "responses": answer("Pet%20Shop")},
            "post": {"operationId": "b%41", "deprecated": True, "responses": answer("B%2541")},
        },
        "/again": {
            "get": {"operationId": "c", "responses": {"200": {"$ref": "#/paths/~1tag%2541~1{id}/get/responses/200"}}}
        },
    },
    "components": {
        "parameters": {"i%41": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}},
        "schemas": {
            "A%41": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
            "B%41": {
                "allOf": [
                    {"$ref": "#/components/schemas/A%2541"},
                    {"type": "object", "properties": {"b": {"type": "string"}}},
                ]
            },
            "Pet Shop": {
                "oneOf": [{"$ref": "#/components/schemas/My%20Cat"}, {"$ref": "#/components/schemas/My%25Dog"}],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"c": "#/components/schemas/My%20Cat", "d": "#/components/schemas/My%25Dog"},
                },
            },
            "My Cat": KIND,
            "My%Dog": KIND,
        },
    },
}


@pytest.fixture
def described(tmp_path: Path) -> Path:
    path = tmp_path / "percent.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return path


def test_what_is_composed_and_told_apart_keeps_its_names(described: Path) -> None:
    api = read_api(described).api

    heir = api.schemas["#/components/schemas/B%41"]
    assert isinstance(heir, Struct)
    assert heir.base == "#/components/schemas/A%41"
    told = api.schemas["#/components/schemas/Pet Shop"].type.discriminator  # type: ignore[union-attr]
    assert dict(told.mapping) == {"c": "#/components/schemas/My Cat", "d": "#/components/schemas/My%Dog"}


def test_suite_and_simulator_agree(described: Path, tmp_path: Path) -> None:
    read = read_api(described)
    with suite_of(described, tmp_path / "out") as suite, Simulator(read, SimulatorOptions()).running() as url:
        ran = suite.run(url, "--level", "write", scratch=tmp_path)

    assert ran.findings == [], ran.printed
    accepted = {name for name, row in ran.results["operations"].items() if row["accepted"]}
    assert {"again.c", "tag_41.a_41"} <= accepted


def test_every_command_takes_them(described: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps(DOCUMENT).replace('"name": "id"', '"name": "id", "description": "which"'))

    assert main(["bundle", str(described), "-o", str(tmp_path / "plain.yaml"), "--view", "plain"]) == 0
    assert main(["lint", str(tmp_path / "plain.yaml")]) == 0
    assert main(["diff", str(described), str(other)]) == 0


@pytest.mark.parametrize("constant", ["?~action=add", "#add"])
def test_operations_that_are_told_apart_by_their_names_may_have_one(constant: str, tmp_path: Path) -> None:
    document = {
        "openapi": "3.0.0",
        "info": {"title": "Tags", "version": "1"},
        "paths": {f"/tag/id:{{tag}}{constant}": {"post": {**DOCUMENT["paths"]["/tag%41/{id}"]["post"]}}},
        "components": {"schemas": {**DOCUMENT["components"]["schemas"], "vapi.std.errors.unauthorized": KIND}},
    }
    path = tmp_path / "tags.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    assert main(["generate", str(path), "-o", str(tmp_path / "out"), "-q"]) == 0
