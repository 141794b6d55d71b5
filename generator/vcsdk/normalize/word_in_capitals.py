"""The rule `word-in-capitals`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.document import Document
from vcsdk.load.grammar import METHODS, OTHERS
from vcsdk.load.pointer import join
from vcsdk.normalize.registry import Context, Repair, rule

_PLACES = ("path", "query", "header", "cookie")
_TYPES = {name.lower(): name for name in ("apiKey", "http", "mutualTLS", "oauth2", "openIdConnect")}


@rule("word-in-capitals", level="note", reshapes=True)
def write_it_in_lower_case(context: Context) -> Iterator[Repair]:
    """A word of the specification is written in other capitals (`GET`, `in: Query`, `type: oAuth2`): it is meant."""
    document = context.document
    for pointer, item in context.index.nodes["path_item"]:
        for key in list(item):
            right = key.lower()
            if key != right and right in METHODS and right not in item and isinstance(item[key], dict):
                yield Repair(document.origin(join(pointer, key)), f"the method `{key}` is written `{right}`")
                document.moved(join(pointer, right), join(pointer, key))
                item[right] = item.pop(key)
        yield from _with_a_field(document, pointer, item)
    for pointer, holder in (*context.index.nodes["parameter"], *context.index.nodes["security_scheme"]):
        place = holder.get("in")
        if isinstance(place, str) and place not in _PLACES and place.lower() in _PLACES:
            holder["in"] = place.lower()
            yield Repair(document.origin(f"{pointer}/in"), f"`in: {place}` is written `{place.lower()}`")
    for pointer, scheme in context.index.nodes["security_scheme"]:
        named = scheme.get("type")
        if isinstance(named, str) and (right := _TYPES.get(named.lower(), named)) != named:
            scheme["type"] = right
            yield Repair(document.origin(f"{pointer}/type"), f"`type: {named}` is written `{right}`")


def _with_a_field(document: Document, pointer: str, item: dict[str, Any]) -> Iterator[Repair]:
    """Methods among the others that have a field of their own ("Path Item Object" of 3.2: there must be none)."""
    others = item.get(OTHERS)
    if not isinstance(others, dict):
        return
    for name in list(others):
        field = name.lower()
        if name == name.upper() and field in METHODS and field not in item and isinstance(others[name], dict):
            place = join(pointer, OTHERS, name)
            yield Repair(document.origin(place), f"the method `{name}` of `{OTHERS}` is the field `{field}`")
            document.moved(join(pointer, field), place)
            item[field] = others.pop(name)
    if not others:
        del item[OTHERS]
