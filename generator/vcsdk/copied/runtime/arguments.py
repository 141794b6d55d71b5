"""Arguments are checked against the description before anything is sent."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from .errors import ArgumentError
from .nested import located
from .operation import Operation
from .secret import dec_hook, enc_hook
from .unsendable import refuse_unsendable

_MISSING = re.compile(r"^Object missing required field `(?P<field>[^`]*)`$")


def checked(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that are there, converted to their declared types; None and UNSET mean absent.

    Raises ArgumentError naming the argument if one is missing, unknown or does not fit.
    """
    values = {}
    for name, value in arguments.items():
        parameter = operation.by_name.get(name)
        if parameter is None:
            raise ArgumentError(f"{name}: {operation.name} has no such argument")
        if value is None or value is msgspec.UNSET:
            continue
        try:
            values[name] = _converted(value, parameter.type)
            if not isinstance(values[name], str | int):
                refuse_unsendable(values[name], name)
        except (msgspec.ValidationError, RecursionError) as error:
            raise ArgumentError(explain(error, name)) from None
    for parameter in operation.parameters:
        if parameter.required and parameter.name not in values:
            raise ArgumentError(f"{parameter.name}: required, but missing")
    return values


def _converted(value: Any, kind: Any) -> Any:
    try:
        return msgspec.convert(value, kind, dec_hook=dec_hook)
    except msgspec.ValidationError:
        if not _is_foreign(value):
            raise
    # An enumeration or a model of another package is no instance of ours; as JSON both are the same.
    return msgspec.convert(msgspec.to_builtins(value, enc_hook=enc_hook, str_keys=True), kind, dec_hook=dec_hook)


def _is_foreign(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_is_foreign, value))
    return isinstance(value, msgspec.Struct | enum.Enum) or hasattr(type(value), "__encode__")


def explain(error: Exception, root: str = "", model: Any = None) -> str:
    """Msgspec's message with the argument in front: `planned: expected bool, got str`.

    `root` names the value that was checked; "" where its own fields are the arguments, whose Python names `model`
    knows.
    """
    said, path, key = located(error)
    missing = _MISSING.match(said)
    if missing:
        path, said = f"{path}.{missing['field']}", "required, but missing"
    said = said.replace("`", "")
    where = root + path if root else _python_path(path.lstrip("."), model)
    return f"{where or 'body'}: {'a key: ' if key else ''}{said[:1].lower()}{said[1:]}"


def _python_path(path: str, model: Any) -> str:
    first, dot, rest = path.partition(".")
    wire = getattr(model, "__struct_encode_fields__", ())
    bare, bracket, index = first.partition("[")
    if bare in wire:
        bare = model.__struct_fields__[wire.index(bare)]
    return bare + bracket + index + dot + rest
