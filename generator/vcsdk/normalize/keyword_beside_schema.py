"""The rule `keyword-beside-schema`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.normalize.registry import Context, Repair, rule

_KEYWORDS = (
    *("type", "format", "items", "enum", "default", "nullable", "pattern", "minLength", "maxLength"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minItems", "maxItems", "uniqueItems"),
)


@rule("keyword-beside-schema", level="warning")
def move_it_inside(context: Context) -> Iterator[Repair]:
    """A parameter or header has `enum`, `format` or the like beside its `schema`, as in Swagger 2.0: they go inside.

    VMware's 7.0.3 files do so where a type is written out; out there the keyword counts for nothing.
    """
    for kind in ("parameter", "header"):
        for pointer, node in context.index.nodes[kind]:
            found = [key for key in _KEYWORDS if key in node]
            if not found or "content" in node:
                continue
            schema = _schema_of(node)
            if schema is None:
                continue
            for key in found:
                value = node.pop(key)
                if key not in schema:
                    schema[key] = value
                    context.document.moved(f"{pointer}/schema/{key}", f"{pointer}/{key}")
                yield Repair(context.document.origin(f"{pointer}/{key}"), f"`{key}` moved into the {kind}'s schema")


def _schema_of(node: dict[str, Any]) -> dict[str, Any] | None:
    """The schema that can take keywords; a reference is wrapped, because beside one they would not count."""
    schema = node.setdefault("schema", {})
    if not isinstance(schema, dict):
        return None
    if "$ref" in schema:
        node["schema"] = schema = {"allOf": [schema]}
    return schema
