"""Changes a description as nobody would write it: values, names, references and shapes of every kind, by chance.

A mutant is told by its seed alone: the same sources and the same seed give the same bytes.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, TypeAlias

Path = tuple[Any, ...]
_TAKEN = 8
"""As many values of one key are taken from a description."""

NAMES = (
    *("discriminator", "__init__", "__class__", "__dict__", "__slots__", "__struct_fields__", "mro", "None", "self"),
    *("$ref", "items", "properties", "allOf", "paths", "responses", "default", "enum", "x-y", "", "0", "a/b", "a~1b"),
    *("%41", "a%2Fb", "\ud800", "a\u2028b", "\u202ea", "\x00", "\x1b[31m", "\n", "a\nb", "'", '"""', "\\", "{}", "{a}"),
    *(
        "{{",
        "{%x",
        "#",
        "..",
        "con",
        "``",
        "|",
        "<b>",
        "]]>",
        "-->",
        "import",
        "async",
        "str",
        "list",
        "Struct",
        "é" * 99,
    ),
    *("x" * 3000, "types", "type", "model", "id", "content", "headers", "timeout", "client", "1a", "a-b", "a_b", "aB"),
)
NUMBERS = (0, -1, -0.0, 1, 1.5, 1e300, 5e-324, 2**53 + 1, 2**63, 2**64, -(2**64), 10**400, float("inf"), float("nan"))
TEXTS = (*NAMES, "2020-13-45", "2020-01-01", "24:61:61Z", "^(a+)+$", "(", "[", "(?<x>.)", "\\p{L}", "P1M", "date-time")
REFERENCES = (
    *("#Pet", "#", "", "#/", "##", "#/components", "#/components/schemas", "#/info/title", "#/openapi/0", "nope.yaml"),
    *("#/components/schemas/%ZZ", "//x", "http://[", "a\x00b", ".", "..", "~", "#/a~2b", "?", "#/paths", "x" * 5000),
    *(None, 1, True, [], {}, ["#/components"]),
)
HTTP = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
SHAPES: tuple[Callable[[Any], Any], ...] = (
    lambda s: {"allOf": [s]},
    lambda s: {"allOf": [s, copy.deepcopy(s)]},
    lambda s: {"anyOf": [s, {"type": "null"}]},
    lambda s: {"oneOf": [s, {"type": "string"}]},
    lambda s: {"type": "array", "items": s},
    lambda s: {"type": "object", "properties": {"p": s}},
    lambda s: {"type": "object", "additionalProperties": s},
    lambda s: {"not": s},
    lambda s: {"if": s, "then": s, "else": s},
    lambda s: {"allOf": [{"type": "object", "properties": {"q": s}}, s]},
    lambda s: {"type": ["object", "null"], "patternProperties": {"^x": s}},
    lambda s: {"prefixItems": [s], "items": False},
    lambda s: [s],
    lambda s: {"x-wrapped": s},
)


Members: TypeAlias = dict[str, dict[str, Any]]
"""Values that a key has in descriptions, by where they stand; an item of a list has the key ""."""


def members(descriptions: Mapping[str, Any]) -> Members:
    """The parts of descriptions, which have names, that `Mutator` takes over into others."""
    found: Members = {}
    for name, description in sorted(descriptions.items()):
        met: Counter[str] = Counter()
        for path, value in places(description):
            key = path[-1] if isinstance(path[-1], str) else ""
            met[key] += 1
            if met[key] <= _TAKEN:
                found.setdefault(key, {})[name + pointer(path)] = value
    return found


