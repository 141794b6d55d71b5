"""The fixed fields of every OpenAPI 3.x object: which kind of node stands where.

One table serves the walk over a document, bundling, and the structural check.  From "OpenAPI Specification" 3.0.4,
3.1.1 and 3.2.0, section "Schema" (the objects) and JSON Schema 2020-12 (the schema keywords of 3.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec


class Shape(msgspec.Struct, frozen=True):
    """What a field holds.

    `form` is `one` (a node of `kind`), `list` or `map` (of them), or `leaf` (no nodes; `types` are the Python types it
    may have).  `or_boolean` lets a boolean stand for a node; extensions may stand in a map that is `extensible`.
    """

    form: str
    kind: str = ""
    types: tuple[type, ...] = ()
    or_boolean: bool = False
    extensible: bool = False


def _one(kind: str, *, or_boolean: bool = False) -> Shape:
    return Shape("one", kind, or_boolean=or_boolean)


def _list(kind: str) -> Shape:
    return Shape("list", kind)


def _map(kind: str, *, extensible: bool = False) -> Shape:
    return Shape("map", kind, extensible=extensible)


TEXT = Shape("leaf", types=(str,))
FLAG = Shape("leaf", types=(bool,))
NUMBER = Shape("leaf", types=(int, float))
COUNT = Shape("leaf", types=(int,))
ANY = Shape("leaf")
LIST = Shape("leaf", types=(list,))
OBJECT = Shape("leaf", types=(dict,))

_DOCS = {"description": TEXT, "summary": TEXT}

_VALUE = {
    "description": TEXT,
    "required": FLAG,
    "deprecated": FLAG,
    "allowEmptyValue": FLAG,
    "style": TEXT,
    "explode": FLAG,
    "allowReserved": FLAG,
    "schema": _one("schema"),
    "example": ANY,
    "examples": _map("example"),
    "content": _map("media"),
}

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
OTHERS = "additionalOperations"
"""The field of a path item that has operations of other methods by their names (OpenAPI 3.2.0, "Path Item Object")."""

GRAMMAR: dict[str, dict[str, Shape]] = {
    "document": {
        "openapi": TEXT,
        "$self": TEXT,
        "jsonSchemaDialect": TEXT,
        "info": _one("info"),
        "servers": _list("server"),
        "paths": _map("path_item", extensible=True),
        "webhooks": _map("path_item"),
        "components": _one("components"),
        "security": _list("requirement"),
        "tags": _list("tag"),
        "externalDocs": OBJECT,
    },
    "info": {"title": TEXT, "version": TEXT, "termsOfService": TEXT, "contact": OBJECT, "license": OBJECT, **_DOCS},
    "server": {"url": TEXT, "name": TEXT, "description": TEXT, "variables": _map("variable")},
    "variable": {"enum": LIST, "default": TEXT, "description": TEXT},
    "components": {
        "schemas": _map("schema"),
        "responses": _map("response"),
        "parameters": _map("parameter"),
        "examples": _map("example"),
        "requestBodies": _map("request_body"),
        "headers": _map("header"),
        "securitySchemes": _map("security_scheme"),
        "links": _map("link"),
        "callbacks": _map("callback"),
        "pathItems": _map("path_item"),
        "mediaTypes": _map("media"),
    },
    "path_item": {
        "$ref": TEXT,
        **_DOCS,
        "servers": _list("server"),
        "parameters": _list("parameter"),
        **{method: _one("operation") for method in METHODS},
        OTHERS: _map("operation"),
    },
    "operation": {
        **_DOCS,
        "tags": LIST,
        "externalDocs": OBJECT,
        "operationId": TEXT,
        "parameters": _list("parameter"),
        "requestBody": _one("request_body"),
        "responses": _map("response", extensible=True),
        "callbacks": _map("callback"),
        "deprecated": FLAG,
        "security": _list("requirement"),
        "servers": _list("server"),
    },
    "parameter": {"name": TEXT, "in": TEXT, **_VALUE},
    "header": _VALUE,
    "request_body": {"description": TEXT, "content": _map("media"), "required": FLAG},
    "media": {
        "schema": _one("schema"),
        "itemSchema": _one("schema"),
        "example": ANY,
        "examples": _map("example"),
        "encoding": _map("encoding"),
        "prefixEncoding": LIST,
        "itemEncoding": OBJECT,
    },
    "encoding": {
        "contentType": TEXT,
        "headers": _map("header"),
        "style": TEXT,
        "explode": FLAG,
        "allowReserved": FLAG,
    },
    "response": {**_DOCS, "headers": _map("header"), "content": _map("media"), "links": _map("link")},
    "example": {**_DOCS, "value": ANY, "externalValue": TEXT, "dataValue": ANY, "serializedValue": TEXT},
    "link": {
        "operationRef": TEXT,
        "operationId": TEXT,
        "parameters": OBJECT,
        "requestBody": ANY,
        "description": TEXT,
        "server": _one("server"),
    },
    "security_scheme": {
        "type": TEXT,
        "description": TEXT,
        "name": TEXT,
        "in": TEXT,
        "scheme": TEXT,
        "bearerFormat": TEXT,
        "flows": OBJECT,
        "openIdConnectUrl": TEXT,
        "oauth2MetadataUrl": TEXT,
        "deprecated": FLAG,
    },
    "tag": {"name": TEXT, "externalDocs": OBJECT, "parent": TEXT, "kind": TEXT, **_DOCS},
    "discriminator": {"propertyName": TEXT, "mapping": OBJECT, "defaultMapping": TEXT},
    "schema": {
        "title": TEXT,
        "description": TEXT,
        "type": Shape("leaf", types=(str, list)),
        "format": TEXT,
        "enum": LIST,
        "const": ANY,
        "default": ANY,
        "multipleOf": NUMBER,
        "maximum": NUMBER,
        "exclusiveMaximum": Shape("leaf", types=(bool, int, float)),
        "minimum": NUMBER,
        "exclusiveMinimum": Shape("leaf", types=(bool, int, float)),
        "maxLength": COUNT,
        "minLength": COUNT,
        "pattern": TEXT,
        "maxItems": COUNT,
        "minItems": COUNT,
        "uniqueItems": FLAG,
        "maxProperties": COUNT,
        "minProperties": COUNT,
        "maxContains": COUNT,
        "minContains": COUNT,
        "required": LIST,
        "nullable": FLAG,
        "readOnly": FLAG,
        "writeOnly": FLAG,
        "deprecated": FLAG,
        "example": ANY,
        "examples": ANY,
        "xml": OBJECT,
        "externalDocs": OBJECT,
        "discriminator": _one("discriminator"),
        "properties": _map("schema"),
        "additionalProperties": _one("schema", or_boolean=True),
        "items": _one("schema"),
        "allOf": _list("schema"),
        "oneOf": _list("schema"),
        "anyOf": _list("schema"),
        "not": _one("schema"),
        "prefixItems": _list("schema"),
        "contains": _one("schema"),
        "patternProperties": _map("schema"),
        "propertyNames": _one("schema"),
        "unevaluatedItems": _one("schema", or_boolean=True),
        "unevaluatedProperties": _one("schema", or_boolean=True),
        "dependentSchemas": _map("schema"),
        "dependentRequired": OBJECT,
        "if": _one("schema"),
        "then": _one("schema"),
        "else": _one("schema"),
        "$defs": _map("schema"),
        "definitions": _map("schema"),
        "contentEncoding": TEXT,
        "contentMediaType": TEXT,
        "contentSchema": _one("schema"),
        "$id": TEXT,
        "$schema": TEXT,
        "$anchor": TEXT,
        "$dynamicAnchor": TEXT,
        "$dynamicRef": TEXT,
        "$comment": TEXT,
        "$vocabulary": OBJECT,
    },
}

FREE_MAPS = {"callback": "path_item", "requirement": ""}
"""Kinds whose keys are all free: what each value is ("" is checked elsewhere)."""

SECTIONS = {
    "schema": "schemas",
    "response": "responses",
    "parameter": "parameters",
    "example": "examples",
    "request_body": "requestBodies",
    "header": "headers",
    "security_scheme": "securitySchemes",
    "link": "links",
    "callback": "callbacks",
    "path_item": "pathItems",
    "media": "mediaTypes",
}
"""Kinds that a `$ref` may stand for, and the section of `components` that holds them."""


def operations_in(item: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The operations of a path item, those of other methods last, with the tokens of the pointers to them."""
    if not isinstance(item, dict):
        return
    for method in METHODS:
        if method in item:
            yield (method,), item[method]
    others = item.get(OTHERS)
    for name, operation in others.items() if isinstance(others, dict) else ():
        yield (OTHERS, name), operation


def put(item: Mapping[str, Any], tokens: Sequence[str], operation: Any) -> dict[str, Any]:
    """A path item with another operation in it; `tokens` lead to where it stands."""
    if len(tokens) == 1:
        return {**item, tokens[0]: operation}
    return {**item, OTHERS: {**item.get(OTHERS, {}), tokens[-1]: operation}}


def path_item_of(pointer: str) -> str:
    """The pointer of the path item in which an operation stands."""
    above, _, token = pointer.rpartition("/")
    return above if token in METHODS else above.rpartition("/")[0]
