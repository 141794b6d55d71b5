"""Other forms of a normalised document."""

from __future__ import annotations

from typing import Any

from vcsdk.load.document import Document
from vcsdk.load.grammar import METHODS
from vcsdk.normalize.query_key import split_key


def vendor_view(document: Document) -> dict[str, Any]:
    """The document with the constants of the query back in the path keys, as the vendor writes them.

    The parameters that normalisation made of them are left out again; everything else is mended and stays so.  The
    order is the document's, so that dumping it twice gives the same text.  Nodes that do not differ are shared with
    `document.data`: dump the view, do not change it.
    """
    paths = document.data.get("paths")
    if not document.vendor_paths or not isinstance(paths, dict):
        return document.data
    view: dict[str, Any] = {}
    for key, item in paths.items():
        vendor = document.vendor_paths.get(key)
        path, _, parts = split_key(vendor or "")
        constants = [part for part in parts if part.is_constant]
        written = path + ("?" + "&".join(part.text for part in constants) if constants else "")
        if vendor is None or written in view or (written in paths and written != key):
            view[key] = item
        else:
            view[written] = _without(item, {part.key for part in constants})
    return {**document.data, "paths": view}


def _without(item: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """A path item without the query parameters of these names."""
    view = dict(item)
    if "parameters" in item:
        view["parameters"] = [p for p in item["parameters"] if not _is_query(p, names)]
    for method in METHODS:
        if isinstance(item.get(method), dict) and "parameters" in item[method]:
            kept = [p for p in item[method]["parameters"] if not _is_query(p, names)]
            view[method] = {**item[method], "parameters": kept}
    return view


def _is_query(parameter: dict[str, Any], names: set[str]) -> bool:
    return parameter.get("in") == "query" and parameter.get("name") in names
