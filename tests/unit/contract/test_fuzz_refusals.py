"""A generated request that fits its schema is refused with a reason, or by an answer that has no place for one."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from schemathesis.transport.serialization import Binary, serialize_json
from vcsdk.copied.suite import fuzz, sampled
from vcsdk.copied.suite.answers import Answer
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation

TOKEN = Operation("token", "token", "POST", "/token", (), "#/paths/~1token/post", Effect.WRITE)
TYPES = (("INVALID_ARGUMENT", 400),)
ERROR = {"type": "object", "properties": {"error_type": {"type": "string"}, "messages": {"type": "array"}}}
OAUTH = {"type": "object", "properties": {"error": {"type": "string"}}}


def described(folder: Path, schema: Any) -> Description:
    documented = {"description": "It.", "content": {"application/json": {"schema": schema}}}
    anything = {"description": "No.", "content": {"application/json": {}}}
    responses = {"200": documented, "201": documented, "400": documented, "409": anything}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Tokens", "version": "1"},
        "components": {"schemas": {"Error": ERROR, "OAuth": OAUTH}},
        "paths": {"/token": {"post": {"responses": responses}}},
    }
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    return Description(folder / "openapi.json")


@pytest.mark.parametrize(
    ("schema", "status", "types", "excused"),
    [
        ({"$ref": "#/components/schemas/OAuth"}, 400, TYPES, True),
        (OAUTH, 400, TYPES, True),
        ({"$ref": "#/components/schemas/Error"}, 400, TYPES, False),
        ({"allOf": [{"$ref": "#/components/schemas/Error"}, {"type": "object"}]}, 400, TYPES, False),
        # Undocumented, of an API without types, or no refusal at all: nothing is excused.
        ({"$ref": "#/components/schemas/OAuth"}, 500, TYPES, False),
        ({"$ref": "#/components/schemas/OAuth"}, 400, (), False),
        ({"$ref": "#/components/schemas/OAuth"}, 200, TYPES, False),
        (OAUTH, 201, TYPES, False),
        # Without a schema there is a place for everything.
        (OAUTH, 409, TYPES, False),
    ],
)
def test_a_refusal_that_has_no_place_for_a_type_is_none_to_judge(
    schema: Any, status: int, types: tuple[tuple[str, int], ...], excused: bool, tmp_path: Path
) -> None:
    answer = Answer("POST", "/token", status, {"content-type": "application/json"}, b"{}", TOKEN)
    catalogue = Catalogue((TOKEN,), error_statuses=types)

    assert fuzz.gives_no_type(answer, described(tmp_path, schema), catalogue) is excused


BYTES = {"type": "string", "format": "binary"}


@pytest.mark.parametrize(
    ("schema", "body", "fits"),
    [
        ({"type": "object", "properties": {"config": BYTES}}, {"config": Binary(b"\x00x")}, True),
        ({"type": "array", "items": BYTES}, [Binary(b""), "text"], True),
        (BYTES, Binary(b"x"), True),
        # Nothing of the bytes is sent.
        ({"type": "object", "properties": {"config": {**BYTES, "minLength": 1}}}, {"config": Binary(b"x")}, False),
        ({"type": "object", "properties": {"a": {"type": "integer"}}}, {"a": "text"}, False),
    ],
)
def test_bytes_in_json_are_judged_as_they_are_sent(schema: Any, body: Any, fits: bool, tmp_path: Path) -> None:
    content = {"application/json": {"schema": schema}}
    document = {"openapi": "3.0.3", "paths": {"/token": {"post": {"requestBody": {"content": content}}}}}
    (tmp_path / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    run: Any = SimpleNamespace(description=Description(tmp_path / "openapi.json"))
    case = SimpleNamespace(body=body, media_type="application/json")

    assert sampled.is_wellformed(run, TOKEN, case) is fits
    assert serialize_json(sampled.as_sent(body)) == serialize_json(json.loads(json.dumps(body)))
