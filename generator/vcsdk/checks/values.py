"""Whether a value of a description (a default, an enum value) is of a schema's type."""

from __future__ import annotations

from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """True if the value is of one of the schema's types, or the schema gives none that is known."""
    types = schema.get("type")
    names = types if isinstance(types, list) else [types]
    if value is None and (schema.get("nullable") is True or "null" in names):
        return True
    known = [name for name in names if isinstance(name, str) and name in _TYPES]
    return not known or any(_is(value, name) for name in known)


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])
