"""The surface spells plainly what a module has to spell otherwise, because a name means something else there."""

from __future__ import annotations

import json
import re

import pytest
from vcsdk.emitters.surface import surface_of
from vcsdk.pipeline import read_api
from vcsdk.surface import render

from tests.generated import write_client
from tests.unit.surface.oracle import hold_against_the_code

TEXT = {"type": "string"}
NAMES = ("application/json", "text/it's")


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def answers(schema, status="200"):
    return {status: {"description": "It.", "content": {"application/json": {"schema": schema}}}}


def body(**content):
    return {"required": True, "content": {name: {"schema": schema} for name, schema in content.items()}}


# Here a method hides `list`, and classes of the call tree the runtime's `Content` and `Tasks`.
PATHS = {
    "/pet": {
        "get": {"operationId": "list", "responses": answers({"type": "array", "items": ref("Pet")})},
        "post": {
            "operationId": "write",
            "requestBody": body(**dict.fromkeys(NAMES, ref("Secret"))),
            "responses": answers(ref("Pet")),
        },
    },
    "/pet/task?action=go&vmw-task=true": {"post": {"operationId": "go", "responses": answers(TEXT, "202")}},
    "/tasks": {"get": {"operationId": "count", "responses": answers({"type": "integer", "minimum": 0})}},
    "/content": {
        "put": {
            "operationId": "put",
            "requestBody": body(**{"application/octet-stream": TEXT}),
            "responses": answers(ref("Tree")),
        }
    },
}
SCHEMAS = {
    "Std_Errors_Error": {"type": "object", "properties": {"error_type": TEXT}},
    "Secret": {
        "type": "object",
        "required": ["hidden", "str", "default=Wrong"],
        "properties": {
            "hidden": {"type": "string", "format": "password"},
            "str": {"type": "string", "maxLength": 5},
            "any": {},
            "date": {"type": "string", "format": "date", "nullable": True},
            "default=Wrong": {"type": "integer", "minimum": 1},
        },
    },
    "Tree": {"type": "array", "items": {"oneOf": [{"type": "integer", "minimum": 1}, ref("Tree")]}},
    "Name": {"oneOf": [{"type": "string", "maxLength": 5}, {"type": "string", "pattern": "^a+$"}]},
    "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": TEXT, "name": ref("Name")}},
    "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": TEXT}, "additionalProperties": TEXT},
    "Pet": {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}},
    "Odd": {"type": "object", "properties": {'a"b': TEXT}},
    "Half": {"type": "number", "enum": [0.5, 1.5]},
}
LINES = """
  class AsyncTasks(_AsyncTasks)
  class Tasks(_Tasks)
    property task: AsyncTaskResource
    async def go(self, *, timeout: float | None = None) -> AsyncTask[None]: ...
    def list(self, *, timeout: float | None = None) -> list[Pet]: ...
    def put(self, *, body: Content, timeout: float | None = None) -> Tree: ...
    async def put(self, *, body: Content, timeout: float | None = None) -> Tree: ...
    field additional_properties: dict[str, str] = ...
    field any: Any | UnsetType = UNSET
    field date_: date | None | UnsetType = UNSET
    field default_wrong: int
    field hidden: Secret
    field name: Name | None = None
  alias Half = float
  alias Name = str
  alias Odd = dict[str, Any]
  alias Pet = Cat | Dog | dict[str, Any]
  alias Tree = 'list[TreeItem]'
  alias TreeItem = 'int | Tree'
"""


@pytest.fixture
def description(tmp_path):
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "paths": PATHS,
        "components": {"schemas": SCHEMAS},
    }
    path = tmp_path / "things.json"
    path.write_text(json.dumps(document))
    return read_api(path)


def test_it_says_what_the_code_has(description, tmp_path):
    assert hold_against_the_code(description, tmp_path / "out") > len(SCHEMAS)


def test_the_code_needs_other_words(description, tmp_path):
    """Else the others prove nothing."""
    source = write_client(description.api, description.config, description.document, tmp_path)
    code = "".join(path.read_text() for folder in ("models", "resources") for path in source.glob(f"*/{folder}/*.py"))
    needed = ("builtins.list", "_Content", "_Tasks", "Annotated[", "name='default=Wrong'", "'list[TreeItem]'")
    assert [word for word in needed if word not in code] == []


def test_it_has_the_plain_words(description):
    text = render(surface_of(description.api, description.config))
    lines = [line.partition("  # ")[0] for line in text.splitlines()]
    assert [line for line in LINES.strip("\n").splitlines() if line not in lines] == []
    write = f"body: SecretModel | Content | str, content_type: Literal['{NAMES[0]}', \"{NAMES[1]}\"] = '{NAMES[0]}', "
    assert write in text
    assert re.findall(r"Annotated|Meta|builtins|msgspec|[^'\w(]_\w+", text.replace("_runtime", "")) == []
