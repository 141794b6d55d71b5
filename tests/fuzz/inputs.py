"""What mutants are made of: the fragment, small descriptions that use every feature, and parts of published ones."""

from __future__ import annotations

import copy
import json
import random
from functools import cache
from typing import Any

import yaml

from tests.specs.published import ROOT, SPECS, is_part, names

_MOST_OPERATIONS = 4


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _answer(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "Done.", "content": _json(schema)}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _small(version: str) -> dict[str, Any]:
    """A description of 3.0 or 3.1 with a little of everything."""
    text = {"type": "string"}
    schemas = {
        "Pet": {
            "type": "object",
            "required": ["kind"],
            "properties": {
                "kind": text,
                "name": {**text, "maxLength": 9, "pattern": "^[a-z]+$"},
                "owner": _ref("Owner"),
            },
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "dog": "Dog"}},
        },
        "Cat": {"allOf": [_ref("Pet"), {"type": "object", "properties": {"lives": {"type": "integer", "maximum": 9}}}]},
        "Dog": {
            "allOf": [_ref("Pet")],
            "properties": {"tricks": {"type": "array", "items": text, "uniqueItems": True}},
        },
        "Owner": {
            "type": "object",
            "properties": {"pets": {"type": "array", "items": _ref("Pet")}},
            "additionalProperties": text,
        },
        "Colour": {**text, "enum": ["red", "dark blue", "1"], "default": "red"},
        "Either": {"oneOf": [_ref("Cat"), {"type": "object", "properties": {"code": {"type": "number"}}}, text]},
        "Both": {"anyOf": [_ref("Owner"), {"type": "object", "properties": {"at": {**text, "format": "date-time"}}}]},
        "Tree": {"type": "object", "properties": {"left": _ref("Tree"), "label": _ref("Colour")}},
        "Secretive": {"type": "object", "properties": {"password": {**text, "format": "password"}}},
        "Error": {"type": "object", "properties": {"message": text}},
    }
    null = {"type": ["string", "null"], "const": "a"} if version.startswith("3.1") else {**text, "nullable": True}
    schemas["Null"] = null
    pets = {
        "parameters": [{"name": "X-Trace", "in": "header", "schema": text}],
        "get": {
            "operationId": "listPets",
            "tags": ["pets"],
            "description": "Lists *them*.",
            "parameters": [
                {
                    "name": "colour",
                    "in": "query",
                    "schema": {"type": "array", "items": _ref("Colour")},
                    "explode": False,
                },
                {"name": "where", "in": "query", "style": "deepObject", "schema": _ref("Owner")},
            ],
            "responses": {
                **_answer({"type": "array", "items": _ref("Either")}),
                "default": {"$ref": "#/components/responses/Bad"},
            },
        },
        "post": {
            "operationId": "addPet",
            "tags": ["pets"],
            "requestBody": {"required": True, "content": _json(_ref("Pet"))},
            "responses": _answer(_ref("Both")),
            "callbacks": {
                "done": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": "Heard."}}}}}
            },
        },
    }
    one = {
        "get": {
            "operationId": "getPet",
            "tags": ["pets"],
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {**text, "format": "uuid"}}],
            "responses": {**_answer(_ref("Tree")), "404": {"$ref": "#/components/responses/Bad"}},
            "security": [{"key": []}, {"token": [], "basic": []}],
        },
        "put": {
            "operationId": "sendPicture",
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": text}],
            "requestBody": {
                "content": {
                    "multipart/form-data": {
                        "schema": {
                            "type": "object",
                            "properties": {"file": {**text, "format": "binary"}, "note": text},
                        },
                        "encoding": {"note": {"contentType": "text/plain"}},
                    },
                    "application/octet-stream": {"schema": {**text, "format": "binary"}},
                }
            },
            "responses": {"204": {"description": "Kept."}, "3XX": {"description": "Elsewhere."}, "x-note": {"a": 1}},
        },
    }
    return {
        "openapi": version,
        "info": {"title": "Pets", "version": "1.0", "x-info": [1]},
        "servers": [
            {"url": "https://{region}.example.com/v1", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}}
        ],
        "tags": [{"name": "pets", "description": "All of them."}],
        "paths": {"/pets": pets, "/pets/{id}": one},
        "components": {
            "schemas": schemas,
            "responses": {"Bad": {"description": "Bad.", "content": _json(_ref("Error"))}},
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "token": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
            },
        },
    }


