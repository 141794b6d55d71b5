"""The rule `items-as-list`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule


@rule("items-as-list", level="warning", reshapes=True)
def let_items_be_any_of_them(context: Context) -> Iterator[Repair]:
    """`items` is a list of schemas, one a position, as in JSON Schema before 2020: an item may be any of them."""
    for pointer, schema in context.index.nodes["schema"]:
        items = schema.get("items")
        if not isinstance(items, list):
            continue
        schema["items"] = items[0] if len(items) == 1 else {"anyOf": items} if items else {}
        if items:
            new = f"{pointer}/items" if len(items) == 1 else f"{pointer}/items/anyOf"
            context.document.moved(new, f"{pointer}/items/0" if len(items) == 1 else f"{pointer}/items")
        yield Repair(
            context.document.origin(f"{pointer}/items"), "`items` is a list; an item may be any of its schemas"
        )
