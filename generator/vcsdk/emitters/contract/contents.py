"""Bodies that are no JSON, as they go on the wire: forms, texts, bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote_plus

import msgspec

from vcsdk.emitters.contract.candidates import chosen, fuller
from vcsdk.emitters.contract.fitting import Fits
from vcsdk.emitters.contract.smallest import NoValueError
from vcsdk.emitters.contract.styled import filled_list, joined
from vcsdk.ir import Array, Body, Json, Kind, Media, Part, Scalar, Schema, Struct, Type
from vcsdk.ir.finite import all_fields
from vcsdk.ir.media import essence, is_form, is_json, is_xml
from vcsdk.ir.resolving import resolve

_BOUNDARY = "boundary-of-the-suite"
_BYTES = b"example"


class Content(msgspec.Struct, frozen=True):
    """A body and its content type."""

    content_type: str
    content: bytes


def content_of(body: Body, schemas: Mapping[str, Schema], fits: Callable[[Media], Fits]) -> Content | None:
    """A body in the first of its content types that one can be made up in; None where the body is JSON, or none can.

    XML is not written: what a schema means there is another matter.
    """
    if any(is_json(media.content_type) for media in body.content):
        return None
    return next(filter(None, (_content(media, schemas, fits(media)) for media in body.content)), None)


def _content(media: Media, schemas: Mapping[str, Schema], fits: Fits) -> Content | None:
    name = essence(media.content_type)
    if name.startswith("multipart/") or is_form(name):
        return _form(media, schemas, fits)
    if is_xml(name):
        return None
    if isinstance(media.example, str) and fits(media.example):
        return Content(_concrete(name), media.example.encode())
    if name in ("*/*", "application/*", "text/*") or (name.startswith("text/") and media.type is not None):
        try:
            value = chosen(media, schemas, fits)
        except NoValueError:
            return None
        if not name.startswith("text/"):
            return Content("application/json", json.dumps(value).encode())
        return Content(_concrete(name), (value if isinstance(value, str) else json.dumps(value)).encode())
    return Content(_concrete(name), _BYTES)


def _concrete(name: str) -> str:
    kind, _, subtype = name.partition("/")
    if subtype != "*":
        return name
    return {"text": "text/plain", "image": "image/png"}.get(kind, "application/octet-stream")


def _form(media: Media, schemas: Mapping[str, Schema], fits: Fits) -> Content | None:
    """A form of fields that have no style of their own, or are lists in one."""
    styled = {part.name: part for part in media.encoding if part.style or part.explode is not None}
    if any(part.headers for part in media.encoding) or media.type is None:
        return None
    try:
        value = chosen(media, schemas, fits)
        if value in ({}, []):
            # A form without a field is none in multipart (RFC 2046, 5.1.1).
            value = fuller(media.type, schemas, 1)
        value = _told(value, media.type, schemas)
    except NoValueError:
        return None
    if not isinstance(value, dict) or not value or not fits(value):
        return None
    written = [*_fields(value, styled)]
    fields = [(name, text) for name, text in written if text is not None]
    if not fields or len(fields) < len(written):
        return None
    if is_form(media.content_type) and not essence(media.content_type).startswith("multipart/"):
        text = "&".join(f"{quote_plus(name)}={quote_plus(text)}" for name, text in fields)
        return Content(essence(media.content_type), text.encode())
    types = {part.name: part.content_type for part in media.encoding}
    files = _files(media, schemas)
    parts = [_part(name, text, types.get(name), name in files) for name, text in fields]
    closing = f"--{_BOUNDARY}--\r\n"
    return Content(f"{essence(media.content_type)}; boundary={_BOUNDARY}", ("".join(parts) + closing).encode())


def _told(value: Json, type_: Type, schemas: Mapping[str, Schema]) -> Json:
    """A form with an item in each list that must be there: a list without items is no field, and so is not there."""
    struct = resolve(type_, schemas)
    if not isinstance(value, dict) or not isinstance(struct, Struct):
        return value
    lists = {field.wire_name: field.type for field in all_fields(struct, schemas) if field.required}
    return {name: filled_list(each, lists[name], schemas) if name in lists else each for name, each in value.items()}


def _files(media: Media, schemas: Mapping[str, Schema]) -> frozenset[str]:
    """The fields that are files, or lists of them."""
    struct = resolve(media.type, schemas) if media.type is not None else None
    found = set()
    for field in all_fields(struct, schemas) if isinstance(struct, Struct) else ():
        meant = resolve(field.type, schemas)
        meant = resolve(meant.items, schemas) if isinstance(meant, Array) else meant
        if isinstance(meant, Scalar) and meant.kind is Kind.BINARY:
            found.add(field.wire_name)
    return frozenset(found)


def _fields(value: Mapping[str, Json], styled: Mapping[str, Part]) -> Iterator[tuple[str, str | None]]:
    """Name and text of each field, None for a text that cannot be written: an object in a style."""
    for name, member in value.items():
        if (part := styled.get(name)) is not None:
            exploded = isinstance(member, list) and part.explode
            for each in member if exploded else [member]:
                yield name, joined(each, part.inner if exploded else (part.style or "form", *part.inner))
            continue
        for each in member if isinstance(member, list) else [member]:
            yield name, each if isinstance(each, str) else json.dumps(each)


def _part(name: str, text: str, content_type: str | None, is_file: bool) -> str:
    said = content_type or ("application/octet-stream" if is_file else "application/json" if text[:1] == "{" else "")
    lines = [f'Content-Disposition: form-data; name="{name}"' + ('; filename="example"' if is_file else "")]
    lines += [f"Content-Type: {said.partition(',')[0].strip()}"] if said else []
    return "\r\n".join((f"--{_BOUNDARY}", *lines, "", text, ""))
