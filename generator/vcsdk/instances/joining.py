"""One flat schema of several that are all to hold, keyword by keyword (JSON Schema 2020-12)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

_LEAST = frozenset(("minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum"))
_MOST = frozenset(("maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum"))
_MAPS = frozenset(("properties", "patternProperties"))
_SINGLE = frozenset(("items", "additionalProperties", "propertyNames", "unevaluatedProperties", "unevaluatedItems"))


class Mark(str):
    """A key of our own in a flat schema, which equals no key that a description can have, however that is spelled."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other


def merge(flat: dict[str, Any], other: Mapping[str, Any]) -> None:
    """Make a flat schema hold what another one says, too; of what cannot be joined the first stays."""
    for key, value in other.items():
        if key == "required" and isinstance(value, list):
            flat[key] = [*flat.get(key, ()), *value]
        elif key == "allOf":
            # Conditions: whoever makes a value takes them apart.
            flat[key] = [*flat.get(key, ()), *(each for each in value if each not in flat.get(key, ()))]
        elif key not in flat:
            flat[key] = value
        elif flat[key] != value:
            _join(flat, key, value)


def _join(flat: dict[str, Any], key: str, value: Any) -> None:
    mine = flat[key]
    if key in _MAPS and isinstance(mine, dict) and isinstance(value, dict):
        both = {name: _both(mine[name], value[name]) for name in mine if name in value}
        flat[key] = {**value, **mine, **both}
    elif key in _SINGLE:
        flat[key] = _both(mine, value)
    elif key == "prefixItems" and isinstance(mine, list) and isinstance(value, list):
        longer = mine if len(mine) > len(value) else value
        flat[key] = [_both(*pair) for pair in zip(mine, value, strict=False)] + longer[min(len(mine), len(value)) :]
    elif key == "enum" and isinstance(value, list):
        flat[key] = [member for member in mine if member in value]
    elif key == "type":
        flat[key] = _kinds(mine, value)
    elif key in ("oneOf", "anyOf"):
        flat["allOf"] = [*flat.get("allOf", ()), {key: value}]
    elif _is_number(mine) and _is_number(value):
        _narrow(flat, key, value)
    elif key == "uniqueItems":
        flat[key] = True


def _narrow(flat: dict[str, Any], key: str, value: float) -> None:
    if key in _LEAST:
        flat[key] = max(flat[key], value)
    elif key in _MOST:
        flat[key] = min(flat[key], value)
    elif key == "multipleOf" and isinstance(flat[key], int) and isinstance(value, int):
        flat[key] = math.lcm(flat[key], value)


def is_nothing(schema: Any) -> bool:
    """Whether no value fits a schema, as far as its spelling tells: `false`, or what it stands for."""
    return schema is False or schema in ({"not": {}}, {"not": True})


def _both(one: Any, other: Any) -> Any:
    if one == other or other in (True, {}):
        return one
    if one in (True, {}):
        return other
    return False if is_nothing(one) or is_nothing(other) else {"allOf": [one, other]}


def _kinds(one: Any, other: Any) -> Any:
    """The types that both name; the first's where there are none, for whoever judges the value to refuse."""
    mine, others = ([each] if isinstance(each, str) else each for each in (one, other))
    if not isinstance(mine, list) or not isinstance(others, list):
        return one
    kept = [kind for kind in mine if kind in others or (kind == "integer" and "number" in others)]
    kept += ["integer"] if "number" in mine and "integer" in others and "integer" not in mine else []
    return one if not kept else kept[0] if len(kept) == 1 else kept


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
