"""What one value of a stream is: server-sent events, and JSON texts one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from vcsdk.ir.media import is_event_stream, is_json
from vcsdk.load import Document
from vcsdk.load.pointer import join

_OF_EVENTS = frozenset(("data", "event", "id", "retry", "comment"))


class Item(msgspec.Struct, frozen=True):
    """The schema of a value and where it stands; {} where nothing is said.  `is_text`: it is no JSON but text."""

    schema: Any
    pointer: str
    is_text: bool = False


def item_of(document: Document, content_type: str, media: Mapping[str, Any], pointer: str) -> Item:
    """The value of a medium at `pointer`: of an event its data.

    `itemSchema` says it (OpenAPI 3.2.0, "Media Type Object"); before that `schema` does, of one value or of all as an
    array.
    """
    if "itemSchema" in media:
        found = Item(media["itemSchema"], join(pointer, "itemSchema"))
    else:
        found = Item(media.get("schema", {}), join(pointer, "schema"))
        known, at = _resolved(document, found)
        if isinstance(known, dict) and known.get("type") == "array" and "items" in known:
            found = Item(known["items"], join(at, "items"))
    return _data(document, found) if is_event_stream(content_type) else found


def _data(document: Document, item: Item) -> Item:
    """The data of an event, whether the schema is that of the event or of its data."""
    schema, at = _resolved(document, item)
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if isinstance(properties, dict) and "data" in properties and _OF_EVENTS.issuperset(properties):
        item = Item(properties["data"], join(at, "properties", "data"))
        schema, at = _resolved(document, item)
        if isinstance(schema, dict) and is_json(str(schema.get("contentMediaType", ""))):
            return Item(schema.get("contentSchema", {}), join(at, "contentSchema"))
    # Fields of events are text; where the description says no more of it, that is what comes.
    is_text = schema in ({}, True) or (isinstance(schema, dict) and schema.get("type") == "string")
    return Item({"type": "string"} if schema in ({}, True) else item.schema, item.pointer, is_text)


def _resolved(document: Document, item: Item) -> tuple[Any, str]:
    schema, at = item.schema, item.pointer
    for _ in range(32):
        if not (isinstance(schema, dict) and "$ref" in schema):
            break
        at, schema = document.resolve(schema["$ref"])
    return schema, at
