from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import openapi_spec_validator
import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.load import load

from tests.unit.load.conftest import read

LAMPS = """swagger: "2.0"
info: {title: Lamps, version: "1"}
host: <lamps>
basePath: /api/
schemes: [http, https]
consumes: [application/json]
produces: [application/json, application/xml]
security: [{session: []}]
securityDefinitions:
  session: {type: apiKey, in: header, name: session-id}
  basic: {type: basic}
  oauth: {type: oauth2, flow: accessCode, authorizationUrl: "https://a", tokenUrl: "https://t", scopes: {r: read}}
parameters:
  size: {name: size, in: query, type: integer, format: int64, minimum: 1, default: 5}
  lamp: {name: body, in: body, schema: {$ref: "#/definitions/Lamp"}}
responses:
  Error: {description: Wrong, schema: {$ref: "#/definitions/Error"}}
paths:
  /lamps:
    parameters: [{$ref: "#/parameters/size"}]
    get:
      operationId: list
      parameters:
        - {name: csv, in: query, type: array, items: {type: string}}
        - {name: multi, in: query, type: array, collectionFormat: multi, items: {type: string}}
        - {name: ssv, in: query, type: array, collectionFormat: ssv, items: {type: string}}
        - {name: pipes, in: query, type: array, collectionFormat: pipes, items: {type: string}}
        - {name: header, in: header, type: array, items: {type: string}}
        - {name: one, in: query, type: string, enum: [a, b], description: One of two, required: true}
      responses:
        "200":
          description: All
          headers: {X-Count: {type: integer, description: How many}}
          schema: {type: array, items: {$ref: "#/definitions/Lamp"}}
          examples: {application/json: []}
        default: {$ref: "#/responses/Error"}
    post:
      operationId: add
      parameters: [{$ref: "#/parameters/lamp"}]
      responses: {"204": {description: Added}}
  /lamps/{lamp}:
    put:
      operationId: set
      consumes: [application/merge-patch+json]
      parameters:
        - {name: body, in: body, required: true, description: New, schema: {$ref: "#/definitions/Lamp"}}
        - {name: lamp, in: path, required: true, type: string}
      responses: {"200": {description: File, schema: {type: file}}}
    post:
      operationId: picture
      parameters:
        - {name: lamp, in: path, required: true, type: string}
        - {name: picture, in: formData, type: file, required: true, description: Of the lamp}
        - {name: title, in: formData, type: string}
      responses: {"204": {description: Kept}}
definitions:
  Lamp:
    type: object
    discriminator: kind
    required: [kind]
    properties: {kind: {type: string}, d: {type: string, x-nullable: true}}
  Error: {allOf: [{$ref: "#/definitions/Lamp"}]}
"""


@pytest.fixture
def document(write):
    return read(write("a.yaml", LAMPS))


def test_the_result_is_valid_openapi_3_0(document) -> None:
    schema = Path(openapi_spec_validator.__file__).parent / "resources/schemas/v3.0/schema.json"
    validator = jsonschema_rs.validator_for(json.loads(schema.read_text()))
    assert [error.message for error in validator.iter_errors(document.data)] == []
    assert document.version == "2.0"
    assert not document.is_31


def test_servers(document) -> None:
    variables = {"lamps": {"default": "localhost"}}
    assert document.data["servers"] == [
        {"url": "https://{lamps}/api", "variables": variables},
        {"url": "http://{lamps}/api", "variables": variables},
    ]


def test_security_schemes(document) -> None:
    schemes = document.data["components"]["securitySchemes"]
    assert schemes["session"] == {"type": "apiKey", "in": "header", "name": "session-id"}
    assert schemes["basic"] == {"type": "http", "scheme": "basic"}
    flow = {"authorizationUrl": "https://a", "tokenUrl": "https://t", "scopes": {"r": "read"}}
    assert schemes["oauth"] == {"type": "oauth2", "flows": {"authorizationCode": flow}}
    assert document.data["security"] == [{"session": []}]


def test_parameters(document) -> None:
    item = document.data["paths"]["/lamps"]
    assert item["parameters"] == [{"$ref": "#/components/parameters/size"}]
    size = document.data["components"]["parameters"]["size"]
    assert size == {
        "name": "size",
        "in": "query",
        "schema": {"type": "integer", "format": "int64", "minimum": 1, "default": 5},
    }
    styles = {p["name"]: (p.get("style"), p.get("explode")) for p in item["get"]["parameters"]}
    assert styles == {
        "csv": ("form", False),
        "multi": ("form", True),
        "ssv": ("spaceDelimited", False),
        "pipes": ("pipeDelimited", False),
        "header": ("simple", False),
        "one": (None, None),
    }
    one = item["get"]["parameters"][5]
    assert one["schema"] == {"type": "string", "enum": ["a", "b"]}
    assert (one["description"], one["required"]) == ("One of two", True)


