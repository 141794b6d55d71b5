"""Examples are held to the schema as one who sends sees it, whatever the types say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.emitters import emit_all
from vcsdk.emitters.completeness import account
from vcsdk.emitters.contract.candidates import chosen
from vcsdk.emitters.contract.cases import json_media, malformed, wellformed
from vcsdk.emitters.contract.contents import content_of
from vcsdk.emitters.contract.fitting import Fitting
from vcsdk.emitters.contract.smallest import NoValueError
from vcsdk.ir import MISSING
from vcsdk.pipeline import Described, read_api

from tests.unit.simulator.test_conditional_values import COMPONENTS, SATISFIABLE, UNSATISFIABLE, judge

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def read(folder: Path, content: dict[str, Any], version: str = "3.0.3", **schemas: Any) -> Described:
    operation = {
        "operationId": "make",
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "It."}},
    }
    document = {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": schemas},
    }
    (folder / "t.json").write_text(json.dumps(document))
    return read_api(folder / "t.json")


def example(folder: Path, schema: Any, version: str = "3.0.3", **schemas: Any) -> Any:
    described = read(folder, {"application/json": {"schema": schema}}, version, **schemas)
    (operation,) = described.api.operations
    assert operation.body is not None
    media = json_media(operation.body)
    assert media is not None
    return chosen(media, described.api.schemas, Fitting(described.document.data).body(operation, media))


ONE_OF_TWO = {
    "type": "object",
    "properties": {"url": TEXT, "html": TEXT, "wait": NUMBER},
    "oneOf": [{"required": ["url"]}, {"required": ["html"]}],
}
FAMILY = {
    "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": TEXT, "lives": NUMBER}},
    "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": TEXT, "barks": TEXT}},
}
MAPPED = {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}}
MEMBERS = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (ONE_OF_TWO, {"url": "text"}),
        ({"type": "object", "minProperties": 1, "properties": {"a": TEXT}}, {"a": "text"}),
        ({"type": "object", "minProperties": 2, "properties": {"a": TEXT, "b": NUMBER}}, {"a": "text", "b": 1}),
        ({"type": "object", "required": ["a"], "properties": {"a": {**TEXT, "readOnly": True}, "b": TEXT}}, {}),
        ({"oneOf": MEMBERS, "discriminator": MAPPED}, {"kind": "cat"}),
        ({"oneOf": MEMBERS, "discriminator": {"propertyName": "kind"}}, {"kind": "Cat"}),
    ],
)
def test_the_example_is_one_that_the_whole_schema_takes(schema: Any, expected: Any, tmp_path: Path) -> None:
    assert example(tmp_path, schema, **FAMILY) == expected


def test_what_no_value_satisfies_has_no_example(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"a": TEXT}, "not": {"type": "object"}}
    with pytest.raises(NoValueError):
        example(tmp_path, schema)


@pytest.mark.parametrize(
    ("schema", "whole", "changed"),
    [
        # Without a type a schema takes what is no object at all.
        ({"properties": {"a": NUMBER}}, [], {("a",): [None, "1", 1.5]}),
        ({"type": "object", "properties": {"a": NUMBER}}, [None, [], "text"], {("a",): [None, "1", 1.5]}),
        ({"type": "object", "properties": {"a": {"nullable": True}}}, [None, [], "text"], {}),
        (
            {"type": "object", "required": ["a"], "properties": {"a": TEXT}},
            [None, [], "text"],
            {("a",): [MISSING, None, 1, []]},
        ),
    ],
)
def test_what_fits_in_spite_of_its_type_is_not_malformed(
    schema: Any, whole: list[Any], changed: Any, tmp_path: Path
) -> None:
    described = read(tmp_path, {"application/json": {"schema": schema}})
    (operation,) = described.api.operations
    assert operation.body is not None
    media = json_media(operation.body)
    assert media is not None
    fits = Fitting(described.document.data).body(operation, media)
    bad = malformed(operation.body, described.api.schemas, fits)
    assert (bad.whole, bad.changed) == (whole, changed)
    assert all(fits(value) for value in wellformed(operation.body, described.api.schemas, fits).whole)


FORM = {"type": "object", "required": ["name"], "properties": {"name": TEXT, "size": NUMBER}}
FILE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "n": NUMBER}}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"application/x-www-form-urlencoded": {"schema": FORM}}, b"name=text"),
        ({"text/plain": {"schema": TEXT}}, b"text"),
        ({"text/csv": {"schema": TEXT, "example": "a,b"}}, b"a,b"),
        ({"application/octet-stream": {"schema": {**TEXT, "format": "binary"}}}, b"example"),
        ({"application/xml": {"schema": FORM}, "text/plain": {"schema": TEXT}}, b"text"),
        ({"application/xml": {"schema": FORM}}, None),
        ({"application/merge-patch+json": {"schema": FORM}}, None),
    ],
)
def test_bodies_that_are_no_json_are_written(content: Any, expected: bytes | None, tmp_path: Path) -> None:
    described = read(tmp_path, content)
    (operation,) = described.api.operations
    assert operation.body is not None
    fitting = Fitting(described.document.data)
    made = content_of(operation.body, described.api.schemas, lambda media: fitting.body(operation, media))
    assert (made.content if made is not None else None) == expected


def test_a_form_of_parts_has_a_field_at_least_and_says_what_is_a_file(tmp_path: Path) -> None:
    described = read(tmp_path, {"multipart/form-data": {"schema": FILE}})
    (operation,) = described.api.operations
    assert operation.body is not None
    fitting = Fitting(described.document.data)
    made = content_of(operation.body, described.api.schemas, lambda media: fitting.body(operation, media))
    assert made is not None
    kind, _, boundary = made.content_type.partition("; boundary=")
    first, second, third, end = made.content.split(f"--{boundary}".encode())
    assert kind == "multipart/form-data"
    assert (first, end) == (b"", b"--\r\n")
    assert second == (
        b'\r\nContent-Disposition: form-data; name="file"; filename="example"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\ntext\r\n"
    )
    assert third == b'\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n'


@pytest.mark.parametrize(
    "schema",
    [
        {**TEXT, "pattern": "^US[0-9a-f]{32}$", "minLength": 34, "maxLength": 34},
        {**TEXT, "pattern": "^(?:red|blue)$"},
        {**TEXT, "pattern": r"\.(?i)(pdf)$"},
    ],
)
def test_an_example_matches_its_pattern(schema: Any, tmp_path: Path) -> None:
    document = {"type": "object", "required": ["a"], "properties": {"a": schema}}
    assert jsonschema_rs.is_valid(document, example(tmp_path, document))


@pytest.mark.parametrize("schema", SATISFIABLE, ids=str)
def test_a_body_keeps_what_is_asked_for_under_conditions(tmp_path: Path, schema: dict[str, Any]) -> None:
    assert judge(schema).is_valid(example(tmp_path, schema, "3.1.0", **COMPONENTS))


@pytest.mark.parametrize("schema", UNSATISFIABLE, ids=str)
def test_a_body_that_no_value_fits_is_said_and_left_out(tmp_path: Path, schema: dict[str, Any]) -> None:
    described = read(tmp_path, {"application/json": {"schema": schema}}, "3.1.0", **COMPONENTS)
    diagnostics = Diagnostics()
    account(described, emit_all(described), diagnostics)
    (said,) = [found for found in diagnostics if found.rule == "no-fitting-body"]
    assert (said.rule, said.level) == ("no-fitting-body", Level.WARNING)
    assert "contract tests send none" in said.message
    with pytest.raises(NoValueError):
        example(tmp_path, schema, "3.1.0", **COMPONENTS)


def test_a_body_has_what_only_one_who_sends_has(tmp_path: Path) -> None:
    """Read-only properties are not sent, write-only ones are, also where the schema itself is asked for a value."""
    properties = {
        "id": {**TEXT, "readOnly": True},
        "secret": {**TEXT, "writeOnly": True, "minLength": 9},
        "kind": {"enum": ["a", "b"]},
    }
    required = {"required": ["id", "secret", "kind"], "properties": properties, "type": "object"}
    condition = {"if": {"properties": {"kind": {"const": "a"}}}, "then": {"required": ["more"]}}
    body = example(tmp_path, {**required, **condition}, "3.1.0")
    assert "id" not in body
    assert len(body["secret"]) >= 9
    assert ("more" in body) == (body["kind"] == "a")


EXCLUDING = {
    "allOf": [
        {"type": "object", "properties": {"d": {"enum": [1, 2]}}},
        {"type": "object", "properties": {"d": {"type": ["string", "null"]}, "b": NUMBER}, "required": ["d", "b"]},
    ]
}


@pytest.mark.parametrize(
    ("part", "smallest"),
    [
        ({"anyOf": [EXCLUDING, {"type": "null"}]}, None),
        ({"anyOf": [{"type": "object", "not": {}, "properties": {"d": NUMBER}}, {"type": "null"}]}, None),
        ({"type": ["object", "null"], "properties": {"d": NUMBER}, "enum": [None]}, None),
        ({"oneOf": [{"type": "null"}, EXCLUDING]}, None),
    ],
)
def test_nothing_is_broken_inside_of_what_is_no_object(part: Any, smallest: Any, tmp_path: Path) -> None:
    schema = {"type": "object", "required": ["w"], "properties": {"w": part}}
    described = read(tmp_path, {"application/json": {"schema": schema}}, "3.1.0")
    (operation,) = described.api.operations
    assert operation.body is not None
    media = json_media(operation.body)
    assert media is not None
    fits = Fitting(described.document.data).body(operation, media)
    assert chosen(media, described.api.schemas, fits) == {"w": smallest}
    bad = malformed(operation.body, described.api.schemas, fits)
    assert all(len(path) == 1 for path in bad.changed)
