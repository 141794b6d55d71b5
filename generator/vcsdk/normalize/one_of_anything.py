"""The rule `one-of-anything`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.document import Document
from vcsdk.load.grammar import GRAMMAR
from vcsdk.normalize.registry import Context, Repair, rule

_SILENT = {
    "title", "description", "default", "deprecated", "readOnly", "writeOnly", "nullable", "example", "examples",
    "discriminator", "xml", "externalDocs", "$id", "$schema", "$anchor", "$dynamicAnchor", "$defs", "definitions",
    "$comment", "$vocabulary",
}  # fmt: skip
_ASSERTING = GRAMMAR["schema"].keys() - _SILENT | {"$ref"}
"""What can say something of values; all else is an annotation, or nothing (JSON Schema 2020-12, core, 6.5)."""
_DEEPEST = 20


@rule("one-of-anything", level="warning")
def take_any_of_them(context: Context) -> Iterator[Repair]:
    """Several members of a `oneOf` take anything, so that no value fits exactly one of them: `anyOf` is meant."""
    for pointer, schema in context.index.nodes["schema"]:
        members = schema.get("oneOf")
        if not isinstance(members, list) or "anyOf" in schema or "discriminator" in schema:
            continue
        count = sum(_takes_anything(context.document, member) for member in members)
        if count > 1:
            schema["anyOf"] = schema.pop("oneOf")
            context.document.moved(f"{pointer}/anyOf", f"{pointer}/oneOf")
            yield Repair(
                context.document.origin(f"{pointer}/anyOf"),
                f"{count} members of this `oneOf` take anything, so that no value fits exactly one; took `anyOf`",
            )


def _takes_anything(document: Document, member: Any) -> bool:
    for _ in range(_DEEPEST):
        if not isinstance(member, dict) or not isinstance(member.get("$ref"), str):
            break
        try:
            member = document.resolve(member["$ref"])[1]
        except KeyError:
            return False
    return member is True or (isinstance(member, dict) and _ASSERTING.isdisjoint(member))
