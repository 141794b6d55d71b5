"""Listed values: `enum`, and alternatives that are constants."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vcsdk.build.compose import assertions
from vcsdk.build.markup import readable
from vcsdk.ir import ANY, Array, Constant, Kind, Map, Scalar, Type
from vcsdk.ir.limits import is_64_bit

_LISTING = frozenset(("const", "enum", "type"))


def distinct(values: Iterable[Any]) -> list[Any]:
    """The values without null, each once; `true` is not 1."""
    return list({json.dumps(value, sort_keys=True): value for value in values if value is not None}.values())


def as_typed(values: Iterable[Any], types: Sequence[str]) -> list[Any]:
    """The values; what is written as `1.0` is 1 where only integers may stand (JSON Schema 2020-12, 4.2.3)."""
    whole = "integer" in types and "number" not in types
    return [int(v) if whole and isinstance(v, float) and v.is_integer() else v for v in values]


def kinds_of(values: Iterable[Any]) -> tuple[Type, ...]:
    """The types of JSON that values are of, in their order."""
    return tuple(dict.fromkeys(_kind_of(value) for value in values))


def constant(value: Any) -> Type:
    """The type of one value; of what no `Literal` can hold, that of its kind."""
    if isinstance(value, dict | list):
        return ANY
    return _kind_of(value) if isinstance(value, int) and not is_64_bit(value) else Constant(value)


def of_constants(schema: Mapping[str, Any], keyword: str) -> dict[str, Any] | None:
    """The same as an `enum`, where all alternatives are constants, each with its description; None for any other."""
    options = schema[keyword]
    if assertions(schema) - {keyword, "type"} or not all(map(_lists, options)):
        return None
    values: list[Any] = []
    described: dict[Any, str] = {}
    for option in options:
        listed = [None] if option.get("type") == "null" else [option["const"]] if "const" in option else option["enum"]
        values += listed
        text = readable(str(option.get("description") or option.get("title") or ""))
        if text and len(listed) == 1 and isinstance(listed[0], str | int):
            described[listed[0]] = text
    if all(value is None for value in values):
        return None
    return {**schema, "enum": values, "x-enum-descriptions": described}


def _lists(option: Any) -> bool:
    if not isinstance(option, dict) or assertions(option) - _LISTING:
        return False
    return option.get("type") == "null" or "const" in option or "enum" in option


def _kind_of(value: Any) -> Type:
    if isinstance(value, bool):
        return Scalar(Kind.BOOLEAN)
    if isinstance(value, dict):
        return Map(ANY)
    if isinstance(value, list):
        return Array(ANY)
    if isinstance(value, str):
        return Scalar(Kind.STRING)
    return Scalar(Kind.INTEGER if isinstance(value, int) else Kind.NUMBER)
