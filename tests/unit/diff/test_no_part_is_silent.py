"""Every field of every object of OpenAPI 3.0 and 3.1, and of Swagger 2.0, changed alone, is told."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_30, OPENAPI_31, SWAGGER_20

from tests.unit.diff.test_nothing_is_silent import told

TEXT = {"type": "string"}
DOCS = ({"url": "https://a.test"}, {"url": "https://b.test"})
EXAMPLES = ({"e": {"value": "a"}}, {"e": {"value": "b"}})
SCOPES = {"scopes": {"read": "Read."}}
FLOW = {"tokenUrl": "https://a.test", "authorizationUrl": "https://a.test", **SCOPES}

PARAMETER = "/paths/~1t/post/parameters/0"
BODY = "/paths/~1t/post/requestBody"
FORM = f"{BODY}/content/multipart~1form-data"
ANSWER = "/paths/~1t/post/responses/200"
MEDIA = f"{ANSWER}/content/application~1json"
SCHEMES = "/components/securitySchemes"

BASE: dict[str, Any] = {
    "info": {"title": "Things", "version": "1"},
    "servers": [{"url": "https://{host}.test/{v}", "variables": {"v": {"default": "a"}, "host": {"default": "a"}}}],
    "paths": {
        "/t": {
            "post": {
                "operationId": "op",
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "array", "items": TEXT}}],
                "requestBody": {
                    "required": True,
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "properties": {"a": TEXT, "l": {"type": "array", "items": TEXT}},
                            },
                            "encoding": {"a": {"contentType": "text/plain"}},
                        }
                    },
                },
                "responses": {
                    "200": {
                        "description": "It.",
                        "headers": {"X-H": {"schema": TEXT}},
                        "content": {"application/json": {"schema": TEXT}},
                        "links": {"l": {"operationId": "op"}},
                    }
                },
            }
        }
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "basic": {"type": "http", "scheme": "bearer"},
            "flow": {"type": "oauth2", "flows": {"clientCredentials": FLOW}},
            "open": {"type": "openIdConnect", "openIdConnectUrl": "https://a.test"},
        }
    },
}

# Per object the node and, per field, the value before and after; None is for a field that is not there.
FIELDS: dict[str, tuple[str, dict[str, tuple[Any, Any]]]] = {
    "document": (
        "",
        {
            "info": ({"title": "Things", "version": "1"}, {"title": "Other", "version": "1"}),
            "externalDocs": DOCS,
            "servers": ([{"url": "https://a.test"}], [{"url": "https://b.test"}]),
            "security": ([{"key": []}], [{"basic": []}]),
            "tags": ([{"name": "a"}], [{"name": "a", "description": "A."}]),
        },
    ),
    "Info": (
        "/info",
        {
            "title": ("Things", "Other"),
            "description": ("A", "B"),
            "termsOfService": ("https://a.test", "https://b.test"),
            "contact": ({"name": "a"}, {"name": "b"}),
            "license": ({"name": "a"}, {"name": "b"}),
            "version": ("1", "2"),
            "summary": ("A", "B"),
        },
    ),
    "Server": (
        "/servers/0",
        {"url": ("https://{host}.test/{v}", "https://{host}.test/b/{v}"), "description": ("A", "B")},
    ),
    "ServerVariable": (
        "/servers/0/variables/v",
        {"default": ("a", "b"), "enum": (["a", "b"], ["a", "c"]), "description": ("A", "B")},
    ),
    "Operation": (
        "/paths/~1t/post",
        {
            "tags": (["a"], ["b"]),
            "summary": ("A", "B"),
            "description": ("A", "B"),
            "externalDocs": DOCS,
            "operationId": ("op", "other"),
            "parameters": ([], [{"name": "q", "in": "query", "schema": TEXT}]),
            "requestBody": (None, {"content": {"text/plain": {"schema": TEXT}}}),
            "responses": ({"200": {"description": "It."}}, {"201": {"description": "It."}}),
            "callbacks": ({}, {"c": {"{$request.body#/u}": {"post": {"responses": {"200": {"description": "x"}}}}}}),
            "deprecated": (False, True),
            "security": ([{"key": []}], [{"basic": []}]),
            "servers": ([{"url": "https://a.test"}], [{"url": "https://b.test"}]),
        },
    ),
    "Parameter": (
        PARAMETER,
        {
            "name": ("q", "r"),
            "in": ("query", "header"),
            "description": ("A", "B"),
            "required": (False, True),
            "deprecated": (False, True),
            "allowEmptyValue": (False, True),
            "style": ("form", "pipeDelimited"),
            "explode": (True, False),
            "allowReserved": (False, True),
            "schema": (TEXT, {"type": "integer"}),
            "content": (None, None),
            "example": ("a", "b"),
            "examples": EXAMPLES,
        },
    ),
    "RequestBody": (BODY, {"description": ("A", "B"), "required": (True, False), "content": (None, None)}),
    "MediaType": (
        MEDIA,
        {"schema": (TEXT, {"type": "integer"}), "example": ("a", "b"), "examples": EXAMPLES, "encoding": (None, None)},
    ),
    "Encoding": (
        f"{FORM}/encoding/a",
        {
            "contentType": ("text/plain", "text/html"),
            "headers": ({"X-A": {"schema": TEXT}}, {"X-B": {"schema": TEXT}}),
            "style": ("form", "spaceDelimited"),
            "explode": (True, False),
            "allowReserved": (False, True),
        },
    ),
    "Response": (
        ANSWER,
        {
            "description": ("A", "B"),
            "headers": ({"X-H": {"schema": TEXT}}, {"X-I": {"schema": TEXT}}),
            "content": ({"application/json": {"schema": TEXT}}, {"text/plain": {"schema": TEXT}}),
            "links": ({"l": {"operationId": "op"}}, {"m": {"operationId": "op"}}),
        },
    ),
    "Header": (
        f"{ANSWER}/headers/X-H",
        {
            "description": ("A", "B"),
            "required": (False, True),
            "deprecated": (False, True),
            "allowEmptyValue": (False, True),
            "style": (None, "simple"),
            "explode": (False, True),
            "allowReserved": (False, True),
            "schema": (TEXT, {"type": "integer"}),
            "content": (None, None),
            "example": ("a", "b"),
            "examples": EXAMPLES,
        },
    ),
    "Link": (
        f"{ANSWER}/links/l",
        {
            "operationId": ("op", "other"),
            "operationRef": (None, None),
            "parameters": ({"q": "$response.body#/a"}, {"q": "$response.body#/b"}),
            "requestBody": ("$response.body#/a", "$response.body#/b"),
            "description": ("A", "B"),
            "server": ({"url": "https://a.test"}, {"url": "https://b.test"}),
        },
    ),
    "APIKeySecurityScheme": (
        f"{SCHEMES}/key",
        {
            "type": (None, None),
            "name": ("X-Key", "X-Other"),
            "in": ("header", "query"),
            "description": ("A", "B"),
        },
    ),
    "HTTPSecurityScheme": (
        f"{SCHEMES}/basic",
        {
            "scheme": ("bearer", "basic"),
            "bearerFormat": ("JWT", "other"),
            "description": ("A", "B"),
            "type": (None, None),
        },
    ),
    "OAuth2SecurityScheme": (
        f"{SCHEMES}/flow",
        {
            "flows": ({"clientCredentials": FLOW}, {"password": FLOW}),
            "description": ("A", "B"),
            "type": (None, None),
        },
    ),
    "OpenIdConnectSecurityScheme": (
        f"{SCHEMES}/open",
        {
            "openIdConnectUrl": ("https://a.test", "https://b.test"),
            "description": ("A", "B"),
            "type": (None, None),
        },
    ),
}
# Objects that hold nothing but others, or are told as a whole with what holds them.
HELD = {
    *(
        "Reference",
        "Contact",
        "License",
        "Components",
        "Schema",
        "Discriminator",
        "XML",
        "Example",
        "Paths",
        "PathItem",
    ),
    *("Responses", "SecurityRequirement", "Tag", "ExternalDocumentation", "ExampleXORExamples", "SchemaXORContent"),
    *("ParameterLocation", "SecurityScheme", "OAuthFlows", "ImplicitOAuthFlow", "PasswordOAuthFlow"),
    *("ClientCredentialsFlow", "AuthorizationCodeOAuthFlow", "Callback"),
}
OLDER: dict[str, tuple[str, dict[str, tuple[Any, Any]]]] = {
    "document": (
        "",
        {
            "host": ("a.test", "b.test"),
            "basePath": ("/a", "/b"),
            "schemes": (["http"], ["https"]),
            "consumes": (["application/json"], ["application/xml"]),
            "produces": (["application/json"], ["application/xml"]),
            "security": ([{"key": []}], [{"basic": []}]),
            "tags": ([{"name": "a"}], [{"name": "a", "description": "A."}]),
            "externalDocs": DOCS,
        },
    ),
    "operation": (
        "/paths/~1t/post",
        {
            "tags": (["a"], ["b"]),
            "summary": ("A", "B"),
            "description": ("A", "B"),
            "externalDocs": DOCS,
            "operationId": ("op", "other"),
            "produces": (["application/json"], ["application/xml"]),
            "consumes": (["application/json"], ["application/xml"]),
            "parameters": ([], [{"name": "q", "in": "query", "type": "string"}]),
            "responses": ({"200": {"description": "It."}}, {"201": {"description": "It."}}),
            "schemes": (["http"], ["https"]),
            "deprecated": (False, True),
            "security": ([{"key": []}], [{"basic": []}]),
        },
    ),
    "queryParameterSubSchema": (
        "/paths/~1t/post/parameters/1",
        {
            "required": (False, True),
            "in": ("query", "header"),
            "description": ("A", "B"),
            "name": ("l", "m"),
            "allowEmptyValue": (False, True),
            "type": (None, None),
            "format": ("date", "uuid"),
            "items": ({"type": "string"}, {"type": "integer"}),
            "collectionFormat": ("csv", "multi"),
            "default": (["a"], ["b"]),
            "maximum": (None, None),
            "exclusiveMaximum": (None, None),
            "minimum": (None, None),
            "exclusiveMinimum": (None, None),
            "maxLength": (None, None),
            "minLength": (None, None),
            "pattern": (None, None),
            "maxItems": (5, 6),
            "minItems": (1, 2),
            "uniqueItems": (False, True),
            "enum": ([["a"]], [["b"]]),
            "multipleOf": (None, None),
        },
    ),
    "response": (
        "/paths/~1t/post/responses/200",
        {
            "description": ("A", "B"),
            "schema": (TEXT, {"type": "integer"}),
            "headers": ({"X-H": TEXT}, {"X-I": TEXT}),
            "examples": ({"application/json": "a"}, {"application/json": "b"}),
        },
    ),
}
OLD_BASE: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "Things", "version": "1"},
    "host": "a.test",
    "paths": {
        "/t": {
            "post": {
                "operationId": "op",
                "parameters": [
                    {"name": "b", "in": "body", "schema": {"type": "object", "properties": {"a": TEXT}}},
                    {"name": "l", "in": "query", "type": "array", "items": TEXT},
                ],
                "responses": {"200": {"description": "It.", "schema": TEXT}},
            }
        }
    },
    "securityDefinitions": {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "basic": {"type": "basic"},
    },
}


def words(schema: Any) -> set[str]:
    return set(schema.get("properties", {}))


def test_no_field_is_forgotten() -> None:
    definitions = OPENAPI_30["definitions"]
    assert set(definitions) == (set(FIELDS) - {"document"}) | HELD
    for name in set(FIELDS) - {"document", "Info"}:
        # `variables` of a server are an object of their own.
        assert words(definitions[name]) - {"variables"} == set(FIELDS[name][1]), name
    assert words(OPENAPI_30) - {"openapi", "paths", "components"} == set(FIELDS["document"][1])
    assert words(OPENAPI_31["$defs"]["info"]) == set(FIELDS["Info"][1])
    for name in set(OLDER) - {"document"}:
        assert words(SWAGGER_20["definitions"][name]) == set(OLDER[name][1]), name
    left = {"swagger", "info", "paths", "definitions", "parameters", "responses", "securityDefinitions"}
    assert words(SWAGGER_20) - left == set(OLDER["document"][1])


def changed(base: dict[str, Any], pointer: str, field: str, value: Any) -> dict[str, Any]:
    document = deepcopy(base)
    node: Any = document
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        node = node[int(key)] if isinstance(node, list) else node[key]
    if value is None:
        node.pop(field, None)
    else:
        node[field] = value
    return document


CASES = [
    (version, name, field, pointer, values)
    for version, table in (("3.0.3", FIELDS), ("3.1.0", FIELDS), ("2.0", OLDER))
    for name, (pointer, fields) in table.items()
    for field, values in fields.items()
    if values != (None, None) and not (version == "3.0.3" and (name, field) == ("Info", "summary"))
]


@pytest.mark.parametrize(
    ("version", "name", "field", "pointer", "values"), CASES, ids=[f"{v} {n} {f}" for v, n, f, _, _ in CASES]
)
def test_a_field_is_told(tmp_path: Path, version: str, name: str, field: str, pointer: str, values: Any) -> None:
    base = OLD_BASE if version == "2.0" else {"openapi": version, **BASE}
    sides = [changed(base, pointer, field, value) for value in values]
    assert [each for each in told(tmp_path, *sides) if not each.rule.id.startswith("surface")], "nothing is told"


LISTED = {"type": "array", "items": TEXT}


def listed(written: str | None) -> dict[str, Any]:
    return {**LISTED, **({"collectionFormat": written} if written else {})}


@pytest.mark.parametrize("field", ["header", "list in a list", "list in a list of a header"])
@pytest.mark.parametrize(
    ("old", "new", "silent"),
    [("csv", "pipes", False), (None, "ssv", False), ("ssv", "tsv", False), ("csv", None, True), ("ssv", "ssv", True)],
)
def test_what_stands_between_values_is_told_wherever_it_is(
    tmp_path: Path, field: str, old: str | None, new: str | None, *, silent: bool
) -> None:
    def side(written: str | None) -> dict[str, Any]:
        if field == "list in a list":
            return changed(OLD_BASE, "/paths/~1t/post/parameters/1", "items", listed(written))
        value = listed(written) if field == "header" else {"type": "array", "items": listed(written)}
        return changed(OLD_BASE, "/paths/~1t/post/responses/200", "headers", {"X-L": value})

    found = [each.rule.id for each in told(tmp_path, side(old), side(new))]
    assert found == ([] if silent else ["keyword-changed"])


@pytest.mark.parametrize(("old", "new", "silent"), [(None, True, False), (True, False, False), (None, False, True)])
@pytest.mark.parametrize("kind", ["string", "array", "file"])
def test_a_field_of_a_form_that_may_be_empty_is_told(
    tmp_path: Path, kind: str, old: bool | None, new: bool | None, *, silent: bool
) -> None:
    def side(empty: bool | None) -> dict[str, Any]:
        field = {"name": "f", "in": "formData", "type": kind, **({"items": TEXT} if kind == "array" else {})}
        field |= {} if empty is None else {"allowEmptyValue": empty}
        node = {
            "consumes": ["multipart/form-data"],
            "parameters": [field],
            "responses": {"204": {"description": "Done."}},
        }
        return {**OLD_BASE, "paths": {"/f": {"post": node}}}

    found = [each.rule.id for each in told(tmp_path, side(old), side(new))]
    assert found == ([] if silent else ["keyword-changed"])


def test_webhooks_are_compared(tmp_path: Path) -> None:
    def hook(schema: Any, name: str = "made") -> dict[str, Any]:
        body = {"content": {"application/json": {"schema": schema}}}
        operation = {"requestBody": body, "responses": {"200": {"description": "Thanks."}}}
        return {"openapi": "3.1.0", "info": BASE["info"], "paths": {}, "webhooks": {name: {"post": operation}}}

    def rules(*sides: dict[str, Any]) -> set[str]:
        return {each.rule.id for each in told(tmp_path, *sides) if not each.rule.id.startswith("surface")}

    thing = {"type": "object", "properties": {"a": TEXT}}
    assert rules(hook(thing), hook(thing)) == set()
    assert rules(hook(thing), hook({"type": "object", "properties": {"a": {"type": "integer"}}})) == {
        "response-type-changed"
    }
    assert rules(hook(thing), hook({**thing, "not": {"required": ["a"]}})) == {"keyword-changed"}
    assert rules(hook(thing), hook(thing, "kept")) == {"webhook-added", "webhook-removed"}
