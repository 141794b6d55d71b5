"""Whose value it is: the property that tells the members of a family apart, and what it says of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vcsdk.instances.dialect import tags_of

Kinds = Mapping[str, Mapping[str, list[str]]]
"""For each member of a union with a discriminator, by its reference, the values by the name of the property."""


def kinds_in(data: Any) -> Kinds:
    """The members of all unions of a document that a discriminator tells apart; what several say counts together."""
    found: dict[str, dict[str, list[str]]] = {}
    rest = [data]
    while rest:
        node = rest.pop()
        if isinstance(node, list):
            rest += reversed(node)
        elif isinstance(node, dict):
            rest += reversed(node.values())
            rule = node.get("discriminator")
            name = rule.get("propertyName") if isinstance(rule, dict) else None
            for member in (*_list(node.get("oneOf")), *_list(node.get("anyOf"))):
                ref = member.get("$ref") if isinstance(member, dict) else None
                if isinstance(name, str) and isinstance(ref, str):
                    tags = found.setdefault(ref, {}).setdefault(name, [])
                    tags += [tag for tag in tags_of(rule, ref) if tag not in tags]
    return found


def as_member(value: Any, schema: Any, kinds: Kinds) -> Any:
    """An object with what tells a member apart, where the schema refers to one and the object says anything of it."""
    ref = schema.get("$ref") if isinstance(schema, dict) else None
    known = kinds.get(ref, {}) if isinstance(ref, str) and isinstance(value, dict) else {}
    told = {name: tags[0] for name, tags in known.items() if name in value and value[name] not in tags}
    return {**value, **told} if told else value


def heir(rule: Any, schema: Any, at: Callable[[str], Any]) -> tuple[tuple[str, str], Any] | None:
    """The first that a base's discriminator maps to and that is another: property and value, and its schema."""
    own = schema.get("$ref") if isinstance(schema, dict) else None
    for tag, target in rule.get("mapping", {}).items() if isinstance(rule, dict) else ():
        pointer = target if target.startswith("#") else f"#/components/schemas/{target}"
        if pointer != own and at(pointer) is not None:
            return (rule["propertyName"], tag), {"$ref": pointer}
    return None


def _list(node: Any) -> list[Any]:
    return node if isinstance(node, list) else []
