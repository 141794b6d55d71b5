from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.config.model import Config, PackageNames
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.load import load
from vcsdk.normalize import normalize

LIST = "Possible values:\n - `ON`: It shines.\n - `OFF`\n\nFor more information see: *Lamp.State*."
REF = {"$ref": "#/components/schemas/Lamp.State"}
STATE = {"type": "string", "enum": ["ON", "OFF", "DIM"]}


def mend(
    tmp_path: Path,
    *,
    paths: dict[str, Any] | None = None,
    version: str = "3.0.3",
    profile: str = "vapi",
    **schemas: Any,
) -> tuple[dict[str, Any], list[int], Diagnostics]:
    """The document, how many places the rule mended, and what was found."""
    path = tmp_path / "input.json"
    parts = {"schemas": {"Lamp.State": copy.deepcopy(STATE), **schemas}}
    head = {"openapi": version, "info": {"title": "Lamps", "version": "1"}}
    path.write_text(json.dumps({**head, "paths": paths or {}, "components": parts}))
    diagnostics = Diagnostics()
    document = load(path, diagnostics)
    made = normalize(document, Config(PackageNames("l", "l", "L"), profile=profile), diagnostics)
    return document.data, [m.count for m in made if m.rule == "enumeration-in-prose"], diagnostics


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "description": LIST}, REF),
        (
            {"type": "string", "description": f"The state. {LIST} This property is deprecated."},
            {"allOf": [REF], "description": "The state. This property is deprecated."},
        ),
        ({"type": "string", "nullable": True, "description": LIST}, {"nullable": True, "allOf": [REF]}),
        (
            {"type": "string", "description": LIST, "default": "ON", "x-a": 1},
            {"default": "ON", "x-a": 1, "allOf": [REF]},
        ),
        ({"type": "string", "description": LIST, "maxLength": 9, "pattern": "O"}, REF),
        (
            {"type": "array", "items": {"type": "string", "description": LIST}, "description": "All."},
            {"type": "array", "items": REF, "description": "All."},
        ),
        ({"type": "array", "items": {"type": "string"}, "description": LIST}, {"type": "array", "items": REF}),
        (
            {"type": "object", "additionalProperties": {"type": "string", "description": LIST}},
            {"type": "object", "additionalProperties": REF},
        ),
        ({"type": "string", "description": LIST.replace("\n", " ")}, REF),
    ],
    ids=["bare", "text around", "null", "default", "assertions", "items", "array", "map values", "one line"],
)
def test_a_reference_takes_the_place_of_the_list(tmp_path, schema: dict[str, Any], expected: dict[str, Any]) -> None:
    lamp = {"type": "object", "properties": {"state": schema}}
    data, counts, found = mend(tmp_path, Lamp=lamp)
    assert data["components"]["schemas"]["Lamp"]["properties"]["state"] == expected
    assert counts == [1]
    assert list(found) == []


def test_null_of_3_1(tmp_path) -> None:
    data, _, _ = mend(tmp_path, version="3.1.0", A={"type": ["string", "null"], "description": LIST})
    assert data["components"]["schemas"]["A"] == {"anyOf": [REF, {"type": "null"}]}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [({"type": "string"}, REF), ({"type": "array", "items": {"type": "string"}}, {"type": "array", "items": REF})],
)
def test_the_list_of_a_parameter_is_about_its_schema(tmp_path, schema, expected) -> None:
    parameter = {"name": "state", "in": "query", "description": f"Which. {LIST}", "schema": schema}
    answers = {"204": {"description": "Done"}}
    paths = {"/lamps": {"get": {"operationId": "list", "parameters": [parameter], "responses": answers}}}
    data, counts, _ = mend(tmp_path, paths=paths)
    mended = data["paths"]["/lamps"]["get"]["parameters"][0]
    assert (mended["description"], mended["schema"], counts) == ("Which.", expected, [1])


def test_the_enumeration_is_open_and_learns_what_the_list_says(tmp_path) -> None:
    data, _, _ = mend(tmp_path, A={"type": "string", "description": LIST})
    state = data["components"]["schemas"]["Lamp.State"]
    assert state == {**STATE, "x-ms-enum": {"modelAsString": True}, "x-enum-descriptions": {"ON": "It shines."}}


@pytest.mark.parametrize(
    ("name", "said"),
    [("Lamp.Stat", "does not exist"), ("Lamp.Name", "is no enumeration")],
)
def test_what_is_no_enumeration_is_left_alone_and_named(tmp_path, name: str, said: str) -> None:
    schema = {"type": "string", "description": LIST.replace("Lamp.State", name)}
    data, counts, found = mend(tmp_path, **{"A": copy.deepcopy(schema), "Lamp.Name": {"type": "string"}})
    assert data["components"]["schemas"]["A"] == schema
    assert counts == []
    (finding,) = found
    assert (finding.level, finding.rule) == (Level.WARNING, "enumeration-in-prose")
    assert f"`{name}`" in finding.message
    assert said in finding.message


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "description": "Possible values: - `ON` - `OFF`"},
        {"type": "string", "description": "For more information see: *Lamp.State*."},
        {"type": "integer", "description": LIST},
        {"type": "string", "enum": ["ON"], "description": LIST},
        {"type": "string", "format": "date", "description": LIST},
        {"description": LIST},
    ],
    ids=["no name", "no list", "integer", "enum of its own", "format", "no type"],
)
def test_what_is_no_text_or_names_nothing_stays(tmp_path, schema: dict[str, Any]) -> None:
    data, counts, found = mend(tmp_path, A=copy.deepcopy(schema))
    assert (data["components"]["schemas"]["A"], counts, list(found)) == (schema, [], [])


@pytest.mark.parametrize(("profile", "model", "count"), [("auto", False, 0), ("auto", True, 1), ("plain", True, 0)])
def test_the_error_model_of_vmware_tells_whose_description_it_is(tmp_path, profile, model, count) -> None:
    schemas = {"Vapi.Std.Errors.NotFound": {"type": "object"}} if model else {}
    _, counts, _ = mend(tmp_path, profile=profile, A={"type": "string", "description": LIST}, **schemas)
    assert sum(counts) == count
