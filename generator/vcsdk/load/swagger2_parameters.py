"""Parameters of Swagger 2.0 in the form of OpenAPI 3.0: parameters, request bodies, headers."""

from __future__ import annotations

from typing import Any

from vcsdk.load.collection_format import SEPARATED, styled
from vcsdk.load.extensions import is_extension
from vcsdk.load.swagger2_schemas import reference, schema

MAY_BE_EMPTY = "x-allowEmptyValue"
"""What OpenAPI 3 says of no field of a form, and 2.0 does."""
_OWN = ("name", "in", "description", "required", "allowEmptyValue")


def is_body(node: Any) -> bool:
    """True for the parameter that is the body."""
    return isinstance(node, dict) and node.get("in") == "body"


def is_form(node: Any) -> bool:
    """True for a field of a form."""
    return isinstance(node, dict) and node.get("in") == "formData"


def parameter(node: Any) -> Any:
    """A parameter of 3.0: what describes the value goes into `schema`, `collectionFormat` into `style`."""
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return {**node, "$ref": reference(node["$ref"])}
    new = {key: value for key, value in node.items() if key in _OWN or is_extension(key)}
    new["schema"] = _value(node)
    if node.get("type") == "array":
        new |= styled(node, str(node.get("in")))
    return new


def header(node: Any) -> Any:
    """A response header of 3.0."""
    if not isinstance(node, dict):
        return node
    own = {key: value for key, value in node.items() if key == "description" or is_extension(key)}
    return {**own, **_separated(node), "schema": _value(node)}


def body(node: dict[str, Any], media: list[str]) -> dict[str, Any]:
    """The request body of 3.0 that a body parameter is, in each of the content types."""
    new: dict[str, Any] = {key: node[key] for key in ("description", "required") if key in node}
    new["content"] = {name: {"schema": schema(node["schema"])} if "schema" in node else {} for name in media}
    return new


def form(fields: list[dict[str, Any]], media: list[str]) -> dict[str, Any]:
    """The request body of 3.0 that the fields of a form are: an object with a property for each."""
    files = any(field.get("type") == "file" for field in fields)
    known = [m for m in media if m in ("multipart/form-data", "application/x-www-form-urlencoded")]
    names = ["multipart/form-data"] if files else known or ["application/x-www-form-urlencoded"]
    content = {}
    for name in names:
        properties = {}
        for field in fields:
            part = _value(field)
            if "description" in field and isinstance(part, dict):
                part = {"description": field["description"], **part}
            if field.get("allowEmptyValue") is True and isinstance(part, dict):
                part = {**part, MAY_BE_EMPTY: True}
            properties[str(field.get("name"))] = part
        shape: dict[str, Any] = {"type": "object", "properties": properties}
        required = [str(f.get("name")) for f in fields if f.get("required") in (True, "true")]
        if required:
            shape["required"] = required
        content[name] = {"schema": shape}
        # Without a word on it a list in a form of 3.0 repeats its name, which 2.0 calls `multi`.
        lists = [field for field in fields if field.get("type") == "array" and not _of_files(field)]
        styles = {str(field.get("name")): styled(field, "query") for field in lists}
        apart = {str(field.get("name")) for field in lists if _holds_lists(field)}
        if encoding := {key: style for key, style in styles.items() if not style["explode"] or key in apart}:
            content[name]["encoding"] = encoding
    new: dict[str, Any] = {"content": content}
    if any(field.get("required") in (True, "true") for field in fields):
        new["required"] = True
    return new


def _holds_lists(field: dict[str, Any]) -> bool:
    items = field.get("items")
    return isinstance(items, dict) and items.get("type") == "array"


def _of_files(field: dict[str, Any]) -> bool:
    items = field.get("items")
    return isinstance(items, dict) and items.get("type") == "file"


def _value(node: dict[str, Any]) -> Any:
    """The schema that a parameter of 2.0 carries in its own fields."""
    new = schema({key: value for key, value in node.items() if key not in _OWN and not is_extension(key)})
    inner, made = node.get("items"), new.get("items")
    while isinstance(inner, dict) and isinstance(made, dict):
        if inner.get("type") == "array":
            made[SEPARATED] = inner.get("collectionFormat", "csv")
        inner, made = inner.get("items"), made.get("items")
    return new


def _separated(node: dict[str, Any]) -> dict[str, Any]:
    """What stands between the values of a header, where OpenAPI 3 has no word for it."""
    written = node.get("collectionFormat", "csv")
    return {SEPARATED: written} if written != "csv" else {}
