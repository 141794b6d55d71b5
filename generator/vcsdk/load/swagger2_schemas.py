"""Schemas and references of Swagger 2.0 in the form of OpenAPI 3.0."""

from __future__ import annotations

from typing import Any

_SECTIONS = {
    "#/definitions/": "#/components/schemas/",
    "#/parameters/": "#/components/parameters/",
    "#/responses/": "#/components/responses/",
}


def reference(target: str) -> str:
    """A reference into the sections of 2.0, into those of 3.0."""
    for old, new in _SECTIONS.items():
        if target.startswith(old):
            return new + target[len(old) :]
    return target


def schema(node: Any) -> Any:
    """A schema of 3.0: references, `discriminator`, `x-nullable` and `type: file` in the newer form.

    Always a copy, so that a schema that serves several content types is mended in one place at a time.
    """
    if not isinstance(node, dict):
        return node
    new: dict[str, Any] = {}
    for key, value in node.items():
        if key == "$ref" and isinstance(value, str):
            new[key] = reference(value)
        elif key == "discriminator" and isinstance(value, str):
            new[key] = {"propertyName": value}
        elif key == "x-nullable":
            new["nullable"] = value
        elif key == "properties" and isinstance(value, dict):
            new[key] = {name: schema(part) for name, part in value.items()}
        elif key in ("items", "additionalProperties"):
            new[key] = schema(value)
        elif key == "allOf" and isinstance(value, list):
            new[key] = [schema(part) for part in value]
        elif key != "collectionFormat":
            new[key] = list(value) if isinstance(value, list) else value
    if new.get("type") == "file":
        new["type"], new["format"] = "string", "binary"
    return new
