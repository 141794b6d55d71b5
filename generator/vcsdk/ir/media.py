"""Content types: which of them the generated client sends and reads, and as what."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable

from msgspec.structs import replace

from vcsdk.ir.operations import Body, Media, Response
from vcsdk.ir.types import Array, Json, Kind, Map, Nullable, Ref, Scalar, Type, Union, wire_text

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
MERGE_PATCH = "application/merge-patch+json"
_JSON_LINES = frozenset(
    f"application/{name}"
    for name in ("x-ndjson", "ndjson", "jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "json-lines", "json-seq")
)
WITHOUT_CONTENT = frozenset(("204", "205", "304"))
"""The statuses whose answers have no content, whatever is described (RFC 9110, 15.3.5, 15.3.6 and 15.4.5)."""
BYTES = Scalar(Kind.BINARY)
TEXT = Scalar(Kind.STRING)


@functools.lru_cache(maxsize=256)
def essence(content_type: str) -> str:
    """The media type without its parameters, in lower case (RFC 9110, 8.3.1)."""
    return content_type.partition(";")[0].strip().lower()


def covers(declared: str, given: str) -> bool:
    """Whether a media type is one of a range (RFC 9110, 12.5.1), or the very same; both without parameters."""
    if declared in (given, "*/*"):
        return bool(given)
    return declared.endswith("/*") and given.startswith(declared[:-1])


def is_json(content_type: str) -> bool:
    """Whether a media type carries JSON (RFC 6839 `+json` included)."""
    name = essence(content_type)
    return name in ("application/json", "text/json") or name.endswith("+json")


def parameter_text(value: Json, content_type: str | None) -> str | None:
    """A value as it stands in a parameter, before percent-encoding; None for what only a style could write.

    `content_type` is what the parameter's `content` names, None where it has a `schema`.
    """
    if content_type is not None and is_json(content_type):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return wire_text(value)


def is_xml(content_type: str) -> bool:
    """Whether a media type carries XML (RFC 7303)."""
    name = essence(content_type)
    return name in ("application/xml", "text/xml") or name.endswith("+xml")


def is_form(content_type: str) -> bool:
    """Whether a media type carries named fields."""
    return essence(content_type) in (URLENCODED, MULTIPART)


def is_stream(content_type: str) -> bool:
    """Whether a media type is a sequence of values that are read one by one as they come."""
    return is_event_stream(content_type) or is_json_lines(content_type)


def is_event_stream(content_type: str) -> bool:
    """Whether a media type is that of server-sent events (WHATWG HTML, 9.2)."""
    return essence(content_type) == "text/event-stream"


def is_json_lines(content_type: str) -> bool:
    """Whether a media type is JSON texts, a line each or a record each (RFC 7464)."""
    name = essence(content_type)
    return name in _JSON_LINES or name.endswith("+json-seq")


def is_raw(content_type: str) -> bool:
    """Whether a body of this media type is passed through as text or bytes."""
    return not is_json(content_type) and not is_form(content_type)


def sent(body: Body) -> tuple[Media, ...]:
    """The content types that the client offers to send, the preferred one first, with the types of their values.

    XML is left out where there is another way to say the same: nothing of ours writes XML.
    """
    return tuple(_typed(media) for media in _without_xml(body.content))


def read(response: Response) -> tuple[Media, ...]:
    """The content types that the client asks for and decodes, JSON first, with the types of their values.

    What is not JSON comes as it is, text as `str` and all other as `bytes`, but for streams, whose type is that of one
    value in them; XML is left out where there is another way.
    JSON of which the description says nothing where there can be no content is no value.
    """
    return tuple(
        media if is_stream(media.content_type) else _typed(media)
        for media in _without_xml(response.content)
        if _is_value(media, response.status)
    )


def is_undecoded(media: Media) -> bool:
    """Whether the client passes a value with a structure through as text or bytes."""
    return is_raw(_typed(media).content_type) and _is_structured(media.type)


def _is_value(media: Media, status: str) -> bool:
    return media.type is not None or not (is_json(media.content_type) or status in WITHOUT_CONTENT)


def _without_xml(content: Iterable[Media]) -> tuple[Media, ...]:
    found = tuple(content)
    return tuple(media for media in found if not is_xml(media.content_type)) or found


def _typed(media: Media) -> Media:
    """The medium as the client handles it: any type (`*/*`) with a structured schema is taken for JSON."""
    if not is_raw(media.content_type):
        return media
    if essence(media.content_type) in ("*/*", "application/*") and _is_structured(media.type):
        return replace(media, content_type="application/json")
    return replace(media, type=_raw_type(media))


def _raw_type(media: Media) -> Type:
    type_ = media.type.type if isinstance(media.type, Nullable) else media.type
    name = essence(media.content_type)
    is_text = name.startswith("text/") or is_xml(name)
    if isinstance(type_, Scalar) and type_.kind in (Kind.BINARY, Kind.BYTE):
        return TEXT if name.startswith("text/") else BYTES
    if name == "*/*" and isinstance(type_, Scalar) and type_.kind is not Kind.ANY:
        return TEXT
    return TEXT if is_text else BYTES


def _is_structured(type_: Type | None) -> bool:
    return isinstance(type_, Array | Map | Ref | Union)
