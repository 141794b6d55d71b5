"""The texts of two descriptions side by side, for what no type of the IR holds.

Rules speak of what the builder understood.  Where two texts differ in a word that it does not read, that is a change as
well, of which can be said only that it is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vcsdk.diff.changes import Added, Change, Exclusive, Keyword, Link, Pair, Removed, Scope
from vcsdk.diff.compare.effective import LISTS, Effective, Node, alone, effective, find, resolved
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
from vcsdk.diff.compare.meaning import DOCUMENTATION, are_apart
from vcsdk.diff.compare.media import is_bytes
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Part, Position, Site
from vcsdk.ir import Operation
from vcsdk.load import Document
from vcsdk.load.collection_format import SEPARATED
from vcsdk.load.extensions import is_extension
from vcsdk.load.grammar import path_item_of
from vcsdk.load.pointer import join
from vcsdk.load.swagger2_parameters import MAY_BE_EMPTY

_DEEPEST = 12

_NOTHING = Node(None, "")


@dataclass(slots=True)
class TextComparison:
    """Compares the texts of two descriptions.

    `unexplained` are differences that rules should speak of, by operation; they say nothing where a rule did.
    """

    old: Document
    new: Document
    unexplained: list[Change] = field(default_factory=list)
    _met: set[tuple[str, str, Direction]] = field(default_factory=set)
    _texts: dict[tuple[bool, str], str] = field(default_factory=dict)

    def whole(self) -> Iterator[Change]:
        """What stands beside the operations."""
        before, after = Node(self.old.data, ""), Node(self.new.data, "")
        yield from self._part(Site(), "document", before, after)
        yield from self._part(Site(), "info", before.below("info"), after.below("info"))
        servers = {node.data.get("url"): node for node in self._list(self.old, before.below("servers"))}
        for other in self._list(self.new, after.below("servers")):
            if other.data.get("url") in servers:
                one = servers[other.data.get("url")]
                yield from self._part(Site(), "server", one, other)
                sides = [node.below("variables").parts() for node in (one, other)]
                for name in sorted(sides[0].keys() | sides[1].keys()):
                    yield from self._part(Site(), "variable", *(side.get(name, _NOTHING) for side in sides))
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
        yield from self._items(site, before, after)
        yield from self._parameters(site, before, after)
        one, other = (resolved(side, node.below("requestBody")) for side, node in self._sides(before, after))
        if one.data and other.data:
            here = replace(site, position=Position(Part.BODY), direction=Direction.REQUEST)
            yield from self._part(here, "body", one, other)
            yield from self._content(here, one, other)
        yield from self._responses(site, before, after)
        yield from self._scopes(site, before, after)

    def called(self, site: Site, old: str, new: str) -> Iterator[Change]:
        """What two requests of servers say, by their keys: what they carry is got, what answers them is sent."""
        before, after = self._at(self.old, old), self._at(self.new, new)
        yield from self._part(site, "webhook", before, after)
        yield from self._items(site, before, after)
        yield from self._parameters(site, before, after, Direction.RESPONSE)
        one, other = (resolved(side, node.below("requestBody")) for side, node in self._sides(before, after))
        if one.data and other.data:
            here = replace(site, position=Position(Part.BODY), direction=Direction.RESPONSE)
            yield from self._part(here, "body of a webhook", one, other)
            yield from self._content(here, one, other)
        yield from self._responses(site, before, after, Direction.REQUEST)

    def renamed(self, site: Site, word: str, old: str, new: str) -> Change:
        """A name of documentation that differs."""
        return Pair(
            site, Keyword(word, _shown(old), documentation=True), Keyword(word, _shown(new), documentation=True)
        )

    def _items(self, site: Site, before: Node, after: Node) -> Iterator[Change]:
        """What the path items of two operations say of them; a server of the operation's own stands before theirs."""
        items = [self._item(side, node) for side, node in self._sides(before, after)]
        yield from self._part(site, "path item", *items)
        own = [node if node.below("servers").data else item for node, item in zip((before, after), items, strict=True)]
        yield from self._word(site, "servers", own[0], own[1], OTHER)

    def _item(self, document: Document, operation: Node) -> Node:
        item = path_item_of(operation.pointer)
        return Node(find(document, f"#{item}")[0], item)

    def _scopes(self, site: Site, old: Node, new: Node) -> Iterator[Change]:
        """What a token must be granted, by the schemes that both ask for; each side says so itself or for all."""
        own = [isinstance(node.data.get("security"), list) for node in (old, new)]
        of_all = (Node(side.data, "") for side in (self.old, self.new))
        at = (node if said else whole for node, whole, said in zip((old, new), of_all, own, strict=True))
        before, after = (node.below("security") for node in at)
        asked = [_scopes(node.data) for node in (before, after)]
        here = self._placed(site, before, after)
        for scheme in sorted(asked[0].keys() & asked[1].keys()):
            one, other = asked[0][scheme], asked[1][scheme]
            if len(one) == len(other) == 1:
                yield from (Removed(here, Scope(scheme, scope)) for scope in sorted(one[0] - other[0]))
                yield from (Added(here, Scope(scheme, scope)) for scope in sorted(other[0] - one[0]))
            elif one != other:
                shown = [_shown([sorted(scopes) for scopes in side]) for side in (one, other)]
                yield Pair(here, Keyword("security", shown[0]), Keyword("security", shown[1]))

    def unused(self, site: Site, key: str) -> Iterator[Change]:
        """What two components of one key say that nothing uses."""
        yield from self._schemas(site, Node(*find(self.old, key)), Node(*find(self.new, key)), SCHEMA)

    def _parameters(
        self, site: Site, before: Node, after: Node, way: Direction = Direction.PARAMETER
    ) -> Iterator[Change]:
        known = self._declared(self.old, before)
        for key, other in self._declared(self.new, after).items():
            one = known.get(key)
            if one is None:
                continue
            position = Position(Part.PARAMETER, str(key[1]), None)
            here = replace(site, position=position, direction=way)
            sent = way is Direction.PARAMETER
            yield from self._part(here, "parameter" if sent else "parameter of a webhook", one, other)
            words = {**SCHEMA, **OF_PARAMETERS} if sent else SCHEMA
            yield from self._schemas(here, one.below("schema"), other.below("schema"), words)
            yield from self._content(here, one, other)

    def _declared(self, document: Document, operation: Node) -> dict[tuple[Any, Any], Node]:
        """The parameters of an operation by place and name, with those of its path item that it does not replace."""
        listed = (node.below("parameters") for node in (self._item(document, operation), operation))
        nodes = (parameter for node in listed for parameter in self._list(document, node))
        return {(node.data.get("in"), node.data.get("name")): node for node in nodes}

    def _responses(self, site: Site, before: Node, after: Node, way: Direction = Direction.NONE) -> Iterator[Change]:
        """Answers of both; of those to the server the `way` is told."""
        known = before.below("responses").parts()
        for status, node in after.below("responses").parts().items():
            if status not in known:
                continue
            one, other = resolved(self.old, known[status]), resolved(self.new, node)
            got = Direction.RESPONSE if status[0] in "123" else Direction.ERROR
            here = replace(site, position=Position(Part.RESPONSE, status=status), direction=way or got)
            yield from self._part(here, "response", one, other)
            yield from self._content(here, one, other)
            headers = {name.lower(): header for name, header in one.below("headers").parts().items()}
            for name, header in other.below("headers").parts().items():
                if name.lower() in headers:
                    place = replace(here, position=Position(Part.HEADER, name, status=status))
                    sides = resolved(self.old, headers[name.lower()]), resolved(self.new, header)
                    yield from self._part(place, "header", *sides)
                    yield from self._schemas(place, sides[0].below("schema"), sides[1].below("schema"), SCHEMA)
                    yield from self._untyped(place, *sides)
            yield from self._links(here, one.below("links"), other.below("links"))

    def _untyped(self, site: Site, old: Node, new: Node) -> Iterator[Change]:
        """The content of two headers, which has no type: what no word of its schema tells is told as a whole."""
        known = len(self.unexplained)
        told = list(self._content(site, old, new))
        yield from told
        if not told and len(self.unexplained) == known:
            yield from self._word(site, "content", old, new, OTHER)

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
                sides = resolved(self.old, one), resolved(self.new, other)
                yield from self._part(replace(site, path=f"{site.path}/links/{name}"), "link", *sides)

    def _content(self, site: Site, before: Node, after: Node) -> Iterator[Change]:
        known = {_essence(name): media for name, media in before.below("content").parts().items()}
        for name, other in after.below("content").parts().items():
            one = known.get(_essence(name))
            if one is None:
                continue
            yield from self._part(site, "media", one, other)
            if is_bytes(name) and all(_is_file(node.below("schema").data) for node in (one, other)):
                continue
            for word in ("schema", "itemSchema"):
                yield from self._schemas(site, one.below(word), other.below(word), SCHEMA)

    def _part(self, site: Site, kind: str, old: Node, new: Node) -> Iterator[Change]:
        """The words of a part that is no schema."""
        words = PARTS[kind]
        before, after = (node.data if isinstance(node.data, dict) else {} for node in (old, new))
        for word in sorted(before.keys() | after.keys()):
            how = words.get(word, OTHER)
            if how in (READ, BELOW) or _is_extension(word):
                continue
            yield from self._word(site, word, old, new, how)

    def _word(self, site: Site, word: str, old: Node, new: Node, how: str) -> Iterator[Change]:
        left, right = old.below(word).data, new.below(word).data
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
            left, right = effective(self.old, one), effective(self.new, other)
            met = (left.at, right.at, here.direction)
            if met in self._met:
                continue
            self._met.add(met)
            said = known if (left.own and right.own) else SCHEMA
            for word in sorted(left.words.keys() | right.words.keys()):
                how = said.get(word, OTHER)
                if how != BELOW and not _is_extension(word):
                    yield from self._word_of_parts(here, word, (one, left), (other, right), how)
            yield from self._exclusive(here, left, right)
            rest += self._below(here, left, right)

    def _exclusive(self, site: Site, left: Effective, right: Effective) -> Iterator[Change]:
        """Whether a value that is two of the alternatives is refused, where there can be one."""
        known = [(self.old, left), (self.new, right)]
        listed = [[alone(each, node) for node in side.options.get("oneOf", [])] for each, side in known]
        told = any("discriminator" in side.words for _, side in known)
        both = bool(left.options and right.options) and bool(listed[0]) != bool(listed[1])
        if both and not told and not are_apart(listed[0] or listed[1]):
            here = self._placed(site, Node(None, left.at), Node(None, right.at))
            yield Pair(here, Exclusive(bool(listed[0])), Exclusive(bool(listed[1])))

    def _word_of_parts(
        self, site: Site, word: str, old: tuple[Node, Effective], new: tuple[Node, Effective], how: str
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
        docs = (
            how == DOCS
            or word == "description"
            or (word in ONE_WAY and not (site.path and ONE_WAY[word] & site.direction))
        )
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
        self, site: Site, left: Effective, right: Effective
    ) -> Iterator[tuple[Site, Node, Node, Mapping[str, str]]]:
        for name in sorted(left.properties.keys() & right.properties.keys()):
            step = "/" + name.replace("~", "~0").replace("/", "~1")
            here = replace(site, path=site.path + step)
            yield here, left.properties[name], right.properties[name], {**SCHEMA, **OF_FIELDS}
        for word, step in (("items", "/[]"), ("additionalProperties", "/{}")):
            if word in left.nodes and word in right.nodes:
                yield replace(site, path=site.path + step), left.nodes[word], right.nodes[word], SCHEMA
        before, after = ([node for word in LISTS for node in side.options.get(word, [])] for side in (left, right))
        texts = [
            [self._text(side, "", n.data) for n in nodes] for side, nodes in ((self.old, before), (self.new, after))
        ]
        one = [node for node, text in zip(before, texts[0], strict=True) if text not in texts[1]]
        other = [node for node, text in zip(after, texts[1], strict=True) if text not in texts[0]]
        if len(one) == len(other):
            for number, pair in enumerate(zip(one, other, strict=True)):
                yield replace(site, path=f"{site.path}/<{number + 1}>"), *pair, SCHEMA

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
                return self._canonical(document, word, find(document, reference)[0], depth - 1)
            inner = {key: self._canonical(document, key, part, depth - 1) for key, part in value.items()}
            return {key: part for key, part in inner.items() if part is not None and not is_extension(key)}
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
        return Node(*find(document, key if key.startswith("#") else f"#{key}"))

    def _list(self, document: Document, node: Node) -> list[Node]:
        entries = node.data if isinstance(node.data, list) else []
        nodes = (Node(each, join(node.pointer, str(i))) for i, each in enumerate(entries))
        return [found for each in nodes if isinstance((found := resolved(document, each)).data, dict)]


