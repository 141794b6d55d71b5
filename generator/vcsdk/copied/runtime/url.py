"""Path and query of a request, built once and byte for byte by ourselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import ArgumentError
from .operation import Operation
from .serialize import path_text, query_pairs


def path_and_query(operation: Operation, values: Mapping[str, Any], extra: list[tuple[str, str]]) -> str:
    """Path and query of a call: constants first, then declared parameters in order, then `extra` (already encoded).

    `values` is keyed by Python argument and holds checked values.
    """
    path = "".join(
        part if isinstance(part, str) else _path_value(part, values[part.name]) for part in operation.segments
    )
    pairs: list[tuple[str, str]] = []
    for parameter in operation.parameters:
        if parameter.location == "query" and parameter.name in values:
            pairs += query_pairs(parameter, values[parameter.name])
    query = "&".join((*operation.constants, *(f"{key}={value}" for key, value in (*pairs, *extra))))
    return f"{path}?{query}" if query else path


def _path_value(parameter: Any, value: Any) -> str:
    written = path_text(parameter, value)
    if written in ("", ".", ".."):
        # Servers and proxies drop or resolve such a segment, and the request would mean another operation.
        raise ArgumentError(f"{parameter.name}: {value!r} cannot stand in a path")
    return written
