"""Answers that are a sequence of values: what each has to be, and the values in what has come of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

EVENTS = "text/event-stream"
_LINES = frozenset(
    f"application/{name}"
    for name in ("x-ndjson", "ndjson", "jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "json-lines")
)
_OF_EVENTS = frozenset(("data", "event", "id", "retry", "comment"))
_ENDS = re.compile(r"\r\n|\n|\r")


def is_stream(content_type: str) -> bool:
    """Whether a media type, without parameters, is that of server-sent events or of JSON texts in a row."""
    return content_type == EVENTS or content_type in _LINES or _is_sequence(content_type)


def _is_sequence(content_type: str) -> bool:
    return content_type == "application/json-seq" or content_type.endswith("+json-seq")


def values_in(
    content_type: str, content: bytes, media: Mapping[str, Any], at: Callable[[str], Any]
) -> tuple[Any, list[str | bytes]] | None:
    """The schema of the JSON values in a body, and their texts: one, but for streams; None where nothing is said.

    `at` resolves references.
    """
    if is_stream(content_type):
        schema = item_schema(content_type, media, at)
        return None if schema is None else (schema, [*texts(content_type, content)])
    return (media["schema"], [content]) if "json" in content_type and "schema" in media else None


def texts(content_type: str, content: bytes) -> list[str]:
    """The JSON texts of a stream, of an event its data; of events only those that have come to their end."""
    whole = content.decode("utf-8", "replace").removeprefix("\ufeff")
    if content_type != EVENTS:
        parts = whole.split("\x1e" if _is_sequence(content_type) else "\n")
        return [part for part in parts if part.strip()]
    found: list[str] = []
    data: list[str] = []
    *lines, _ = _ENDS.split(whole)
    for line in lines:
        name, _, value = line.partition(":")
        if name == "data":
            data.append(value.removeprefix(" "))
        elif not line:
            found += ["\n".join(data)] if data else []
            data = []
    return [text for text in found if text and text != "[DONE]"]


def item_schema(content_type: str, media: Mapping[str, Any], at: Callable[[str], Any]) -> Any:
    """The schema of one JSON value, `at` resolves references; None where the values are no JSON or nothing is said."""
    schema = media.get("itemSchema", media.get("schema"))
    known = _resolved(schema, at)
    if "itemSchema" not in media and isinstance(known, dict) and known.get("type") == "array" and "items" in known:
        schema = known["items"]
        known = _resolved(schema, at)
    if content_type != EVENTS:
        return schema
    for keyword in ("oneOf", "anyOf"):
        options = known.get(keyword) if isinstance(known, dict) else None
        events = [_of_event(each, at) for each in options or ()]
        if events and None not in events:
            told = [_json(each, at) for each in events]
            # One of several events: which data is whose only its name tells.
            return None if None in told else {"anyOf": told}
    data = _of_event(schema, at)
    return _json(schema if data is None else data, at)


def _of_event(schema: Any, at: Callable[[str], Any]) -> Any:
    """The schema of an event's data, or of the JSON that its text holds; None for what describes no event."""
    known = _resolved(schema, at)
    properties = known.get("properties") if isinstance(known, dict) else None
    if not isinstance(properties, dict) or "data" not in properties or not _OF_EVENTS.issuperset(properties):
        return None
    data = _resolved(properties["data"], at)
    kind = str(data.get("contentMediaType", "")) if isinstance(data, dict) else ""
    if kind.partition(";")[0] == "application/json" or kind.endswith("+json"):
        return {"allOf": [data["contentSchema"]]} if "contentSchema" in data else {}
    return properties["data"]


def _json(schema: Any, at: Callable[[str], Any]) -> Any:
    """A schema of JSON; None where the value is text, or nothing is said of it."""
    known = _resolved(schema, at)
    return None if known in (None, True, {}) or (isinstance(known, dict) and known.get("type") == "string") else schema


def _resolved(schema: Any, at: Callable[[str], Any]) -> Any:
    for _ in range(32):
        if not (isinstance(schema, dict) and isinstance(schema.get("$ref"), str)):
            break
        schema = at(schema["$ref"])
    return schema
