"""A description with what everybody reads into it said aloud, so that tools that read it to the letter agree.

What has properties is an object although nothing says so; a value of a family has the property that tells which of its
members it is.
"""

from __future__ import annotations

from typing import Any

from vcsdk.ir import Alias, Struct, Union
from vcsdk.ir.types import Ref
from vcsdk.ir.vapi import is_list_of_pairs
from vcsdk.load.pointer import escape, find
from vcsdk.pipeline import Described

_PREFIX = "#/components/schemas/"
_FAMILY = ".family"
_NAMES = {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "schemas", "mapping"}
_NO_SCHEMAS = {"example", "examples", "default", "enum", "const"}


def shaped(described: Described) -> dict[str, Any]:
    """A copy of the document to make values from."""
    families = _families(described)
    data: dict[str, Any] = _shaped(described.document.data, families)
    schemas = data.get("components", {}).get("schemas", {})
    for reference, members in families.items():
        name = reference.removeprefix(_PREFIX).replace("~1", "/").replace("~0", "~")
        schemas[name + _FAMILY] = {"anyOf": [{"$ref": member} for member in members]}
    for key, schema in described.api.schemas.items():
        if isinstance(schema, Struct) and schema.tag_field and schema.tag is not None and not key.endswith(_DERIVED):
            try:
                node = find(data, key.removeprefix("#"))
            except KeyError:
                continue  # composed of several, so that it stands nowhere
            told = {"properties": {schema.tag_field: {"enum": [schema.tag]}}, "required": [schema.tag_field]}
            node["allOf"] = [*node.get("allOf", ()), {"type": "object", **told}]
    return data


_DERIVED = "/discriminator"


def family(data: dict[str, Any], name: str) -> str:
    """What the values of a component schema are valid against in a shaped document: of a base, its members."""
    return name + _FAMILY if name + _FAMILY in data["components"]["schemas"] else name


def _families(described: Described) -> dict[str, list[str]]:
    """The members of each base that has a discriminator, by its reference."""
    found = {}
    for key, schema in described.api.schemas.items():
        if key.endswith(_DERIVED) and isinstance(schema, Alias) and isinstance(schema.type, Union):
            members = [member.key for member in schema.type.members if isinstance(member, Ref)]
            found[key.removesuffix(_DERIVED)] = members
    return {key: members for key, members in found.items() if key.startswith(_PREFIX) and key not in members}


def _shaped(node: Any, families: dict[str, list[str]], *, part: bool = False, names: bool = False) -> Any:
    """`part` tells a member of `allOf`, `names` that the keys of a node are anybody's names, not keywords."""
    if isinstance(node, list):
        return [_shaped(item, families, part=part) for item in node]
    if not isinstance(node, dict):
        return node
    if names:
        return {name: _shaped(value, families) for name, value in node.items()}
    target = node.get("$ref")
    if not part and isinstance(target, str) and target in families:
        return {**node, "$ref": target + _FAMILY}
    copied = {
        key: value if key in _NO_SCHEMAS else _shaped(value, families, part=key == "allOf", names=key in _NAMES)
        for key, value in node.items()
    }
    keys = copied.keys()
    if "type" not in keys and not {"$ref", "allOf", "in"} & keys:
        if isinstance(copied.get("properties"), dict) or isinstance(copied.get("additionalProperties"), dict):
            copied["type"] = "object"
        elif isinstance(copied.get("items"), dict):
            copied["type"] = "array"
    if copied.get("format") == "binary" or copied.get("contentEncoding") == "base64":
        copied["format"] = "byte"  # as it stands in JSON
    if is_list_of_pairs(copied):
        copied["items"] = {**copied["items"], "required": ["key", "value"]}  # as every map has them, required or not
    return copied


def reference(name: str) -> str:
    """A reference to a component schema."""
    return _PREFIX + escape(name)