def drawn(names: Iterable[str], ticket: str) -> str:
    """One of these names by chance; a name that joins them, or leaves, changes few draws."""
    return max(
        names, key=lambda name: blake2b(f"{ticket} {name}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    )


class Mutator:
    """Makes mutants of a description; `others` are the parts of some that are taken."""

    def __init__(self, chance: random.Random, others: Members) -> None:
        self._chance = chance
        self._others = others

    def _drawn(self, names: Iterable[str]) -> str:
        return drawn(names, str(self._chance.getrandbits(64)))

    def mutant(self, source: Any) -> Any:
        """A changed copy."""
        data = copy.deepcopy(source)
        for _ in range(self._chance.choice((1, 1, 1, 2, 2, 3, 5, 8))):
            change = self._chance.choices(_CHANGES, _WEIGHTS)[0]
            spots = list(places(data))
            if not isinstance(data, dict) or not spots:
                return data
            data = change(self, data, spots)
        return data

    def _spot(self, spots: list[tuple[Path, Any]]) -> tuple[Path, Any]:
        return self._chance.choice(spots)

    def odd(self) -> Any:
        """A value of any kind."""
        kinds: tuple[Any, ...] = (
            *(None, True, False, [], {}, [None], [[]], [{}], {"": {}}, {"a": {"b": [1]}}, {"$ref": "#"}),
            self._chance.choice(NUMBERS),
            self._chance.choice(TEXTS),
            {"$ref": self._chance.choice(REFERENCES)},
        )
        return copy.deepcopy(self._chance.choice(kinds))

    def replace(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """Another value in place of one."""
        path, _ = self._spot(spots)
        return put(data, path, self.odd())

    def delete(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """A member less."""
        path, _ = self._spot(spots)
        holder = at(data, path[:-1])
        del holder[path[-1]]
        return data

    def insert(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """A keyword where none was, with a value that it has elsewhere or an odd one."""
        objects = [value for _, value in spots if isinstance(value, dict)] or [data]
        key = self._drawn(self._others)
        known = self._others[key]
        value = known[self._drawn(known)] if self._chance.random() < 0.7 else self.odd()
        self._chance.choice(objects)[key or "x-"] = copy.deepcopy(value)
        return data

    def extend(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """An extension, which may stand nearly anywhere."""
        objects = [value for _, value in spots if isinstance(value, dict)] or [data]
        self._chance.choice(objects)[self._chance.choice(("x-note", "x-", "x-enum-descriptions"))] = self.odd()
        return data

    def swap(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """What a place has, also in another."""
        (_, value), (path, _) = self._spot(spots), self._spot(spots)
        return put(data, path, copy.deepcopy(value))

    def graft(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """What the same key has somewhere else."""
        path, _ = self._spot(spots)
        known = self._others.get(path[-1] if isinstance(path[-1], str) else "")
        return put(data, path, copy.deepcopy(known[self._drawn(known)])) if known else data

    def rename(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """A key, or a text that names something, and every reference to it."""
        named = [path for path, _ in spots if isinstance(path[-1], str)]
        path = self._chance.choice(named)
        holder, new = at(data, path[:-1]), self._chance.choice(NAMES)
        items = [(new if key == path[-1] else key, value) for key, value in holder.items()]
        holder.clear()
        holder.update(items)
        old, to = pointer(path), pointer((*path[:-1], new))
        if path[:1] == ("components",):
            redirect(data, old, to)
        return data

    def say(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """An odd text in place of one."""
        texts = [path for path, value in spots if isinstance(value, str) and path[-1] != "$ref"]
        return put(data, self._chance.choice(texts), self._chance.choice(TEXTS)) if texts else data

    def number(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """An odd number as a bound, a default or an example."""
        schemas = [value for _, value in spots if isinstance(value, dict) and ("type" in value or "schema" in value)]
        if schemas:
            keys = (
                "minimum",
                "maximum",
                "multipleOf",
                "minLength",
                "maxItems",
                "default",
                "example",
                "exclusiveMaximum",
                "const",
            )
            self._chance.choice(schemas)[self._chance.choice(keys)] = self._chance.choice(NUMBERS)
        return data

    def refer(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """A reference in place of a value: to any place of the document, those above it among them, or to none."""
        (path, _), (to, _) = self._spot(spots), self._spot(spots)
        above = path[: self._chance.randint(0, len(path))]
        where: Any = self._chance.choice((pointer(to), pointer(above), self._chance.choice(REFERENCES)))
        return put(data, path, {"$ref": where})

    def recur(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """A schema that refers to a component, in some shape, within a component."""
        components = [path for path, _ in spots if path[:2] == ("components", "schemas") and len(path) == 3]
        inner = [path for path, value in spots if isinstance(value, dict) and path[:2] == ("components", "schemas")]
        if components and inner:
            shape = self._chance.choice(SHAPES)
            data = put(data, self._chance.choice(inner), shape({"$ref": pointer(self._chance.choice(components))}))
        return data

    def wrap(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """A value within shapes, seldom many."""
        path, value = self._spot([spot for spot in spots if isinstance(spot[1], dict)] or spots)
        shape = self._chance.choice(SHAPES)
        for _ in range(self._chance.choice((1, 1, 1, 2, 4, 40))):
            value = shape(value)
            if len(str(value)) > 20_000:
                break
        return put(data, path, value)

    def chain(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """Schemas that each hold the next."""
        length, shape = self._chance.choice((5, 50, 190, 250, 1000)), self._chance.choice(SHAPES)
        components = data.get("components") if isinstance(data.get("components"), dict) else {}
        schemas = components.get("schemas") if isinstance(components.get("schemas"), dict) else {}
        for number in range(length):
            schemas[f"L{number}"] = shape({"$ref": f"#/components/schemas/L{number + 1}"})
        schemas[f"L{length}"] = {"type": "object", "properties": {"end": {"type": "string"}}}
        data["components"] = {**components, "schemas": schemas}
        used = [path for path, _ in spots if path[-1] == "schema"]
        return put(data, self._chance.choice(used), {"$ref": "#/components/schemas/L0"}) if used else data

    def repeat(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """An item of a list, or a path, method or name, twice."""
        path, value = self._spot(spots)
        holder = at(data, path[:-1])
        if isinstance(holder, list):
            holder.append(copy.deepcopy(value))
        elif isinstance(holder, dict):
            key = self._chance.choice((*HTTP, *NAMES, f"{path[-1]}_", str(path[-1]).upper()))
            holder[key] = copy.deepcopy(value)
        return data

    def version(self, data: Any, spots: list[tuple[Path, Any]]) -> Any:
        """Another version of the specification."""
        data["openapi"] = self._chance.choice(("3.0.0", "3.0.3", "3.1.0", "3.1.1", "3.2.0", 3.1, "4.0.0", "2.0", None))
        return data


_CHANGES = (
    *(Mutator.replace, Mutator.delete, Mutator.insert, Mutator.extend, Mutator.swap, Mutator.graft, Mutator.rename),
    *(Mutator.say, Mutator.number, Mutator.refer, Mutator.recur, Mutator.wrap, Mutator.chain, Mutator.repeat),
    Mutator.version,
)
_WEIGHTS = (10, 8, 12, 4, 6, 12, 8, 8, 6, 5, 8, 8, 1, 5, 1)


def places(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every node below the root with its path; not deeper than is sensible."""
    pending = [(path, node)]
    while pending:
        here, value = pending.pop()
        if here:
            yield here, value
        if len(here) < 60:
            items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            pending += [((*here, key), below) for key, below in items]


def at(data: Any, path: Path) -> Any:
    """The node at a path."""
    for key in path:
        data = data[key]
    return data


def put(data: Any, path: Path, value: Any) -> Any:
    """The document with another value at a path."""
    at(data, path[:-1])[path[-1]] = value
    return data


def pointer(path: Path) -> str:
    """The path as a local reference."""
    return "#" + "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


def redirect(data: Any, old: str, new: str) -> None:
    """Let the references to a place, and to what is below it, lead to another."""
    for _, value in list(places({"": data})):
        ref = value.get("$ref") if isinstance(value, dict) else None
        if isinstance(ref, str) and (ref == old or ref.startswith(f"{old}/")):
            value["$ref"] = new + ref[len(old) :]
