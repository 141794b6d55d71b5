"""How the properties of a form travel: the Encoding Object, and what a schema says itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vcsdk.build.scalars import only_value
from vcsdk.ir import Part
from vcsdk.ir.media import is_json
from vcsdk.load.collection_format import inner_styles, style_of

_STYLED = ("style", "explode", "allowReserved")


def part(
    name: str, entry: Mapping[str, Any], named: str | None, value: Any, deref: Callable[[Any, str], tuple[str, Any]]
) -> Part:
    """The part of a property; `named` is the media type that its schema, `value`, says; `deref` follows references.

    With a style the content type counts for nothing (OpenAPI 3.1.1, "Encoding Object"); of several the first counts.
    """
    if any(word in entry for word in _STYLED):
        style = style_of(entry, "form")
        explode = entry.get("explode", style == "form") is True
        reserved = entry.get("allowReserved") is True
        return Part(name, style=style, explode=explode, inner=inner_styles(value), allow_reserved=reserved)
    given = str(entry["contentType"]).partition(",")[0].strip() if "contentType" in entry else None
    if given is not None and "*" in given:
        given = None  # a range leaves it to the caller
    headers = []
    for header, node in (entry.get("headers") or {}).items():
        found = deref(node, "")[1]
        value = only_value(found.get("schema")) if isinstance(found, dict) else None
        if value is not None and header.lower() != "content-type":
            headers.append((str(header), value))
    return Part(
        name,
        given or named,
        headers=tuple(headers),
        verbatim=given is None and named is not None and is_json(named),
    )
