"""Other forms of a normalised document."""

from __future__ import annotations

from typing import Any

from vcsdk.load.document import Document
from vcsdk.load.grammar import operations_in, put
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
    keys = vendor_keys(document)
    view = {
        keys[key]: _without(item, _constants(document, key)) if keys[key] != key else item
        for key, item in paths.items()
    }
    return {**document.data, "paths": view}


def vendor_keys(document: Document) -> dict[str, str]:
    """The key in the vendor's view by path key: with its constants, or as it is where that would be another's.

    A parameter that tells requests apart by being there has no value that could stand in a key: beside a twin without
    it, such a request keeps the key with the fragment.
    """
    paths = document.data["paths"]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in paths:
        vendor = document.vendor_paths.get(key)
        written = key
        if vendor is not None:
            path, _, parts = split_key(vendor)
            constants = _constants(document, key)
            query = "&".join(part.text for part in parts if part.key in constants)
            written = path + (f"?{query}" if query else "")
        found[key] = key if written in taken or (written in paths and written != key) else written
        taken.add(found[key])
    return found


def _constants(document: Document, key: str) -> set[str]:
    """The names that normalisation made constants of, those without a value that no parameter declares included."""
    vendor = document.vendor_paths.get(key)
    parts = split_key(vendor)[2] if vendor is not None else []
    return {part.key for part in parts if part.is_constant} | _constants_without_value(document.data["paths"][key])


def _constants_without_value(item: dict[str, Any]) -> set[str]:
    """Names alone in the key that no parameter declares."""
    if not isinstance(item, dict):
        return set()
    operations = [operation for _, operation in operations_in(item) if isinstance(operation, dict)]
    declared = (p for holder in (item, *operations) for p in holder.get("parameters", ()) if isinstance(p, dict))
    return {
        p["name"] for p in declared if p.get("in") == "query" and p.get("schema") == {"type": "string", "enum": [""]}
    }


def _without(item: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """A path item without the query parameters of these names."""
    view = dict(item)
    if "parameters" in item:
        view["parameters"] = [p for p in item["parameters"] if not _is_query(p, names)]
    for tokens, operation in operations_in(item):
        if isinstance(operation, dict) and "parameters" in operation:
            kept = [p for p in operation["parameters"] if not _is_query(p, names)]
            view = put(view, tokens, {**operation, "parameters": kept})
    return view


def _is_query(parameter: dict[str, Any], names: set[str]) -> bool:
    return parameter.get("in") == "query" and parameter.get("name") in names
