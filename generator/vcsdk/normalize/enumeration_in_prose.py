"""The rule `enumeration-in-prose`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.diagnostics import Level
from vcsdk.load.extensions import is_extension
from vcsdk.load.pointer import escape
from vcsdk.normalize.registry import Context, Repair, rule
from vcsdk.vapi_prose.enumerations import Listed, take_values

_COMPONENTS = "#/components/schemas/"
_ANNOTATIONS = frozenset(
    ("title", "nullable", "readOnly", "writeOnly", "deprecated", "default", "example", "examples", "xml")
)
_INWARD = {"array": "items", "object": "additionalProperties"}


@rule("enumeration-in-prose", level="note")
def refer_to_the_enumeration(context: Context) -> Iterator[Repair]:
    """A text lists its possible values and names the schema that has them: a reference to it takes the list's place.

    In the profile `vapi` only: VMware's current files leave the schema of each enumeration unused.  Their enumerations
    are open (`x-ms-enum` says so): a newer server may answer values that the description does not know.
    """
    schemas = context.document.data.get("components", {}).get("schemas") if context.profile == "vapi" else None
    if not isinstance(schemas, dict):
        return
    for kind in ("schema", "parameter", "header"):
        for pointer, node in context.index.nodes[kind]:
            description = node.get("description")
            if not isinstance(description, str) or "Possible" not in description:
                continue
            rest, listed = take_values(description)
            leaf = _leaf(node.get("schema") if kind != "schema" else node)
            if listed is None or not listed.name or leaf is None:
                continue
            enumeration = schemas.get(listed.name)
            if not isinstance(enumeration, dict) or not isinstance(enumeration.get("enum"), list):
                _tell(context, f"{pointer}/description", listed.name, exists=enumeration is not None)
                continue
            _set_description(node, rest)
            _refer(leaf, _COMPONENTS + escape(listed.name), is_31=context.document.is_31)
            _learn(enumeration, listed)
            yield Repair(context.document.origin(pointer), f"the values in prose are those of `{listed.name}`")


def _leaf(schema: Any) -> dict[str, Any] | None:
    """The text whose values are listed: the schema itself, or the items or map values of one."""
    while isinstance(schema, dict):
        types = schema.get("type")
        types = [types] if isinstance(types, str) else types
        kinds = [each for each in types if each != "null"] if isinstance(types, list) else []
        if kinds == ["string"]:
            return None if {"enum", "const", "format", "allOf", "anyOf", "oneOf", "$ref"} & schema.keys() else schema
        schema = schema.get(_INWARD.get(kinds[0], "")) if len(kinds) == 1 and isinstance(kinds[0], str) else None
    return None


def _tell(context: Context, pointer: str, name: str, *, exists: bool) -> None:
    said = "is no enumeration" if exists else "does not exist"
    message = f"`{name}`, which is to have the possible values, {said}: any text is accepted"
    context.diagnostics.add(context.document.diagnose(Level.WARNING, "enumeration-in-prose", message, pointer))


def _set_description(node: dict[str, Any], rest: str) -> None:
    if rest:
        node["description"] = rest
    else:
        del node["description"]


def _refer(leaf: dict[str, Any], target: str, *, is_31: bool) -> None:
    """Put the reference in place of the type; what says no more of the values than the enumeration goes."""
    may_be_null = is_31 and "null" in leaf["type"] and leaf["type"] != "null"
    kept = {key: value for key, value in leaf.items() if key in _ANNOTATIONS or is_extension(key)}
    if "description" in leaf:
        kept["description"] = leaf["description"]
    leaf.clear()
    if may_be_null:
        leaf.update(kept, anyOf=[{"$ref": target}, {"type": "null"}])
    elif kept:
        leaf.update(kept, allOf=[{"$ref": target}])
    else:
        leaf["$ref"] = target


def _learn(enumeration: dict[str, Any], listed: Listed) -> None:
    """What the list says of each value is said where the values are; nothing that the schema says itself is lost."""
    enumeration["x-ms-enum"] = {"modelAsString": True}
    told = {value: text for value, text in listed.values.items() if text and value in enumeration["enum"]}
    if told:
        own = enumeration.get("x-enum-descriptions")
        enumeration["x-enum-descriptions"] = {**told, **(own if isinstance(own, dict) else {})}
