"""Reads a parameter's text by its style (OpenAPI 3.0.3, "Style Values"): the lists and objects that it stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_BETWEEN = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}


def kinds_of(schema: Any, follow: Callable[[Any], Any], depth: int = 0) -> frozenset[str]:
    """The types that a schema names, its compositions included; `follow` gives what a reference leads to."""
    schema = follow(schema)
    if not isinstance(schema, dict) or depth > 8:
        return frozenset()
    named = schema.get("type", ())
    found = frozenset({named} if isinstance(named, str) else named)
    parts = (part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, ()))
    return found.union(*(kinds_of(part, follow, depth + 1) for part in parts))


def unstyled(value: Any, parameter: dict[str, Any], follow: Callable[[Any], Any]) -> Any:
    """The list or the object of texts that a text in a style stands for; all else as it is."""
    kinds = kinds_of(parameter.get("schema"), follow) & {"array", "object"}
    if not isinstance(value, str) or not kinds or "content" in parameter:
        return value
    place, name = parameter.get("in"), str(parameter.get("name"))
    style = str(parameter.get("style") or ("form" if place in ("query", "cookie") else "simple"))
    explode = parameter.get("explode", style == "form") is True
    pieces = _pieces(value, name, style, explode)
    if "array" in kinds:
        return pieces
    if explode:
        return dict(piece.partition("=")[::2] for piece in pieces)
    return dict(zip(pieces[::2], pieces[1::2], strict=False))


def _pieces(text: str, name: str, style: str, explode: bool) -> list[str]:
    if style == "matrix" and explode:
        return [piece.removeprefix(f"{name}=") for piece in text.removeprefix(";").split(";")]
    if style == "form" and explode:
        return [text]
    if style == "label":
        return text.removeprefix(".").split("." if explode else ",")
    return text.removeprefix(f";{name}=" if style == "matrix" else "").split(_BETWEEN.get(style, ","))