def test_bodies(document) -> None:
    lamps, lamp = document.data["paths"]["/lamps"], document.data["paths"]["/lamps/{lamp}"]
    reference = {"schema": {"$ref": "#/components/schemas/Lamp"}}
    assert lamps["post"]["requestBody"] == {"$ref": "#/components/requestBodies/lamp"}
    assert document.data["components"]["requestBodies"]["lamp"] == {"content": {"application/json": reference}}
    assert lamps["post"]["parameters"] == []
    assert lamp["put"]["requestBody"] == {
        "description": "New",
        "required": True,
        "content": {"application/merge-patch+json": reference},
    }
    assert [p["name"] for p in lamp["put"]["parameters"]] == ["lamp"]
    form = lamp["post"]["requestBody"]
    assert form["required"] is True
    assert form["content"]["multipart/form-data"]["schema"] == {
        "type": "object",
        "properties": {
            "picture": {"description": "Of the lamp", "type": "string", "format": "binary"},
            "title": {"type": "string"},
        },
        "required": ["picture"],
    }


def test_responses(document) -> None:
    responses = document.data["paths"]["/lamps"]["get"]["responses"]
    assert responses["default"] == {"$ref": "#/components/responses/Error"}
    assert responses["200"]["headers"] == {"X-Count": {"description": "How many", "schema": {"type": "integer"}}}
    assert list(responses["200"]["content"]) == ["application/json", "application/xml"]
    assert responses["200"]["content"]["application/json"]["example"] == []
    error = document.data["components"]["responses"]["Error"]["content"]["application/json"]
    assert error == {"schema": {"$ref": "#/components/schemas/Error"}}
    file = document.data["paths"]["/lamps/{lamp}"]["put"]["responses"]["200"]["content"]["application/json"]
    assert file == {"schema": {"type": "string", "format": "binary"}}


def test_schemas(document) -> None:
    schemas = document.data["components"]["schemas"]
    assert schemas["Lamp"]["discriminator"] == {"propertyName": "kind"}
    assert schemas["Lamp"]["properties"]["d"] == {"type": "string", "nullable": True}
    assert schemas["Error"] == {"allOf": [{"$ref": "#/components/schemas/Lamp"}]}


def test_nodes_know_where_they_were_written(document) -> None:
    put = "/paths/~1lamps~1{lamp}/put"
    for pointer, written in (
        ("/components/schemas/Lamp/properties/kind", "/definitions/Lamp/properties/kind"),
        ("/components/securitySchemes/basic", "/securityDefinitions/basic"),
        (f"{put}/parameters/0", f"{put}/parameters/1"),
        (f"{put}/parameters/0/schema/type", f"{put}/parameters/1/type"),
        (f"{put}/requestBody", f"{put}/parameters/0"),
        (f"{put}/responses/200/content/application~1json/schema/type", f"{put}/responses/200/schema/type"),
    ):
        assert document.origin(pointer).pointer == written
    assert document.as_written("#/components/schemas/Lamp") == "#/definitions/Lamp"
    assert document.as_written("#/components/parameters/size") == "#/parameters/size"


def test_a_document_without_host_is_served_from_its_base_path(write) -> None:
    text = 'swagger: "2.0"\ninfo: {title: L, version: "1"}\nbasePath: /api\npaths: {}\n'
    assert read(write("a.yaml", text)).data["servers"] == [{"url": "/api"}]


@pytest.mark.parametrize(
    ("host", "schemes", "servers"),
    [
        ("https://lamps.example.com", "", ["https://lamps.example.com/api"]),
        ("http://lamps.example.com/", "", ["http://lamps.example.com/api"]),
        ("http://lamps.example.com:8080", "[https]", ["https://lamps.example.com:8080/api"]),
        ("https://lamps.example.com/v1/", "", ["https://lamps.example.com/v1/api"]),
        (
            "https:///lamps.example.com",
            "[http, https]",
            ["https://lamps.example.com/api", "http://lamps.example.com/api"],
        ),
    ],
)
def test_a_host_with_a_scheme_is_the_host_and_told(host: str, schemes: str, servers: list[str], write) -> None:
    named = f"schemes: {schemes}\n" if schemes else ""
    text = f'swagger: "2.0"\ninfo: {{title: L, version: "1"}}\nhost: {host}\n{named}basePath: /api\npaths: {{}}\n'
    diagnostics = Diagnostics()
    found = load(write("a.yaml", text), diagnostics)
    assert [server["url"] for server in found.data["servers"]] == servers
    assert [(str(told.location), told.rule) for told in diagnostics] == [("a.yaml:3:7", "misspelt-host")]


@pytest.mark.parametrize(("host", "server"), [("lamps.example.com/", "https://lamps.example.com/api"), ("/", "/api")])
def test_no_slash_is_doubled_behind_a_host(host: str, server: str, write) -> None:
    text = f'swagger: "2.0"\ninfo: {{title: L, version: "1"}}\nhost: {host}\nbasePath: /api\npaths: {{}}\n'
    assert [each["url"] for each in read(write("a.yaml", text)).data["servers"]] == [server]


@pytest.mark.parametrize(
    ("base", "path"), [("api", "/api"), ("./", ""), ("/", ""), ("/api/v1/", "/api/v1"), ("//a", "/a")]
)
def test_a_base_path_begins_with_one_slash(base: str, path: str, write) -> None:
    text = f'swagger: "2.0"\ninfo: {{title: L, version: "1"}}\nhost: lamps.example.com\nbasePath: {base}\npaths: {{}}\n'
    assert [each["url"] for each in read(write("a.yaml", text)).data["servers"]] == [f"https://lamps.example.com{path}"]
