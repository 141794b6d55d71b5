"""The rule `nullable-in-3.1`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.normalize.registry import Context, Repair, rule


@rule("nullable-in-3.1", level="warning", reshapes=True)
def add_the_type_null(context: Context) -> Iterator[Repair]:
    """A schema of an OpenAPI 3.1 description says `nullable: true`, which only 3.0 knows: null joins its types."""
    if not context.document.is_31:
        return
    for pointer, schema in context.index.nodes["schema"]:
        if not isinstance(schema.get("nullable"), bool):
            continue
        origin = context.document.origin(f"{pointer}/nullable")
        if schema.pop("nullable"):
            if _let_be_null(schema):
                context.document.moved(f"{pointer}/anyOf/0/allOf", f"{pointer}/allOf")
            yield Repair(origin, "`nullable` is not a word of 3.1; null joined the types")
        else:
            yield Repair(origin, "`nullable: false` is not a word of 3.1 and says nothing; left it out")


def _let_be_null(schema: dict[str, Any]) -> bool:
    """Let null be one of a schema's values; True where its `allOf` became one of two alternatives for that."""
    types = schema.get("type")
    if isinstance(types, str):
        types = [types]
    if isinstance(types, list):
        schema["type"] = types if "null" in types else [*types, "null"]
        if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
    elif "$ref" in schema:
        schema["anyOf"] = [{"$ref": schema.pop("$ref")}, {"type": "null"}]
    elif isinstance(schema.get("oneOf"), list):
        schema["oneOf"] = [*schema["oneOf"], {"type": "null"}]
    elif isinstance(schema.get("anyOf"), list):
        schema["anyOf"] = [*schema["anyOf"], {"type": "null"}]
    elif isinstance(schema.get("enum"), list):
        schema["enum"] = schema["enum"] if None in schema["enum"] else [*schema["enum"], None]
    elif isinstance(schema.get("allOf"), list):
        schema["anyOf"] = [{"allOf": schema.pop("allOf")}, {"type": "null"}]
        return True
    return False
