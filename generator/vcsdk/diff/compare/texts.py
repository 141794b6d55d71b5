"""The texts of two descriptions side by side, for what no type of the IR holds.

Rules speak of what the builder understood.  Where two texts differ in a word that it does not read, that is a change as
well, of which can be said only that it is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vcsdk.diff.changes import Added, Change, Exclusive, Keyword, Link, Pair, Removed
from vcsdk.diff.compare.keywords import (
    BELOW,
    DOCS,
    OF_FIELDS,
    OF_PARAMETERS,
    ONE_WAY,
    OTHER,
    PARTS,
    READ,
    SAYS_NOTHING,
    SCHEMA,
    UNORDERED,
)
from vcsdk.diff.compare.meaning import are_apart, is_null, of_alternatives, settled
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Part, Position, Site
from vcsdk.ir import Operation
from vcsdk.load import Document
from vcsdk.load.pointer import join

_DEEPEST = 12
_LISTS = ("oneOf", "anyOf")


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a description and its pointer in the mended document."""

    data: Any
    pointer: str

    def below(self, *steps: str) -> Node:
        """The node at these steps; nothing where there is none."""
        data = self.data
        for step in steps:
            data = data.get(step) if isinstance(data, dict) else None
        return Node(data, join(self.pointer, *steps))

    def parts(self) -> dict[str, Node]:
        """The values of a mapping."""
        data = self.data if isinstance(self.data, dict) else {}
        return {key: Node(value, join(self.pointer, key)) for key, value in data.items()}


_NOTHING = Node(None, "")


