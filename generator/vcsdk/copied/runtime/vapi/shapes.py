"""Two shapes of an answer: bare (`/api`), and `{"value": …}` with maps as `[{key, value}]` lists (`/rest`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import inspect as shape

from ..choice import Choice
from ..operation import Answer, enveloped
from ..secret import dec_hook
from .pairs import Pairs

_ENVELOPE = re.compile(rb'\s*\{\s*"value"\s*:')


def decode(answer: Answer, content: bytes) -> Any:
    """Decode a body in either shape; the described one is tried first where it can be meant.

    A struct whose fields are all optional would swallow the envelope and come out empty; so an envelope is opened
    first where the declared type has no field `value`.  Raises msgspec.ValidationError or DecodeError, with the place
    in the document that came.
    """
    kind = answer.type
    wrapped = _ENVELOPE.match(content) is not None
    if wrapped and not answer.envelope and _cannot_hold_value(kind):
        raw = msgspec.json.decode(content)
        if set(raw) == {"value"}:
            return fit(raw, enveloped(kind)).value
    try:
        found = answer.decoder.decode(content)
        return found.value if answer.envelope else found
    except msgspec.ValidationError:
        raw = msgspec.json.decode(content)
        if wrapped and set(raw) == {"value"}:
            return fit(raw, enveloped(kind)).value
        return fit(raw, kind)


def fit(raw: Any, kind: Any) -> Any:
    """Convert a JSON value; maps may be objects or lists of `{key, value}`.  Raises ValidationError."""
    try:
        return msgspec.convert(raw, kind, dec_hook=dec_hook)
    except msgspec.ValidationError:
        bent = _bend(raw, shape.type_info(kind))
        if bent == raw:
            raise
        return msgspec.convert(bent, kind, dec_hook=dec_hook)


def _cannot_hold_value(kind: Any) -> bool:
    """True for a struct without a field `value`, and for a union of such structs and scalars."""
    members = list(_members(kind))
    fields = [found for member in members if (found := _fields(member)) is not None]
    maps = any((get_origin(member) or member) in (dict, Pairs, Any) for member in members)
    return bool(fields) and not maps and not any("value" in found for found in fields)


def _members(kind: Any) -> Iterator[Any]:
    if isinstance(kind, UnionType) or get_origin(kind) is Union:
        for member in get_args(kind):
            yield from _members(member)
    elif isinstance(kind, type) and issubclass(kind, Choice):
        for member in kind.members():
            yield from _members(member)
    else:
        yield kind


def _fields(kind: Any) -> Collection[str] | None:
    """The wire names that a struct or an `OpenModel` declares; None for anything else."""
    found: Collection[str] | None = getattr(kind, "__struct_encode_fields__", None)
    return getattr(kind, "__names__", None) if found is None else found


def _bend(raw: Any, info: shape.Type) -> Any:
    """Turn lists of `{key, value}` into maps where the type says map, and the other way round.

    Guided by the data, so it ends.
    """
    if isinstance(info, shape.UnionType):
        for member in info.types:
            bent = _bend(raw, member)
            if bent is not raw and bent != raw:
                return bent
        return raw
    if isinstance(info, shape.DictType):
        if _is_pairs(raw):
            return {pair["key"]: _bend(pair["value"], info.value_type) for pair in raw}
        if isinstance(raw, dict):
            return {key: _bend(value, info.value_type) for key, value in raw.items()}
    if isinstance(info, shape.CustomType) and get_origin(info.cls) is Pairs:
        inner = shape.type_info(get_args(info.cls)[1])
        if _is_pairs(raw):
            return [{**pair, "value": _bend(pair["value"], inner)} for pair in raw]
        if isinstance(raw, dict):
            return {key: _bend(value, inner) for key, value in raw.items()}
    if isinstance(info, shape.StructType) and isinstance(raw, dict):
        types = {field.encode_name: field.type for field in info.fields}
        return {key: _bend(value, types[key]) if key in types else value for key, value in raw.items()}
    if isinstance(info, shape.ListType) and isinstance(raw, dict) and _is_pair(info.item_type):
        raw = [{"key": key, "value": value} for key, value in raw.items()]
    if isinstance(info, shape.ListType) and isinstance(raw, list):
        return [_bend(item, info.item_type) for item in raw]
    return raw


def _is_pair(info: shape.Type) -> bool:
    return isinstance(info, shape.StructType) and {field.encode_name for field in info.fields} == {"key", "value"}


def _is_pairs(raw: Any) -> bool:
    return isinstance(raw, list) and all(
        isinstance(pair, dict) and set(pair) == {"key", "value"} and isinstance(pair["key"], str | int) for pair in raw
    )
