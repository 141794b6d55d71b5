"""What one value of a stream is: server-sent events, and JSON texts one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from vcsdk.ir.media import is_event_stream, is_json
from vcsdk.load.pointer import join

Resolve = Callable[[str], tuple[str, Any]]
"""From a reference to the pointer and the node that it leads to."""
_OF_EVENTS = frozenset(("data", "event", "id", "retry", "comment"))


class Item(msgspec.Struct, frozen=True):
    """The schema of a value and where it stands; {} where nothing is said.

    `is_text`: it is no JSON but text; `is_json`: it is JSON whatever its schema says.
    """

    schema: Any
    pointer: str
    is_text: bool = False
    is_json: bool = False


def item_of(resolve: Resolve, content_type: str, media: Mapping[str, Any], pointer: str) -> Item:
    """The value of a medium at `pointer`: of an event its data.

    `itemSchema` says it (OpenAPI 3.2.0, "Media Type Object"); before that `schema` does, of one value or of all as an
    array.
    """
    if "itemSchema" in media:
        found = Item(media["itemSchema"], join(pointer, "itemSchema"))
    else:
        found = Item(media.get("schema", {}), join(pointer, "schema"))
        known, at = _resolved(resolve, found)
        if isinstance(known, dict) and known.get("type") == "array" and "items" in known:
            found = Item(known["items"], join(at, "items"))
    return _data(resolve, found) if is_event_stream(content_type) else found


def _data(resolve: Resolve, item: Item) -> Item:
    """The data of an event, whether the schema is that of the event, of one of several, or of the data."""
    schema, at = _resolved(resolve, item)
    for keyword in ("oneOf", "anyOf"):
        options = schema.get(keyword) if isinstance(schema, dict) else None
        events = [Item(each, join(at, keyword, str(place))) for place, each in enumerate(options or ())]
        held = [_of_event(resolve, each) for each in events]
        found = [_told(resolve, each) for each in held if each is not None]
        if held and len(found) == len(held):
            schemas = [each.schema for each in found]
            each_once = [each for place, each in enumerate(schemas) if each not in schemas[:place]]
            union = found[0].schema if len(each_once) == 1 else {keyword: each_once}
            return Item(union, found[0].pointer if len(each_once) == 1 else at, all(each.is_text for each in found))
    return _told(resolve, _of_event(resolve, item) or item)


def _of_event(resolve: Resolve, item: Item) -> Item | None:
    """The data of what is the schema of an event, or the JSON that its text holds; None for any other."""
    schema, at = _resolved(resolve, item)
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(properties, dict) or "data" not in properties or not _OF_EVENTS.issuperset(properties):
        return None
    data = Item(properties["data"], join(at, "properties", "data"))
    schema, at = _resolved(resolve, data)
    if isinstance(schema, dict) and is_json(str(schema.get("contentMediaType", ""))):
        return Item(schema.get("contentSchema", {}), join(at, "contentSchema"), is_json=True)
    return data


def _told(resolve: Resolve, data: Item) -> Item:
    """The data as it is decoded: text where nothing more is said of it."""
    if data.is_json:
        return data
    schema, _ = _resolved(resolve, data)
    # Fields of events are text; where the description says no more of it, that is what comes.
    is_text = schema in ({}, True) or (isinstance(schema, dict) and schema.get("type") == "string")
    return Item({"type": "string"} if schema in ({}, True) else data.schema, data.pointer, is_text)


def _resolved(resolve: Resolve, item: Item) -> tuple[Any, str]:
    schema, at = item.schema, item.pointer
    for _ in range(32):
        if not (isinstance(schema, dict) and "$ref" in schema):
            break
        at, schema = resolve(schema["$ref"])
    return schema, at