def _scopes(security: Any) -> dict[str, list[frozenset[str]]]:
    """The scopes of each alternative that a scheme is in."""
    found: dict[str, list[frozenset[str]]] = {}
    for alternative in security if isinstance(security, list) else ():
        for scheme, scopes in alternative.items() if isinstance(alternative, dict) else ():
            found.setdefault(str(scheme), []).append(frozenset(map(str, scopes if isinstance(scopes, list) else ())))
    return {scheme: sorted(each, key=sorted) for scheme, each in found.items()}


def _tags(discriminator: dict[str, Any]) -> dict[str, Any]:
    """A discriminator with the values of its mapping; a mapping of each component's name to itself says nothing."""
    mapping = discriminator.get("mapping")
    entries = mapping.items() if isinstance(mapping, dict) else ()
    named = {value: str(target).rpartition("/")[2] for value, target in entries}
    values = sorted(value for value, name in named.items() if value != name)
    return {"propertyName": discriminator.get("propertyName"), "values": values}


def _is_extension(word: str) -> bool:
    return is_extension(word) and word not in (SEPARATED, MAY_BE_EMPTY)


def _is_file(schema: Any) -> bool:
    """Whether a schema says of bytes only that they are such: as 3.0 does, as 3.1 does, or not at all."""
    if schema is None or schema is True:
        return True
    words = {word: value for word, value in schema.items() if word not in DOCUMENTATION and not is_extension(word)}
    return words.pop("type", "string") == "string" and words.pop("format", "binary") == "binary" and not words


def _essence(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _shown(value: Any) -> str | None:
    return None if value is None else json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