@dataclass(slots=True)
class TextComparison:
    """Compares the texts of two descriptions.

    `unexplained` are differences that rules should speak of, by operation; they say nothing where a rule did.
    """

    old: Document
    new: Document
    unexplained: list[Change] = field(default_factory=list)
    _met: set[tuple[str, str, str]] = field(default_factory=set)
    _texts: dict[tuple[bool, str], str] = field(default_factory=dict)

    def whole(self) -> Iterator[Change]:
        """What stands beside the operations."""
        before, after = Node(self.old.data, ""), Node(self.new.data, "")
        yield from self._part(Site(), "document", before, after)
        yield from self._part(Site(), "info", before.below("info"), after.below("info"))
        servers = {node.data.get("url"): node for node in self._list(self.old, before.below("servers"))}
        for other in self._list(self.new, after.below("servers")):
            if other.data.get("url") in servers:
                yield from self._part(Site(), "server", servers[other.data.get("url")], other)
        schemes = before.below("components", "securitySchemes").parts()
        for key, one in after.below("components", "securitySchemes").parts().items():
            if key in schemes:
                site = Site(position=Position(Part.SCHEME, key))
                yield from self._part(site, "scheme", schemes[key], one)

    def operation(self, site: Site, old: Operation, new: Operation) -> Iterator[Change]:
        """What two operations that are the same request say."""
        before, after = self._at(self.old, old.key), self._at(self.new, new.key)
        if before.data is None or after.data is None:
            return
        yield from self._part(site, "operation", before, after)
        yield from self._parameters(site, before, after)
        one, other = (self._resolved(side, node.below("requestBody")) for side, node in self._sides(before, after))
        if one.data and other.data:
            here = replace(site, position=Position(Part.BODY), direction=Direction.REQUEST)
            yield from self._part(here, "body", one, other)
            yield from self._content(here, one, other)
        yield from self._responses(site, before, after)

    def webhook(self, site: Site, old: str, new: str) -> Iterator[Change]:
        """What two operations say that the server calls."""
        before, after = self._at(self.old, old), self._at(self.new, new)
        yield from self._part(site, "webhook", before, after)
        one, other = (self._resolved(side, node.below("requestBody")) for side, node in self._sides(before, after))
        if one.data and other.data:
            here = replace(site, position=Position(Part.BODY), direction=Direction.RESPONSE)
            yield from self._part(here, "body", one, other)
            yield from self._content(here, one, other)

    def unused(self, old: str, new: str, name: str) -> Iterator[Change]:
        """What two components of one name say that nothing uses."""
        site = Site(schema=name, holder=name)
        yield from self._schemas(site, Node(*self._find(self.old, old)), Node(*self._find(self.new, new)), SCHEMA)

    def _parameters(self, site: Site, before: Node, after: Node) -> Iterator[Change]:
        known = {(p.data.get("in"), p.data.get("name")): p for p in self._list(self.old, before.below("parameters"))}
        for other in self._list(self.new, after.below("parameters")):
            key = (other.data.get("in"), other.data.get("name"))
            one = known.get(key)
            if one is None:
                continue
            position = Position(Part.PARAMETER, str(key[1]), None)
            here = replace(site, position=position, direction=Direction.PARAMETER)
            yield from self._part(here, "parameter", one, other)
            yield from self._schemas(here, one.below("schema"), other.below("schema"), {**SCHEMA, **OF_PARAMETERS})
            yield from self._content(here, one, other)

    def _responses(self, site: Site, before: Node, after: Node) -> Iterator[Change]:
        known = before.below("responses").parts()
        for status, node in after.below("responses").parts().items():
            if status not in known:
                continue
            one, other = self._resolved(self.old, known[status]), self._resolved(self.new, node)
            way = Direction.RESPONSE if status[0] in "123" else Direction.ERROR
            here = replace(site, position=Position(Part.RESPONSE, status=status), direction=way)
            yield from self._part(here, "response", one, other)
            yield from self._content(here, one, other)
            headers = {name.lower(): header for name, header in one.below("headers").parts().items()}
            for name, header in other.below("headers").parts().items():
                if name.lower() in headers:
                    place = replace(here, position=Position(Part.HEADER, name, status=status))
                    sides = self._resolved(self.old, headers[name.lower()]), self._resolved(self.new, header)
                    yield from self._part(place, "header", *sides)
                    yield from self._schemas(place, sides[0].below("schema"), sides[1].below("schema"), SCHEMA)
            yield from self._links(here, one.below("links"), other.below("links"))

    def _links(self, site: Site, old: Node, new: Node) -> Iterator[Change]:
        before, after = old.parts(), new.parts()
        for name in sorted(before.keys() | after.keys()):
            one, other = before.get(name), after.get(name)
            here = self._placed(site, one or _NOTHING, other or _NOTHING)
            if other is None:
                yield Removed(here, Link(name))
            elif one is None:
                yield Added(here, Link(name))
            else:
                sides = self._resolved(self.old, one), self._resolved(self.new, other)
                yield from self._part(replace(site, path=f"{site.path}/links/{name}"), "link", *sides)

    def _content(self, site: Site, before: Node, after: Node) -> Iterator[Change]:
        known = {_essence(name): media for name, media in before.below("content").parts().items()}
        for name, other in after.below("content").parts().items():
            one = known.get(_essence(name))
            if one is None:
                continue
            yield from self._part(site, "media", one, other)
            for word in ("schema", "itemSchema"):
                yield from self._schemas(site, one.below(word), other.below(word), SCHEMA)

    def _part(self, site: Site, kind: str, old: Node, new: Node) -> Iterator[Change]:
        """The words of a part that is no schema."""
        words = PARTS[kind]
        before, after = (node.data if isinstance(node.data, dict) else {} for node in (old, new))
        for word in sorted(before.keys() | after.keys()):
            how = words.get(word, OTHER)
            if how in (READ, BELOW) or word.startswith("x-"):
                continue
            yield from self._word(site, word, old, new, how)

    def _word(self, site: Site, word: str, old: Node, new: Node, how: str) -> Iterator[Change]:
        left, right = old.data.get(word), new.data.get(word)
        if self._text(self.old, word, left) == self._text(self.new, word, right):
            return
        here = self._placed(site, old, new)
        change = Pair(here, Keyword(word, _shown(left), how == DOCS), Keyword(word, _shown(right), how == DOCS))
        if how == READ:
            self.unexplained.append(change)
        else:
            yield change

    def _placed(self, site: Site, old: Node, new: Node) -> Site:
        return site.at(
            self.old.origin(old.pointer) if old.pointer else None, self.new.origin(new.pointer) if new.pointer else None
        )

    def _schemas(self, site: Site, old: Node, new: Node, words: Mapping[str, str]) -> Iterator[Change]:
        """The words of two schemas, and of those below them, however deep."""
        rest = [(site, old, new, words)]
        while rest:
            here, one, other, known = rest.pop()
            if not (isinstance(one.data, dict) and isinstance(other.data, dict)):
                continue
            left, right = self._effective(self.old, one), self._effective(self.new, other)
            if (left.at, right.at, str(here.direction)) in self._met:
                continue
            self._met.add((left.at, right.at, str(here.direction)))
            said = known if (left.own and right.own) else SCHEMA
            for word in sorted(left.words.keys() | right.words.keys()):
                how = said.get(word, OTHER)
                if how != BELOW and not word.startswith("x-"):
                    yield from self._word_of_parts(here, word, (one, left), (other, right), how)
            yield from self._exclusive(here, left, right)
            rest += self._below(here, left, right)

    def _exclusive(self, site: Site, left: _Effective, right: _Effective) -> Iterator[Change]:
        """Whether a value that is two of the alternatives is refused, where there can be one."""
        known = [(self.old, left), (self.new, right)]
        listed = [[self._alone(each, node) for node in side.options.get("oneOf", [])] for each, side in known]
        told = any("discriminator" in side.words for _, side in known)
        both = bool(left.options and right.options) and bool(listed[0]) != bool(listed[1])
        if both and not told and not are_apart(listed[0] or listed[1]):
            here = self._placed(site, Node(None, left.at), Node(None, right.at))
            yield Pair(here, Exclusive(bool(listed[0])), Exclusive(bool(listed[1])))

    def _word_of_parts(
        self, site: Site, word: str, old: tuple[Node, _Effective], new: tuple[Node, _Effective], how: str
    ) -> Iterator[Change]:
        left, right = old[1].words.get(word, []), new[1].words.get(word, [])
        before, after = (
            sorted(self._text(side, word, value) for value in values)
            for side, values in ((self.old, left), (self.new, right))
        )
        before, after = ([text for text in texts if text != "null"] for texts in (before, after))
        if before == after:
            return
        here = self._placed(site, Node(None, old[1].at), Node(None, new[1].at))
        docs = how == DOCS or word in ONE_WAY
        change = Pair(
            here,
            Keyword(word, _shown(left[0] if left else None), docs),
            Keyword(word, _shown(right[0] if right else None), docs),
        )
        if how == READ:
            self.unexplained.append(change)
        else:
            yield change

    def _below(
        self, site: Site, left: _Effective, right: _Effective
    ) -> Iterator[tuple[Site, Node, Node, Mapping[str, str]]]:
        for name in sorted(left.properties.keys() & right.properties.keys()):
            step = "/" + name.replace("~", "~0").replace("/", "~1")
            here = replace(site, path=site.path + step)
            yield here, left.properties[name], right.properties[name], {**SCHEMA, **OF_FIELDS}
        for word, step in (("items", "/[]"), ("additionalProperties", "/{}")):
            if word in left.nodes and word in right.nodes:
                yield replace(site, path=site.path + step), left.nodes[word], right.nodes[word], SCHEMA
        before, after = ([node for word in _LISTS for node in side.options.get(word, [])] for side in (left, right))
        texts = [
            [self._text(side, "", n.data) for n in nodes] for side, nodes in ((self.old, before), (self.new, after))
        ]
        one = [node for node, text in zip(before, texts[0], strict=True) if text not in texts[1]]
        other = [node for node, text in zip(after, texts[1], strict=True) if text not in texts[0]]
        if len(one) == len(other):
            for number, pair in enumerate(zip(one, other, strict=True)):
                yield replace(site, path=f"{site.path}/<{number + 1}>"), *pair, SCHEMA

    def _effective(self, document: Document, node: Node) -> _Effective:
        """A schema with all that `allOf` and references say of the same value."""
        found = _Effective(node.pointer)
        rest, seen = [(node, True)], set()
        while rest:
            each, own = rest.pop()
            if each.pointer in seen or not isinstance(each.data, dict):
                continue
            seen.add(each.pointer)
            reference = each.data.get("$ref")
            if isinstance(reference, str):
                target = Node(*self._find(document, reference))
                rest.append((target, False))
                if each is node and (not document.is_31 or len(each.data) == 1):
                    found.at, found.own = target.pointer, False
                if not document.is_31:
                    continue
            for word, value in each.data.items():
                if word == "allOf" and isinstance(value, list):
                    rest += [(Node(part, join(each.pointer, "allOf", str(i))), own) for i, part in enumerate(value)]
                elif word == "properties" and isinstance(value, dict):
                    found.properties = {**each.below(word).parts(), **found.properties}
                elif word in ("items", "additionalProperties") and isinstance(value, dict):
                    found.nodes.setdefault(word, each.below(word))
                elif word in _LISTS and isinstance(value, list):
                    rest += self._alternatives(document, found, each.below(word), word, own=own)
                elif word != "$ref":
                    found.words.setdefault(word, []).append(value)
        found.words = settled(
            found.words, {*found.nodes, *(["properties"] if found.properties else [])}, null=found.null
        )
        return found

    def _alternatives(
        self, document: Document, found: _Effective, node: Node, word: str, *, own: bool
    ) -> list[tuple[Node, bool]]:
        """What alternatives come to: null is a kind, and one that is left is the schema itself."""
        options = [Node(part, join(node.pointer, str(i))) for i, part in enumerate(node.data)]
        left = [each for each in options if not is_null(self._resolved(document, each).data)]
        found.null = found.null or len(left) < len(options)
        if len(left) == 1:
            return [(left[0], own)]
        said = of_alternatives([self._alone(document, each) for each in left], exclusive=word == "oneOf")
        for each, values in (said or {}).items():
            found.words.setdefault(each, []).extend(values)
        if said is None:
            found.options.setdefault(word, []).extend(left)
        return []

    def _alone(self, document: Document, node: Node) -> Any:
        """What a node says, or what it refers to and adds nothing to."""
        lone = isinstance(node.data, dict) and node.data.keys() == {"$ref"}
        return self._resolved(document, node).data if lone else node.data

    def _text(self, document: Document, word: str, value: Any) -> str:
        """What a value says, references followed and what says nothing left out; the same for the same meaning."""
        return json.dumps(self._canonical(document, word, value, _DEEPEST), sort_keys=True, default=str)

    def _canonical(self, document: Document, word: str, value: Any, depth: int) -> Any:
        if word in SAYS_NOTHING and value == SAYS_NOTHING[word]:
            return None
        if word == "type" and isinstance(value, list) and len(value) == 1:
            return value[0]
        if word == "discriminator" and isinstance(value, dict):
            return _tags(value)
        if isinstance(value, dict) and depth > 0:
            reference = value.get("$ref")
            if isinstance(reference, str) and word not in ("example", "examples", "default", "const"):
                return self._canonical(document, word, self._find(document, reference)[0], depth - 1)
            inner = {key: self._canonical(document, key, part, depth - 1) for key, part in value.items()}
            return {key: part for key, part in inner.items() if part is not None and not key.startswith("x-")}
        if isinstance(value, list):
            parts = [self._canonical(document, "", part, depth - 1) for part in value]
            return (
                sorted(parts, key=lambda part: json.dumps(part, sort_keys=True, default=str))
                if word in UNORDERED
                else parts
            )
        return value

    def _sides(self, old: Node, new: Node) -> Sequence[tuple[Document, Node]]:
        return ((self.old, old), (self.new, new))

    def _at(self, document: Document, key: str) -> Node:
        return Node(*self._find(document, key if key.startswith("#") else f"#{key}"))

    def _find(self, document: Document, reference: str) -> tuple[Any, str]:
        try:
            pointer, data = document.resolve(reference)
        except KeyError:
            return None, reference
        return data, pointer

    def _resolved(self, document: Document, node: Node) -> Node:
        reference = node.data.get("$ref") if isinstance(node.data, dict) else None
        return Node(*self._find(document, reference)) if isinstance(reference, str) else node

    def _list(self, document: Document, node: Node) -> list[Node]:
        entries = node.data if isinstance(node.data, list) else []
        nodes = (Node(each, join(node.pointer, str(i))) for i, each in enumerate(entries))
        return [found for each in nodes if isinstance((found := self._resolved(document, each)).data, dict)]


@dataclass(slots=True)
class _Effective:
    """What a schema says in all; `at` is where it stands, `own` whether it does so itself and not by reference."""

    at: str
    own: bool = True
    null: bool = False
    words: dict[str, list[Any]] = field(default_factory=dict)
    properties: dict[str, Node] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    options: dict[str, list[Node]] = field(default_factory=dict)


def _tags(discriminator: dict[str, Any]) -> dict[str, Any]:
    """A discriminator with the values of its mapping; a mapping of each component's name to itself says nothing."""
    mapping = discriminator.get("mapping")
    entries = mapping.items() if isinstance(mapping, dict) else ()
    named = {value: str(target).rpartition("/")[2] for value, target in entries}
    values = sorted(value for value, name in named.items() if value != name)
    return {"propertyName": discriminator.get("propertyName"), "values": values}


def _essence(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _shown(value: Any) -> str | None:
    return None if value is None else json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
