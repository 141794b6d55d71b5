"""Lets everything in a document that names a node follow it to another place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcsdk.load.document import Document
from vcsdk.load.pointer import as_reference, find, from_fragment, join, last, parent
from vcsdk.load.sameness import head, target
from vcsdk.load.walk import Index, walk

_SCHEMAS = "/components/schemas"
_SCHEMES = "/components/securitySchemes"


def apply(document: Document, homes: Mapping[str, str]) -> None:
    """Spell what names a node as its new place has it; the nodes themselves stay where they are.

    `homes` gives the new pointer by the old one: of components, path items, and sections of other kinds.
    """
    if not homes:
        return
    index = walk(document.data, is_31=document.is_31)
    if any(home.startswith(f"{_SCHEMAS}/") for home in homes):
        _keep_values(document.data, index, homes)
    for reference in index.references:
        _follow(reference.node, "$ref", homes)
    for _, link in index.nodes["link"]:
        _follow(link, "operationRef", homes)
    for _, discriminator in index.nodes["discriminator"]:
        mapping = discriminator.get("mapping", {})
        for value, named in mapping.items():
            if isinstance(named, str) and not named.startswith("#") and join(_SCHEMAS, named) in homes:
                mapping[value] = as_reference(join(_SCHEMAS, named))
            _follow(mapping, value, homes)
    for _, requirement in index.nodes["requirement"]:
        renamed = {last(homes.get(join(_SCHEMES, name), f"/{name}")): asked for name, asked in requirement.items()}
        requirement.clear()
        requirement.update(renamed)


def _follow(node: dict[str, Any], key: str, homes: Mapping[str, str]) -> None:
    pointer = target(node[key]) if isinstance(node.get(key), str) else None
    home = homes.get(head(pointer)) if pointer is not None else None
    if pointer is not None and home is not None:
        node[key] = as_reference(home + pointer[len(head(pointer)) :])


def _keep_values(data: dict[str, Any], index: Index, homes: Mapping[str, str]) -> None:
    """Write down what a discriminator's property holds for a schema that gets another name.

    Without a mapping the value is the schema's name ("Discriminator Object"), and what servers send stays as it is.
    """
    children = children_of(data)
    for pointer, discriminator in index.nodes["discriminator"]:
        holder = parent(pointer)
        schema = find(data, holder)
        listed = [part for key in ("oneOf", "anyOf") for part in schema.get(key, ()) if isinstance(part, dict)]
        heads = [head(place) for part in listed if (place := target(str(part.get("$ref", "")))) is not None]
        if not listed and head(holder) == holder:
            heads = [holder, *descendants(holder, children)]
        mapping = discriminator.get("mapping", {})
        mapped = {named if named.startswith("#") else "#" + join(_SCHEMAS, named) for named in mapping.values()}
        if not any(one in homes and f"#{one}" not in mapped for one in heads):
            continue
        # A base that a mapping leaves out is abstract: it joins only where there was none.
        implied = [one for one in heads if f"#{one}" not in mapped and not (mapping and one == holder)]
        discriminator["mapping"] = {**mapping, **{last(one): f"#{one}" for one in implied if last(one) not in mapping}}


def children_of(data: dict[str, Any]) -> dict[str, list[str]]:
    """The component schemas that inherit from one by `allOf`, by its pointer."""
    found: dict[str, list[str]] = {}
    for name, schema in data.get("components", {}).get("schemas", {}).items():
        for part in schema.get("allOf", ()) if isinstance(schema, dict) else ():
            reference = part.get("$ref") if isinstance(part, dict) else None
            if isinstance(reference, str) and reference.startswith("#"):
                found.setdefault(from_fragment(reference[1:]), []).append(join(_SCHEMAS, name))
    return found


def descendants(pointer: str, children: Mapping[str, list[str]]) -> list[str]:
    """What inherits from a component schema, directly or not; `children` as `children_of` gives them."""
    found: dict[str, None] = {}
    rest = list(children.get(pointer, ()))
    while rest:
        child = rest.pop(0)
        if child not in found and child != pointer:
            found[child] = None
            rest += children.get(child, ())
    return list(found)
