"""Turns the schemas of an OpenAPI description into JSON Schema, so that answers can be validated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = ("items", "not", "additionalProperties", "contains", "propertyNames")


PARTS = "#/components/parts/"
"""Where a document for validation keeps the schemas in the form they take as members of `allOf`."""

_SCHEMAS = "#/components/schemas/"


def as_json_schema(schema: Any, *, closed: bool = False, draft4: bool = True, part: bool = False) -> Any:
    """The JSON Schema with the same meaning as an OpenAPI schema.

    OpenAPI 3.0's `nullable` becomes a union with null.  With `closed`, an object that lists its properties and says
    nothing of others allows no others.  A `part` is a member of `allOf`: it describes only some of the properties, so
    it stays open, and refers to other schemas in their form as parts.  An enumeration that `x-ms-enum` calls open
    (`modelAsString`) takes values that it does not list: a newer server has more.
    """
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema and draft4:
        return {"$ref": _reference(schema["$ref"], part)}
    result: dict[str, Any] = {k: v for k, v in schema.items() if k not in ("nullable", "discriminator", "example")}
    if "$ref" in result:
        result["$ref"] = _reference(result["$ref"], part)
    if isinstance(marks := schema.get("x-ms-enum"), dict) and marks.get("modelAsString") is True:
        result.pop("enum", None)
    if isinstance(schema.get("properties"), dict):
        result["properties"] = {
            name: as_json_schema(value, closed=closed, draft4=draft4) for name, value in schema["properties"].items()
        }
        if closed and not part and "additionalProperties" not in schema and "allOf" not in schema:
            result["additionalProperties"] = False
    for key in _LISTS:
        if isinstance(schema.get(key), list):
            inner = part or key == "allOf"
            result[key] = [as_json_schema(m, closed=closed, draft4=draft4, part=inner) for m in schema[key]]
    for key in _SINGLE:
        if isinstance(schema.get(key), dict):
            result[key] = as_json_schema(schema[key], closed=closed, draft4=draft4)
    if schema.get("nullable") is True:
        return {"anyOf": [{"type": "null"}, result]}
    return result


def with_components(schema: Any, components: dict[str, Any], *, closed: bool, draft4: bool) -> dict[str, Any]:
    """A document to validate with: the schema, and the components that it leads to in both their forms.

    The others are left out: a validator holds the whole document, and whole vCenter has thousands of them.
    """
    needed = {name: components[name] for name in _reached(schema, components)}
    return {
        "allOf": [as_json_schema(schema, closed=closed, draft4=draft4)],
        "components": {
            "schemas": {k: as_json_schema(v, closed=closed, draft4=draft4) for k, v in needed.items()},
            "parts": {k: as_json_schema(v, closed=closed, draft4=draft4, part=True) for k, v in needed.items()},
        },
    }


def _reached(schema: Any, components: dict[str, Any]) -> list[str]:
    """The names of the components that a schema refers to, also over others, in a fixed order."""
    found: dict[str, None] = {}
    waiting = [schema]
    while waiting:
        for reference in _references(waiting.pop()):
            name = unquote(reference.removeprefix(_SCHEMAS).partition("/")[0]).replace("~1", "/").replace("~0", "~")
            if reference.startswith(_SCHEMAS) and name in components and name not in found:
                found[name] = None
                waiting.append(components[name])
    return list(found)


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _reference(reference: str, part: bool) -> str:
    return PARTS + reference.removeprefix(_SCHEMAS) if part and reference.startswith(_SCHEMAS) else reference
