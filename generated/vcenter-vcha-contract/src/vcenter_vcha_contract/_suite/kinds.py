"""Completes the mappings of discriminators by what the members fix themselves: `const`, or an `enum` of their own.

Where nothing is mapped a member is known by the name of its schema (OpenAPI 3.0.3, "Discriminator Object"); one that
takes only other values never has that name, and is known by those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

_SCHEMAS = "#/components/schemas/"
_DEEPEST = 16


def with_kinds(document: Any) -> Any:
    """The document with whole mappings; what has them already is the same object."""
    components = document.get("components") if isinstance(document, dict) else None
    schemas = components.get("schemas") if isinstance(components, dict) else None
    return _completed(document, schemas if isinstance(schemas, dict) else {}) if _has_unions(document) else document


def _has_unions(document: Any) -> bool:
    """Whether any union has a discriminator: few descriptions do, and large ones are long to copy."""
    rest = [document]
    while rest:
        node = rest.pop()
        if type(node) is dict:
            if "discriminator" in node and "oneOf" in node:
                return True
            rest += node.values()
        elif type(node) is list:
            rest += node
    return False


def _completed(node: Any, schemas: dict[str, Any]) -> Any:
    if isinstance(node, list):
        items = [_completed(item, schemas) for item in node]
        return node if all(new is old for new, old in zip(items, node, strict=True)) else items
    if not isinstance(node, dict):
        return node
    found = {key: _completed(value, schemas) for key, value in node.items()}
    found = node if all(found[key] is node[key] for key in node) else found
    known, told = _told(node), _mapping(node, schemas, 0)
    return {**found, "discriminator": {**node["discriminator"], "mapping": told}} if told != known else found


def _told(union: Any) -> dict[str, Any]:
    rule = union.get("discriminator") if isinstance(union, dict) else None
    mapping = rule.get("mapping") if isinstance(rule, dict) else None
    return mapping if isinstance(mapping, dict) else {}


def _mapping(union: dict[str, Any], schemas: dict[str, Any], depth: int) -> dict[str, Any]:
    """What a union maps, and what its members fix that it does not map; values of several tell none of them."""
    told, name = _told(union), _property(union)
    members = [each.get("$ref") for each in _list(union.get("oneOf")) if isinstance(each, dict)] if name else []
    targets = {*map(str, told.values())}
    free = [ref for ref in members if isinstance(ref, str) and not {ref, _name(ref)} & targets]
    fixed = {ref: list(dict.fromkeys(_values(ref, str(name), schemas, depth))) for ref in free}
    often = Counter([*told, *(value for values in fixed.values() for value in values)])
    own = {ref: values for ref, values in fixed.items() if all(often[value] == 1 for value in values)}
    return {**told, **{value: ref for ref, values in own.items() for value in values}}


def _values(ref: str, name: str, schemas: dict[str, Any], depth: int) -> Iterator[str]:
    schema = schemas.get(_name(ref))
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return
    if _property(schema) == name and isinstance(schema.get("oneOf"), list):
        known = _mapping(schema, schemas, depth + 1)
        yield from known
        refs = [str(each.get("$ref")) for each in _list(schema["oneOf"]) if isinstance(each, dict)]
        yield from (_name(each) for each in refs if each not in known.values())
    else:
        yield from _listed(schema, name, schemas, depth)


def _listed(schema: Any, name: str, schemas: dict[str, Any], depth: int) -> Iterator[str]:
    """The texts that a schema, or a member of its `allOf`, takes for a property."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return
    properties = schema.get("properties")
    value = properties.get(name) if isinstance(properties, dict) else None
    if isinstance(value, dict) and isinstance(value.get("$ref"), str):
        value = schemas.get(_name(value["$ref"]))
    if isinstance(value, dict):
        texts = [value["const"]] if "const" in value else _list(value.get("enum"))
        yield from (text for text in texts if isinstance(text, str))
    for part in _list(schema.get("allOf")):
        if isinstance(part, dict) and "$ref" not in part:
            yield from _listed(part, name, schemas, depth + 1)


def _property(union: dict[str, Any]) -> str | None:
    rule = union.get("discriminator")
    name = rule.get("propertyName") if isinstance(rule, dict) else None
    return name if isinstance(name, str) else None


def _name(ref: str) -> str:
    return unquote(ref.removeprefix(_SCHEMAS)).replace("~1", "/").replace("~0", "~")


def _list(node: Any) -> list[Any]:
    return node if isinstance(node, list) else []
