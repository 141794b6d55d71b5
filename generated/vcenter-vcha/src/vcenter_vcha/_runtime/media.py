"""Which kind of content a media type means (RFC 9110, 8.3.1; RFC 6839); parameters are ignored."""

from __future__ import annotations

_LINES = frozenset(
    f"application/{name}"
    for name in ("x-ndjson", "ndjson", "jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "json-lines")
)


def essence(content_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def is_json(content_type: str) -> bool:
    """True for JSON in any of its media types."""
    name = essence(content_type)
    return name in ("application/json", "text/json") or name.endswith("+json")


def is_event_stream(content_type: str) -> bool:
    """True for server-sent events."""
    return essence(content_type) == "text/event-stream"


def is_json_sequence(content_type: str) -> bool:
    """True for JSON texts behind record separators (RFC 7464)."""
    return essence(content_type) == "application/json-seq" or essence(content_type).endswith("+json-seq")


def is_stream(content_type: str) -> bool:
    """True for a sequence of values that are read one by one as they come."""
    return is_event_stream(content_type) or is_json_sequence(content_type) or essence(content_type) in _LINES
