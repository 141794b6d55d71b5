"""Python."""

from __future__ import annotations

import keyword
import math

_REPR_IS_LITERAL = frozenset({str, int, bool, bytes, type(None)})


def literal(value: object) -> str:
    """A Python expression for a JSON value, bytes or a tuple of such; invisible characters are escaped.

    Raises:
        TypeError: The value is of another type.
    """
    if type(value) in _REPR_IS_LITERAL:
        return repr(value)
    match value:
        case int():
            return int.__repr__(value)
        case float():
            return float.__repr__(value) if math.isfinite(value) else f'float("{value}")'
        case str():
            # A subclass (an enum member) could bring its own repr.
            return str.__repr__(value)
        case bytes():
            return bytes.__repr__(value)
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case tuple():
            return "(" + "".join(literal(item) + ", " for item in value) + ")"
        case dict():
            return "{" + ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items()) + "}"
    raise TypeError(f"no literal for a value of type {type(value).__name__}")


def identifier(name: str) -> str:
    """The name itself, once it is sure to be one Python identifier; settles nothing, naming has done that.

    Raises:
        ValueError: It is not an identifier, or a reserved word.
    """
    if not name.isidentifier() or keyword.iskeyword(name):
        raise ValueError(f"{name!r} is not a Python identifier")
    return name
