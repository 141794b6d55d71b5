"""What stands between the values of a list: `collectionFormat` of Swagger 2.0, of which OpenAPI 3 kept only a part.

What OpenAPI 3 has no style for stands beside one that it has, in an extension, so that the description stays one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

FORMATS = ("csv", "ssv", "tsv", "pipes", "multi")

SEPARATED = "x-collectionFormat"
"""The extension that keeps what OpenAPI 3 has no word for."""
_STYLES = {"ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}
_OF_3 = {("query", "ssv"), ("query", "pipes")}


def styled(node: Mapping[str, Any], place: str) -> dict[str, Any]:
    """`style` and `explode` of a list of Swagger 2.0, with what they cannot say; `place` is "query" for forms, too.

    A word that is none is the style: the check of styles names it.
    """
    written = str(node.get("collectionFormat", "csv"))
    usual = "form" if place in ("query", "cookie") else "simple"
    if written == "multi":
        return {"style": "form", "explode": True}
    if (place, written) in _OF_3:
        return {"style": _STYLES[written], "explode": False}
    if written in _STYLES:
        return {"style": usual, "explode": False, SEPARATED: written}
    return {"style": usual if written == "csv" else written, "explode": False}


def format_of(node: Mapping[str, Any]) -> str:
    """The `collectionFormat` that the style of a parameter or a field stands for."""
    if node.get("explode") is True:
        return "multi"
    styles = {style: written for written, style in _STYLES.items()}
    return str(node.get(SEPARATED) or styles.get(str(node.get("style")), "csv"))


def inner_formats(schema: Any) -> Iterator[tuple[str, str]]:
    """For each list inside of a list of 2.0 what stands between its values, and the pointer to it from `schema`."""
    pointer = ""
    while isinstance(schema, Mapping) and isinstance(items := schema.get("items"), Mapping):
        pointer, schema = f"{pointer}/items", items
        if SEPARATED not in items:
            return
        yield str(items[SEPARATED]), pointer


def inner_styles(schema: Any) -> tuple[str, ...]:
    """The styles of the lists inside of a list of 2.0, from the outside in; () where nothing says how they travel."""
    return tuple(_STYLES.get(written, "simple") for written, _ in inner_formats(schema))


def style_of(node: Mapping[str, Any], usual: str) -> str:
    """The style of a parameter or a field: one of OpenAPI 3, or one by which lists of 2.0 travel; `usual` if unsaid."""
    kept = node.get(SEPARATED)
    return _STYLES[kept] if isinstance(kept, str) and kept in _STYLES else str(node.get("style") or usual)
