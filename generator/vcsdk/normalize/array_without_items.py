"""The rule `array-without-items`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule


@rule("array-without-items", level="warning")
def allow_any_items(context: Context) -> Iterator[Repair]:
    """An array says nothing of its items, which OpenAPI 3.0 requires ("Schema Object"): they may be anything."""
    if context.document.is_31:
        return
    for pointer, schema in context.index.nodes["schema"]:
        if schema.get("type") == "array" and "items" not in schema:
            schema["items"] = {}
            context.document.added(f"{pointer}/items", context.document.origin(pointer))
            yield Repair(context.document.origin(pointer), "an array without `items` may hold anything")
