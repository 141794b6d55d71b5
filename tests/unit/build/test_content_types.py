"""A body or an answer whose content types each write out their schema."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from vcsdk.ir import Ref
from vcsdk.pipeline import read_api

from tests.unit.emitters.conftest import Reads, read

__all__ = ["read"]

SCHEMA = {
    "type": "object",
    "properties": {"kind": {"type": "string", "enum": ["a", "b"]}, "at": {"type": "object", "properties": {"x": {}}}},
}
OTHER = {"type": "object", "properties": {"kind": {"type": "integer"}}}
FILE = {"type": "object", "properties": {"file": {"type": "string", "contentMediaType": "image/png"}}}


def described(content: dict[str, Any]) -> dict[str, Any]:
    media = {name: {"schema": copy.deepcopy(schema)} for name, schema in content.items()}
    answer = {"200": {"description": "It.", "content": copy.deepcopy(media)}}
    node = {"operationId": "call", "requestBody": {"content": media}, "responses": answer}
    return {"paths": {"/x": {"post": node}}}


CASES: dict[str, tuple[dict[str, Any], int]] = {
    "Swashbuckle's three": ({"text/plain": SCHEMA, "application/json": SCHEMA, "text/json": SCHEMA}, 1),
    "XML before JSON": ({"application/xml": SCHEMA, "application/json": SCHEMA}, 1),
    "forms": ({"application/x-www-form-urlencoded": SCHEMA, "multipart/form-data": SCHEMA}, 1),
    "a form beside JSON": ({"application/json": SCHEMA, "multipart/form-data": SCHEMA}, 1),
    "two that differ": ({"application/json": SCHEMA, "application/vnd.x+json": OTHER}, 2),
    "one of another in between": ({"application/json": SCHEMA, "text/x": OTHER, "application/hal+json": SCHEMA}, 2),
    "a file in a form is text in JSON": ({"application/json": FILE, "multipart/form-data": FILE}, 2),
}


@pytest.mark.parametrize("name", CASES)
def test_the_same_schema_is_one_type(name: str, read: Reads) -> None:
    content, types = CASES[name]
    operation = read(openapi="3.1.0", **described(content)).api.operations[0]
    assert operation.body is not None
    assert operation.success is not None
    for found in (operation.body.content, operation.success.content):
        keys = [media.type.key for media in found if isinstance(media.type, Ref)]
        assert (len(keys), len({*keys})) == (len(content), types)


@pytest.mark.parametrize("text", ["consumes: [application/xml, application/json]", "consumes: [text/json, a/b+json]"])
def test_what_swagger_2_says_of_all_content_types_is_said_once(text: str, tmp_path: Path) -> None:
    path = tmp_path / "thing.yaml"
    path.write_text(
        f"""swagger: "2.0"
info: {{title: Thing, version: "1"}}
{text}
paths:
  /x:
    post:
      operationId: call
      parameters: [{{name: body, in: body, schema: {{type: object, properties: {{a: {{type: string}}}}}}}}]
      responses: {{"204": {{description: Done.}}}}
"""
    )
    described = read_api(path)
    assert len(described.api.schemas) == 1
    assert [found for found in described.diagnostics if found.rule == "same-name"] == []
