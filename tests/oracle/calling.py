"""Calls methods of a generated package with JSON values.  Free of the toolkit: it also runs where that is missing."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

ABSENT: Any = object()


class Given(NamedTuple):
    """A method and JSON values for it.

    `module` and `constant` say where its `Operation` is, `keywords` are (name, source, wire name) in the sources of
    `ir.Argument`, `parameters` go by (location, wire name); `body` is ABSENT where there is none.
    """

    method: str
    module: str
    constant: str
    keywords: list[tuple[str, str, str]]
    parameters: dict[tuple[str, str], Any]
    body: Any


def constant(package: str, given: Given) -> Any:
    """The `Operation` that the synchronous and the asynchronous method share."""
    return getattr(importlib.import_module(f"{package}.{given.module}"), given.constant)


def method(client: Any, path: str) -> Any:
    """The method at a Python path."""
    for name in path.split("."):
        client = getattr(client, name)
    return client


def keywords(package: str, given: Given) -> Iterator[tuple[str, Any]]:
    """Names and values of what a caller would write, the values as models."""
    dec_hook = importlib.import_module(f"{package}._runtime.secret").dec_hook
    operation = constant(package, given)
    kinds = {parameter.name: parameter.type for parameter in operation.parameters}
    body = ABSENT
    if given.body is not ABSENT:
        first = operation.body[0] if isinstance(operation.body, tuple) else operation.body
        body = msgspec.convert(given.body, first.type, dec_hook=dec_hook)
    for name, source, wire in given.keywords:
        if source == "body":
            value = body
        elif source == "field":
            value = _member(body, wire)
        else:
            raw = given.parameters.get((source, wire), ABSENT)
            value = ABSENT if raw is ABSENT else msgspec.convert(raw, kinds[name], dec_hook=dec_hook)
        if value is not ABSENT:
            yield name, value


def _member(body: Any, wire_name: str) -> Any:
    if body is ABSENT:
        return ABSENT
    if isinstance(body, dict):
        return body.get(wire_name, ABSENT)
    names = dict(zip(body.__struct_encode_fields__, body.__struct_fields__, strict=True))
    value = getattr(body, names[wire_name])
    return ABSENT if value is None else value
