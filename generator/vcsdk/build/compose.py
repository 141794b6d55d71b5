"""Schemas that hold together: `allOf`, what stands beside it, and keywords beside a `$ref`, taken apart into leaves.

JSON Schema 2020-12 10.2.1.1; OpenAPI 3.0.3 "Composition and Inheritance (Polymorphism)".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from vcsdk.load import Document
from vcsdk.load.extensions import is_extension
from vcsdk.load.pointer import as_reference, join

MAX_LEVELS = 200
"""Most schemas that one may lead through, each composed of, or made of, the next; Python nests classes no deeper."""

Part = tuple[Any, str]  # a schema and its pointer

_ANNOTATIONS = frozenset(
    [
        *("description", "title", "example", "examples", "default", "deprecated", "readOnly", "writeOnly", "xml"),
        *("nullable", "externalDocs", "discriminator", "$comment", "$defs", "definitions"),
        *("$id", "$schema", "$anchor", "$dynamicAnchor", "$vocabulary"),
    ]
)


_OF_AN_OBJECT: tuple[dict[str, Any], ...] = ({"type": "object"}, {"type": ["object"]})


class TooDeepError(Exception):
    """A schema is composed through more than MAX_LEVELS others."""


class Leaves(msgspec.Struct, frozen=True):
    """What a composition comes to.

    `parts` are the schemas that say something themselves, each once, in order, without `allOf` and `$ref`.  `through`
    holds the pointer of every schema that was met.  `written` are the pointers among `parts` that no reference led to.
    """

    parts: tuple[Part, ...]
    through: frozenset[str]
    written: frozenset[str]

    @property
    def identity(self) -> frozenset[tuple[str, bool, bool]]:
        """Tells compositions apart: which schemas take part, and which of them with their alternatives."""
        return frozenset((at, "oneOf" in schema, "anyOf" in schema) for schema, at in self.parts)


def assertions(schema: Mapping[str, Any]) -> set[str]:
    """The keywords of a schema that say something of values, `allOf` and `$ref` included."""
    return {key for key in schema if key not in _ANNOTATIONS and not is_extension(key)}


def says_something(schema: Any) -> bool:
    """False for a schema that only annotates, or allows everything."""
    return isinstance(schema, dict) and bool(assertions(schema))


def unwrapped(part: Part) -> Part:
    """A schema and where it is, out of each `allOf` that says nothing else."""
    schema, pointer = part
    while isinstance(schema, dict) and assertions(schema) == {"allOf"} and isinstance(schema["allOf"], list):
        said = [
            (each, join(pointer, "allOf", str(i))) for i, each in enumerate(schema["allOf"]) if says_something(each)
        ]
        if len(said) != 1:
            break
        schema, pointer = said[0]
    return schema, pointer


def bare(schema: Any) -> Any:
    """The schema without annotations, to compare what two say."""
    return {key: value for key, value in schema.items() if key in assertions(schema)} if isinstance(schema, dict) else 0


def only_part(schema: Any) -> Any:
    """What is left of a composition of which the rest says no more than that it is an object; None where it does."""
    while isinstance(schema, dict) and "allOf" in schema:
        own = {key: value for key, value in schema.items() if key != "allOf"}
        said = [part for part in schema["allOf"] if says_something(part) and bare(part) not in _OF_AN_OBJECT]
        if len(said) != 1 or bare(own) not in ({}, *_OF_AN_OBJECT):
            return None
        schema = said[0]
    return schema


def leaves(document: Document, parts: Iterable[Part], levels: int = MAX_LEVELS) -> Leaves:
    """Take schemas that hold together apart, references and `allOf` followed; without recursion.

    Raises:
        TooDeepError: One leads through more than `levels` others.
    """
    found: dict[str, Any] = {}
    through: set[str] = set()
    written: set[str] = set()
    # A schema's own keywords come behind its `allOf`: what is nearer to the whole annotates it last.
    rest = [(schema, at, 0, False, False) for schema, at in reversed(list(parts))]
    while rest:
        schema, at, depth, own, referred = rest.pop()
        if own:
            found.setdefault(at, schema)
            if not referred:
                written.add(at)
            continue
        if not isinstance(schema, dict) or at in through:
            continue
        if depth > levels:
            raise TooDeepError
        through.add(at)
        beside = assertions(schema) - {"allOf", "$ref"}
        if "$ref" in schema and not document.is_31:
            beside = set()
        if beside:
            own_words = {key: value for key, value in schema.items() if key not in ("allOf", "$ref")}
            rest.append((own_words, at, depth, True, referred))
        if "$ref" in schema:
            pointer, node = document.resolve(schema["$ref"])
            rest.append((node, pointer, depth + 1, False, True))
        if "allOf" in schema and ("$ref" not in schema or document.is_31):
            inner = [(part, join(at, "allOf", str(index))) for index, part in enumerate(schema["allOf"])]
            rest += [(part, place, depth, False, referred) for part, place in reversed(inner)]
    return Leaves(tuple((schema, at) for at, schema in found.items()), frozenset(through), frozenset(written))


class Apart:
    """Single schemas taken apart, each once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        # The schema is kept beside its leaves so that its id stays its own.
        self._known: dict[tuple[int, str, int], tuple[Part, Leaves]] = {}

    def leaves(self, part: Part, levels: int) -> Leaves:
        """As `leaves` of one schema.  Raises TooDeepError."""
        key = (id(part[0]), part[1], levels)
        if key not in self._known:
            self._known[key] = (part, leaves(self._document, [part], levels))
        return self._known[key][1]

    def widest(self, parts: Iterable[Part], levels: int) -> list[tuple[Part, Leaves]]:
        """The parts that lead through schemas that no other leads through, with their leaves.  Raises TooDeepError."""
        kept: dict[int, tuple[Part, Leaves]] = {}
        numbers: dict[str, list[int]] = {}
        # What leads to a place leads through all behind it, also if yet another one has it in the end.
        led_to: set[str] = set()
        for number, part in enumerate(parts):
            at, found = part[1], self.leaves(part, levels)
            # Only of two at one place may one say less than the whole.
            same = (kept[n][1].through for n in numbers.get(at, ()) if n in kept)
            if at in led_to or any(found.through <= through for through in same):
                continue
            for n in [n for place in found.through & numbers.keys() for n in numbers[place]]:
                if n in kept and (kept[n][0][1] != at or kept[n][1].through <= found.through):
                    del kept[n]
            kept[number] = (part, found)
            numbers.setdefault(at, []).append(number)
            led_to |= found.through - {at}
        return list(kept.values())


