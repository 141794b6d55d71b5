"""The rule `mapping-to-schema`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from vcsdk.load.pointer import escape, find, join, parent
from vcsdk.normalize.registry import Context, Repair, rule


@rule("mapping-to-schema", level="note")
def refer_to_the_member(context: Context) -> Iterator[Repair]:
    """A discriminator maps a value to a schema that is written out, where a name or a reference must stand.

    pydantic does so for a union in a union.  The member of the union that says the same is meant.
    """
    document = context.document
    for pointer, discriminator in context.index.nodes["discriminator"]:
        mapping = discriminator.get("mapping")
        if not isinstance(mapping, dict):
            continue
        for value, target in mapping.items():
            if not isinstance(target, dict):
                continue
            meant = target.get("$ref") or _member(find(document.data, parent(pointer)), parent(pointer), target)
            if isinstance(meant, str):
                mapping[value] = meant
                origin = document.origin(f"{pointer}/mapping/{escape(value)}")
                yield Repair(origin, f"`{value}` is mapped to a schema written out; took the member that is the same")


def _member(union: Any, pointer: str, schema: dict[str, Any]) -> str | None:
    """A reference to the member of a union that says what a schema does."""
    for keyword in ("oneOf", "anyOf"):
        for place, member in enumerate(union.get(keyword) or ()):
            if member == schema:
                return "#" + quote(join(pointer, keyword, place), safe="/~")
    return None
