"""Each example of a reference is a program: it runs as it stands, and what it sends is taken."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from vcsdk.emitters import docs
from vcsdk.pipeline import read_api

from tests.generated import imported, write_client
from tests.unit.emitters.conftest import Generates, Reads
from tests.wire.generated.calling import serving
from tests.wire.runtime.server import Reply

ROOT = Path(__file__).parents[3]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TEXT = {"type": "string"}


def examples(described: Any) -> list[str]:
    (page,) = docs.emit(described.api, described.config, described.document)
    return BLOCK.findall(page.content)


def parameter(name: str, schema: dict[str, Any], where: str = "query") -> dict[str, Any]:
    return {"name": name, "in": where, "required": True, "schema": schema}


def body(schema: dict[str, Any], content_type: str = "application/json") -> dict[str, Any]:
    return {"required": True, "content": {content_type: {"schema": schema}}}


DONE = {"204": {"description": "Done."}}
KIND, REF = {"$ref": "#/components/schemas/Kind"}, {"$ref": "#/components/schemas/Part"}
PART = {"type": "object", "required": ["part", "at"], "properties": {"part": REF, "at": TEXT}}
FILE = {"type": "string", "format": "binary"}
QUOTES = {**parameter("q", TEXT), "example": 'it\'s ```\n```\n\\ "{{ 7 }}"'}
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/a/{class}/b/{id}": {
            "get": {
                "parameters": [
                    parameter("id", {"type": "string", "format": "uuid"}, "path"),
                    parameter("class", TEXT, "path"),
                    parameter("since", {"type": "string", "format": "date-time"}),
                    parameter("day", {"type": "string", "format": "date"}),
                    parameter("kind", KIND),
                    parameter("key", {"type": "string", "format": "password"}, "header"),
                    parameter("at", {"type": "string", "format": "time"}),
                    parameter("long", {"type": "string", "format": "duration"}),
                    parameter("code", {"type": "string", "pattern": "^[A-Z]{3}$"}),
                    parameter("size", {"type": "integer", "minimum": 5, "multipleOf": 3}),
                    parameter("mail", {"type": "string", "format": "email"}),
                    parameter("pair", {"type": "array", "items": TEXT, "minItems": 2}),
                    parameter("several", {"type": "array", "items": {"type": "integer"}}),
                ],
                "responses": DONE,
            }
        },
        "/whole": {
            "post": {
                "requestBody": body({"type": "array", "items": REF}),
                "responses": DONE,
            }
        },
        "/parts": {"post": {"requestBody": body(PART), "responses": DONE}},
        "/file": {
            "post": {
                "requestBody": body(FILE, "application/octet-stream"),
                "responses": DONE,
            }
        },
        "/quotes": {
            "get": {
                "parameters": [{**parameter("q", TEXT), "example": 'it\'s ```\n```\n\\ "{{ 7 }}"'}],
                "responses": DONE,
            }
        },
    },
    "components": {
        "schemas": {
            "Kind": {"type": "string", "enum": ["a", "b-c"]},
            "Part": {
                "type": "object",
                "required": ["name", "kind"],
                "properties": {"name": TEXT, "kind": KIND},
            },
        }
    },
}


def test_each_runs_as_it_stands(generate: Generates, read: Reads) -> None:
    package, described = generate(**DOCUMENT), read(**DOCUMENT)
    found = examples(described)
    assert len(found) == len(described.api.operations) == 5
    with serving(lambda _: Reply(204)) as server, package.Thing(server.origin, retries=0) as client:
        for text in found:
            exec(text, {"client": client})
        assert len(server.seen) == 5
        assert "/quotes?q=it%27s%20%60%60%60%0A%60%60%60%0A%5C%20%22%7B%7B%207%20%7D%7D%22" in [
            s.target for s in server.seen
        ]


@pytest.mark.parametrize(
    "path", ["spec/vcha.yaml", "tests/golden/vapi_task/input.yaml", "tests/golden/constraints/input.yaml"]
)
def test_those_of_other_packages_send_one_request_each_at_least(path: str, tmp_path: Path) -> None:
    described = read_api(ROOT / path)
    source = write_client(described.api, described.config, described.document, tmp_path)
    name = described.config.package.module
    with imported(source, name) as package, serving(lambda _: Reply(404)) as server:
        client = getattr(package, described.config.package.client)(server.origin, retries=0, **signed(described))
        errors = importlib.import_module(f"{name}.errors")
        for text in examples(described):
            before = len(server.seen)
            with pytest.raises((errors.ApiError, errors.UnexpectedAnswer)):
                exec(text, {"client": client})
            assert len(server.seen) > before, text
    assert len(examples(described)) == len(described.api.operations)


def signed(described: Any) -> dict[str, str]:
    return {"token": "t"} if described.api.profile == "vapi" else {}