def target(document: Document, schema: Any) -> tuple[str, Any] | None:
    """Where a schema that is nothing but a reference leads in the end; None for any other."""
    seen: set[str] = set()
    pointer: str | None = None
    while isinstance(schema, dict) and "$ref" in schema and (not document.is_31 or assertions(schema) == {"$ref"}):
        pointer, schema = document.resolve(schema["$ref"])
        if pointer in seen:
            return None
        seen.add(pointer)
    return None if pointer is None else (pointer, schema)


def base_of(document: Document, pointer: str) -> str:
    """The schema that one which only annotates another comes to: `allOf` of one reference, or a reference."""
    seen: set[str] = set()
    while pointer not in seen:
        seen.add(pointer)
        _, schema = document.resolve(as_reference(pointer))
        following = target(document, schema)
        if following is None and isinstance(schema, dict) and assertions(schema) == {"allOf"}:
            said = [part for part in schema["allOf"] if says_something(part)]
            following = target(document, said[0]) if len(said) == 1 else None
        if following is None:
            return pointer
        pointer = following[0]
    return pointer


def says_a_type(option: Any) -> bool:
    """False for an alternative that only requires or forbids properties."""
    return not isinstance(option, dict) or bool(set(option) - {"required", "not", "description", "title"})


def without(schema: dict[str, Any], keyword: str) -> dict[str, Any]:
    """The schema without its alternatives, and without what tells them apart."""
    return {key: value for key, value in schema.items() if key not in (keyword, "discriminator")}


def component_of(pointer: str) -> str | None:
    """The pointer of the component that a place is in, if it is in one."""
    found = pointer.split("/", 4)
    return "/".join(found[:4]) if found[1:3] == ["components", "schemas"] else None
