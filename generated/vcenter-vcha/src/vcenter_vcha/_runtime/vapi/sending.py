"""Values as the older form of vCenter's API (`/rest`) takes them: maps as lists of pairs."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from ..choice import Choice
from .pairs import Pairs


def as_pairs(value: Any, kind: Any) -> Any:
    """A JSON value that fits a type, with the maps that travel as lists of pairs written so.

    Args:
        value: Such maps are objects in it, or lists of pairs already.
        kind: The declared type.
    """
    if isinstance(kind, type) and issubclass(kind, Choice):
        kind = kind.__member__(value)
    origin: Any = get_origin(kind)
    args: tuple[Any, ...] = get_args(kind)
    if origin is Annotated:
        return as_pairs(value, args[0])
    if origin in (UnionType, Union):
        # JSON tells the members of such a union apart, so that one of them at most has anything to write.
        for member in args if value is not None else ():
            value = as_pairs(value, member)
        return value
    if origin is Pairs:
        if isinstance(value, dict):
            keys = [msgspec.to_builtins(msgspec.convert(name, args[0], strict=False)) for name in value]
            value = [{"key": key, "value": item} for key, item in zip(keys, value.values(), strict=True)]
        return [{**pair, "value": as_pairs(pair["value"], args[1])} for pair in value]
    if isinstance(value, list):
        return [as_pairs(item, args[0]) for item in value] if origin is list else value
    if not isinstance(value, dict):
        return value
    if origin is dict:
        return {name: as_pairs(item, args[1]) for name, item in value.items()}
    fields, more = _fields(kind)
    return {name: as_pairs(item, fields.get(name, more)) for name, item in value.items()}


@cache
def _fields(kind: Any) -> tuple[dict[str, Any], Any]:
    """The types of a model's properties by wire name, and that of all others; Any where the type is no model."""
    model = getattr(kind, "__known__", kind)
    if not (isinstance(model, type) and issubclass(model, msgspec.Struct)):
        return {}, Any
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(model)}
    return fields, get_args(fields.pop(" "))[1] if " " in fields else Any
