"""The rule `schema-required-boolean`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.load.document import Document
from vcsdk.load.pointer import find, parent, split
from vcsdk.normalize.registry import Context, Repair, rule


@rule("schema-required-boolean", level="warning")
def name_it_in_the_parent(context: Context) -> Iterator[Repair]:
    """A schema says `required: true` or `false`, as in JSON Schema draft 3: its parent's `required` list says so.

    Where the schema is not a property, the word has no meaning and goes.
    """
    for pointer, schema in context.index.nodes["schema"]:
        required = schema.get("required")
        if not isinstance(required, bool):
            continue
        origin = context.document.origin(f"{pointer}/required")
        del schema["required"]
        listed = required and _list_in_parent(context.document, pointer)
        message = "the property is named in its parent's `required`" if listed else "it has no meaning there"
        yield Repair(origin, f"`required: {str(required).lower()}` taken out of a schema; {message}")


def _list_in_parent(document: Document, pointer: str) -> bool:
    holder, name = parent(pointer), split(pointer)[-1]
    if not holder.endswith("/properties"):
        return False
    above = find(document.data, parent(holder))
    if not isinstance(above, dict):
        return False
    names = above.get("required")
    if not isinstance(names, list):
        names = above["required"] = []
    if name not in names:
        names.append(name)
    return True