def _swagger() -> dict[str, Any]:
    return {
        "swagger": "2.0",
        "info": {"title": "Old", "version": "1"},
        "basePath": "/v1",
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": {
            "/things/{id}": {
                "get": {
                    "operationId": "getThing",
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "type": "integer", "format": "int64"}
                    ],
                    "responses": {"200": {"description": "It.", "schema": {"$ref": "#/definitions/Thing"}}},
                },
                "post": {
                    "operationId": "setThing",
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "type": "string"},
                        {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/Thing"}},
                    ],
                    "responses": {"default": {"description": "Done."}},
                },
            }
        },
        "definitions": {
            "Thing": {
                "type": "object",
                "properties": {"size": {"type": "number", "multipleOf": 0.5}, "next": {"$ref": "#/definitions/Thing"}},
            }
        },
        "securityDefinitions": {"key": {"type": "apiKey", "in": "query", "name": "key"}},
        "security": [{"key": []}],
    }


@cache
def _published() -> tuple[dict[str, Any], ...]:
    """The smaller ones of the published descriptions; none where they are not beside the project."""
    found = []
    for name in names():
        path = SPECS / name
        if path.stat().st_size < 3_000_000 and not is_part(name):
            text = path.read_text(encoding="utf-8")
            found.append(json.loads(text) if path.suffix == ".json" else _plain(text))
    return tuple(found)


@cache
def _fragment() -> dict[str, Any]:
    return _plain((ROOT / "spec" / "vcha.yaml").read_text(encoding="utf-8"))


def _plain(text: str) -> dict[str, Any]:
    """YAML as JSON has it; a date is a text."""
    read: dict[str, Any] = json.loads(json.dumps(yaml.safe_load(text), default=str))
    return read


def choose(chosen: random.Random) -> dict[str, Any]:
    """A description to make a mutant of, a copy; of a large one only a few paths."""
    kind = chosen.randrange(10)
    if kind < 6:
        return _small(chosen.choice(("3.0.3", "3.1.0")))
    if kind < 8:
        return _swagger()
    known = _published()
    if kind == 8 or not known:
        return copy.deepcopy(_fragment())
    whole = chosen.choice(known)
    paths = list(whole.get("paths", {}))
    kept = set(chosen.sample(paths, min(_MOST_OPERATIONS, len(paths))))
    part = {key: value for key, value in whole.items() if key not in ("paths", "components", "definitions")}
    part["paths"] = {path: node for path, node in whole.get("paths", {}).items() if path in kept}
    for place in ("components", "definitions"):
        if place in whole:
            part[place] = whole[place]
    return copy.deepcopy(_needed(part))


def _needed(part: dict[str, Any]) -> dict[str, Any]:
    """The same without the schemas that its paths do not lead to."""
    schemas = part.get("components", {}).get("schemas") or part.get("definitions") or {}
    wanted: set[str] = set()
    rest: list[Any] = [part["paths"], part.get("components", {}).get("responses", {})]
    while rest:
        node = rest.pop()
        if isinstance(node, dict):
            target = node.get("$ref")
            name = target.rsplit("/", 1)[1] if isinstance(target, str) and "/" in target else None
            if name in schemas and name not in wanted:
                wanted.add(name)
                rest.append(schemas[name])
            rest += node.values()
        elif isinstance(node, list):
            rest += node
    kept = {name: schema for name, schema in schemas.items() if name in wanted}
    if "definitions" in part:
        return {**part, "definitions": kept}
    return {**part, "components": {**part.get("components", {}), "schemas": kept}}
