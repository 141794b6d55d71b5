"""Types in a record: `list[VmInfo] | None`, with `string()` for a scalar and the released names of classes.

Constraints, which no name depends on, are left out.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from vcsdk.ir import Array, Constant, Kind, Map, Nullable, Ref, Scalar, Type, Union


def written(type_: Type, names: Mapping[str, str]) -> str:
    """The text of a type, "" for one that no text holds; `names` are the classes of schemas by key."""
    try:
        return _written(type_, names)
    except KeyError:
        return ""


def _written(type_: Type, names: Mapping[str, str]) -> str:
    match type_:
        case Scalar(kind):
            return f"{kind.name}()"
        case Constant(value):
            return repr(value)
        case Ref(key):
            return names[key]
        case Array(items):
            return f"list[{_written(items, names)}]"
        case Map(values, _, None):
            return f"dict[{_written(values, names)}]"
        case Map(values, _, keys) if keys is not None:
            return f"pairs[{_written(keys, names)}, {_written(values, names)}]"
        case Nullable(inner):
            return f"nullable[{_written(inner, names)}]"
        case Union(members, None):
            return f"union[{', '.join(_written(member, names) for member in members)}]"
    raise KeyError(type_)


def read(text: str, keys: Mapping[str, str]) -> Type | None:
    """The type that a text holds, None where one of its classes is nowhere; `keys` are those of schemas by name."""
    try:
        return _read(ast.parse(text, mode="eval").body, keys)
    except (KeyError, SyntaxError, ValueError):
        return None


def _read(node: ast.expr, keys: Mapping[str, str]) -> Type:
    match node:
        case ast.Call(func=ast.Name(id=kind), args=[], keywords=[]):
            return Scalar(Kind[kind])
        case ast.Constant(value=str() | int() | float() | None as value):
            return Constant(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return Constant(-value)
        case ast.Name(id=name):
            return Ref(keys[name])
        case ast.Subscript(value=ast.Name(id=word), slice=inner):
            parts = [_read(part, keys) for part in (inner.elts if isinstance(inner, ast.Tuple) else [inner])]
            match word, parts:
                case "list", [items]:
                    return Array(items)
                case "dict", [values]:
                    return Map(values)
                case "pairs", [key, values]:
                    return Map(values, keys=key)
                case "nullable", [part]:
                    return Nullable(part)
                case "union", members:
                    return Union(tuple(members))
    raise ValueError(node)
