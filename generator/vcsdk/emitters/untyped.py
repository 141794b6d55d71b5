"""What the output leaves as free JSON although the description says more of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from vcsdk.diagnostics import Origin
from vcsdk.ir import ANY, Alias, Array, Map, Nullable, Operation, Struct, Type
from vcsdk.load import Document
from vcsdk.load.extensions import is_extension
from vcsdk.load.pointer import escape, find
from vcsdk.pipeline import Described
from vcsdk.unrolled import Calls, unrolled

_SILENT = frozenset(
    [
        *("description", "title", "example", "examples", "default", "deprecated", "readOnly", "writeOnly", "nullable"),
        *("externalDocs", "xml", "discriminator", "$comment", "$defs", "definitions"),
        *("$schema", "$id", "$anchor", "$dynamicAnchor"),
    ]
)
"""What says nothing of a value."""

_UNCHECKED = frozenset(("not", "if", "then", "else", "dependentRequired", "dependentSchemas", "unevaluatedProperties"))
"""What no type expresses; keywords that are not checked are counted apart."""

_EVERYTHING = frozenset(("object", "array", "string", "number", "boolean"))
_COMPOSED = ("allOf", "anyOf", "oneOf")


class Untyped(msgspec.Struct, frozen=True):
    """A place that may be anything in the output.

    `kind` is "schema", "field", "parameter", "body" or "answer"; `name` is what people call it, `origin` where it is
    described.
    """

    kind: str
    name: str
    origin: Origin


def untyped(described: Described) -> tuple[Untyped, ...]:
    """Every such place, each once, in the order of the API."""
    found: dict[Origin, Untyped] = {}
    for each in _found(described):
        found.setdefault(each.origin, each)
    return tuple(found.values())


def _found(described: Described) -> Iterator[Untyped]:
    nodes = _Nodes(described.document)
    for schema in described.api.schemas.values():
        if isinstance(schema, Alias) and nodes.loses(schema.type, nodes.at(schema.key.removeprefix("#"))):
            yield Untyped("schema", schema.wire_name, schema.origin)
        for field in schema.fields if isinstance(schema, Struct) else ():
            if not _is_open(field.type):
                continue
            node = nodes.at(f"{schema.key.removeprefix('#')}/properties/{escape(field.wire_name)}")
            node = nodes.written(field.origin) if node is None else node
            if nodes.loses(field.type, node):
                yield Untyped("field", f"{schema.wire_name}.{field.wire_name}", field.origin)
    for operation in described.api.operations:
        yield from _of_operation(operation, nodes)


def _of_operation(operation: Operation, nodes: _Nodes) -> Iterator[Untyped]:
    for parameter in operation.parameters:
        if _is_open(parameter.type) and nodes.loses(parameter.type, nodes.schema(parameter.origin)):
            yield Untyped("parameter", f"{operation.request_line}: {parameter.wire_name}", parameter.origin)
    bodies = [("body", operation.request_line, operation.body.content)] if operation.body is not None else []
    bodies += [("answer", f"{each.status} of {operation.request_line}", each.content) for each in operation.responses]
    for kind, name, content in bodies:
        for media in content:
            if media.type is not None and _is_open(media.type) and nodes.loses(media.type, nodes.schema(media.origin)):
                yield Untyped(kind, f"{name}: {media.content_type}", media.origin)


def _is_open(type_: Type) -> bool:
    """Whether any part of a type, but for what has a name of its own, may be anything."""
    while isinstance(type_, Array | Map | Nullable):
        type_ = type_.items if isinstance(type_, Array) else type_.values if isinstance(type_, Map) else type_.type
    return type_ == ANY


class _Nodes:
    """The schemas of a document, and whether a type says what they say."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def at(self, pointer: str) -> Any:
        """The node at a pointer; None where nothing stands there, as with what is made of several."""
        try:
            return find(self._document.data, pointer)
        except (KeyError, IndexError, ValueError, TypeError):
            return None

    def written(self, origin: Origin) -> Any:
        """The node that was written at a place of the description itself."""
        return self.at(origin.pointer) if origin.file == self._document.file else None

    def schema(self, origin: Origin) -> Any:
        """The schema of a parameter or a medium."""
        node = self._resolved(self.written(origin))
        return node.get("schema") if isinstance(node, dict) else None

    def loses(self, type_: Type, node: Any) -> bool:
        """Whether a type leaves open what a schema does not."""
        if node is None:
            return False
        match type_:
            case Nullable(inner):
                return self.loses(inner, node)
            case Array(items):
                said = self._resolved(node)
                return isinstance(said, dict) and "items" in said and self.loses(items, said["items"])
            case Map(values):
                said = self._resolved(node)
                further = said.get("additionalProperties") if isinstance(said, dict) else None
                if isinstance(further, dict):
                    return self.loses(values, further)
                return values == ANY and self._has_members(node)
        return type_ == ANY and not unrolled(self._is_open(node, {}))

    def _is_open(self, node: Any, known: dict[int, bool]) -> Calls[bool]:
        """Whether any value at all is valid, as far as types can tell; `known` holds what was asked already.

        What is composed of itself is as open as the rest of it.
        """
        if not isinstance(node, dict):
            return node is not False
        if id(node) not in known:
            known[id(node)] = True
            known[id(node)] = yield self._is_open_itself(node, known)
        return known[id(node)]

    def _is_open_itself(self, node: Mapping[str, Any], known: dict[int, bool]) -> Calls[bool]:
        types = node.get("type")
        if isinstance(types, str) or (isinstance(types, list) and not set(types) >= _EVERYTHING):
            return False
        if "$ref" in node and not (yield self._is_open(self._target(node), known)):
            return False
        for each in _members(node, "allOf"):
            if not (yield self._is_open(each, known)):
                return False
        for keyword in ("anyOf", "oneOf"):
            some = keyword not in node
            for each in _members(node, keyword):
                some = some or (yield self._is_open(each, known))
            if not some:
                return False
        passed = {"$ref", "type", *_COMPOSED} | _SILENT | _UNCHECKED
        # With all types, assertions hold for one of them each.
        return isinstance(types, list) or all(key in passed or is_extension(key) for key in node)

    def _has_members(self, schema: Any) -> bool:
        """Whether a schema names properties, itself or in what it is composed of."""
        pending, seen = [schema], set[int]()
        while pending:
            node = self._resolved(pending.pop())
            if not isinstance(node, dict) or id(node) in seen:
                continue
            if node.get("properties"):
                return True
            seen.add(id(node))
            pending += [each for keyword in _COMPOSED for each in _members(node, keyword)]
        return False

    def _resolved(self, node: Any) -> Any:
        met: set[int] = set()
        while isinstance(node, dict) and "$ref" in node and id(node) not in met:
            met.add(id(node))
            node = self._target(node)
        return node

    def _target(self, node: Mapping[str, Any]) -> Any:
        try:
            return self._document.resolve(node["$ref"])[1]
        except (KeyError, AttributeError):
            return None


def _members(node: Mapping[str, Any], keyword: str) -> list[Any]:
    members = node.get(keyword)
    return members if isinstance(members, list) else []
