"""The resources of a description: collections, what identifies their members, which operation does what.

Read from paths and methods alone (RFC 9110; `/things` and `/things/{thing}`), and from what the profile `vapi` adds:
`/things/id:{thing}`, the action of a query, and the resource type that a parameter is said to identify.
"""

from __future__ import annotations

import enum
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from vcsdk.ir import Array, In, Map, Operation, Parameter, Response, Safety
from vcsdk.ir.identifying import is_generic, plain_name
from vcsdk.ir.vapi import action_of
from vcsdk.vapi_prose.identifiers import types_named

_PARAMETER = re.compile(r"\{([^{}]*)\}")
_OLD_FORM = re.compile(r"id:\{[^{}]*\}")
# A member in parentheses behind its collection, as OData writes it (OData 4.01, Part 2, 4.3.1).
_IN_PARENTHESES = re.compile(r"([^{}()]+)\(('?)\{([^{}]*)\}\2\)")
_ACTIONS = {"list": "list", "create": "create", "get": "read", "update": "update", "set": "replace", "delete": "delete"}


class Does(enum.StrEnum):
    """What an operation does with the resources of its path; `USE` is anything that only needs them to be there."""

    LIST = "list"
    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    USE = "use"


_OF_SETTINGS = (Does.LIST, Does.UPDATE, Does.REPLACE, Does.DELETE)


@dataclass(slots=True)
class Collection:
    """Resources with one parent.

    `key` is the path with its parameters' names left out (`/clusters/{}/drafts`), `parameter` the name of the one
    behind it, `prefix` what stands before that (`id:`, or `('` for one in parentheses). Collections of one `kind` show
    the same resources: one that no operation adds to shows those of all others. `shown_by` are the operations that show
    a member whole, `listed_by` those that list all, `written_by` those whose bodies say what one is, who makes it
    first.
    """

    key: str
    parameter: str
    prefix: str
    parents: tuple[str, ...]
    kind: str = ""
    grows: bool = False
    uses: list[tuple[Operation, Parameter]] = field(default_factory=list)
    shown_by: list[Operation] = field(default_factory=list)
    listed_by: list[Operation] = field(default_factory=list)
    written_by: list[Operation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Position:
    """A parameter of a path, and the collection whose member its value identifies."""

    parameter: str
    collection: Collection


@dataclass(frozen=True, slots=True)
class Step:
    """What one operation does to `collection` or its member, all members that `positions` name being there.

    The collection may be another one than the path's: vAPI's clone and deploy make something elsewhere.  `setting` is
    the operation that reads what this one reads or writes where no identifier stands.
    """

    does: Does
    positions: tuple[Position, ...]
    collection: Collection | None
    setting: Operation | None = None


Makes = Callable[[Operation, Collection], bool]


class Kinds:
    """The collections of a description by key, and the step of each operation that touches one.

    Args:
        operations: All that is served; those with a role in sessions or tasks are left out.
        vapi: Whether the profile's conventions hold.
        makes: Whether the answer to a POST on a collection tells which member it made.
    """

    def __init__(self, operations: Iterable[Operation], *, vapi: bool, makes: Makes) -> None:
        self._vapi = vapi
        self._makes = makes
        self.collections: dict[str, Collection] = {}
        self.of_kind: dict[str, list[Collection]] = {}
        self._by_type: dict[str, list[Collection]] = {}
        self._at: dict[tuple[str, str], Collection] = {}
        standing = [operation for operation in operations if operation.role is None]
        self._settings = self._readers(standing)
        self._own = {_erased(o.path) for o in standing if self._does(o) in (Does.LIST, Does.CREATE)}
        # Members first: their parameter says what a collection is of, where an action names something else by it.
        for operation in sorted(standing, key=lambda o: action_of(o.fixed_query) is not None):
            self._collect(operation)
        steps = {operation.key: self._step(operation) for operation in standing}
        self._group()
        self._of = {key: step for key, step in steps.items() if step is not None}
        if vapi:
            self._of.update((o.key, step) for o in standing if (step := self._elsewhere(o)) is not None)

    def step(self, operation: Operation) -> Step | None:
        """What an operation does; None where its path has nothing to do with a collection."""
        return self._of.get(operation.key)

    def _collect(self, operation: Operation) -> None:
        declared = {p.wire_name: p for p in operation.parameters if p.location is In.PATH}
        parents: list[str] = []
        for place, name, prefix in _places(operation.path):
            parameter = declared.get(name)
            if parameter is None or isinstance(parameter.type, Array | Map):
                continue
            key = self._key(place, parameter)
            known = self.collections.setdefault(key, Collection(key, name, prefix, tuple(parents)))
            known.uses.append((operation, parameter))
            self._at[place, name] = known
            parents.append(key)

    def _key(self, place: str, parameter: Parameter) -> str:
        """The place; one of vAPI's services may have actions on several kinds of things, which then are told apart."""
        named = _type_named(parameter) if self._vapi else None
        home = self.collections.get(place)
        if not self._vapi or home is None or home.parameter == parameter.wire_name:
            return place
        theirs = _type_named(home.uses[0][1])
        if named != theirs if named or theirs else place not in self._own:
            return f"{place}#{parameter.wire_name}"
        return place

    def _step(self, operation: Operation) -> Step | None:
        erased = _erased(operation.path)
        positions = tuple(
            Position(name, self._at[place, name])
            for place, name, _ in _places(operation.path)
            if (place, name) in self._at
        )
        does = self._does(operation)
        if (collection := self.collections.get(erased)) is not None:
            if does is Does.CREATE and (self._vapi or not operation.task) and self._makes(operation, collection):
                collection.grows = True
                collection.written_by.insert(0, operation)
                return Step(does, positions, collection)
            if does is Does.LIST:
                collection.listed_by.append(operation)
            return Step(does if does is Does.LIST else Does.USE, positions, collection)
        if does in _OF_SETTINGS and (reader := self._settings.get(erased)) is not None:
            return Step(Does.READ if does is Does.LIST else does, positions, None, reader)
        if not positions:
            return None
        last = positions[-1].collection
        is_item = erased == f"{last.key}/{{}}" and not (action_of(operation.fixed_query) == "delete" and operation.body)
        if does is Does.LIST and is_item:
            does = Does.READ
            last.shown_by.append(operation)
        if is_item and does in (Does.REPLACE, Does.UPDATE):
            last.written_by.append(operation)
        return Step(does if is_item and does is not Does.CREATE else Does.USE, positions, last)

    def _readers(self, operations: list[Operation]) -> dict[str, Operation]:
        """What reads each path that is written as a whole and names nothing with its end."""
        written = {_erased(o.path) for o in operations if self._does(o) in (Does.UPDATE, Does.REPLACE)}
        reading = {_erased(o.path): o for o in operations if self._does(o) is Does.LIST}
        return {path: o for path, o in reading.items() if path in written and not path.endswith("{}")}

    def _does(self, operation: Operation) -> Does:
        """By method, or by the action of a query; a GET is the same on a collection and on a member."""
        query = [pair for pair in operation.fixed_query if pair[0] != "vmw-task"]
        if not query and not operation.presence:
            by_method = {"GET": Does.LIST, "POST": Does.CREATE, "PATCH": Does.UPDATE, "PUT": Does.REPLACE}
            return by_method.get(operation.method, Does.DELETE if operation.method == "DELETE" else Does.USE)
        action = _ACTIONS.get(action_of(query) or "") if self._vapi and len(query) == 1 else None
        return Does.LIST if action == "read" else Does(action) if action is not None else Does.USE

    def _group(self) -> None:
        leader = {key: key for key in self.collections}

        def lead(key: str) -> str:
            while leader[key] != key:
                key = leader[key]
            return key

        for alike in (*self._typed(), *self._named()):
            for other in alike[1:]:
                leader[lead(other.key)] = lead(alike[0].key)
        kinds: dict[str, list[Collection]] = defaultdict(list)
        for key, collection in self.collections.items():
            collection.kind = lead(key)
            kinds[collection.kind].append(collection)
        # Those without parents first, so that a member can be looked for where it has fewest conditions.
        self.of_kind = {kind: sorted(found, key=lambda c: len(c.parents)) for kind, found in kinds.items()}

    def _typed(self) -> Iterable[list[Collection]]:
        if self._vapi:
            by_type: dict[str, list[Collection]] = defaultdict(list)
            for collection in self.collections.values():
                for named in dict.fromkeys(_type_named(parameter) for _, parameter in collection.uses):
                    if named is not None:
                        by_type[named].append(collection)
            self._by_type = by_type
        return self._by_type.values()

    def _named(self) -> Iterator[list[Collection]]:
        """A collection that nothing adds to, with the ones of its parent that its parameter's name means."""
        alike: dict[tuple[str, tuple[str, ...]], list[Collection]] = defaultdict(list)
        for collection in self.collections.values():
            if not is_generic(collection.parameter):
                alike[plain_name(collection.parameter), collection.parents].append(collection)
        typed = {collection.key for found in self._by_type.values() for collection in found}
        for found in alike.values():
            # What the description says beats what a name suggests.
            joining = [collection for collection in found if not collection.grows and collection.key not in typed]
            if joining and (growing := [collection for collection in found if collection.grows]):
                yield [*growing, *joining]

    def _elsewhere(self, operation: Operation) -> Step | None:
        """A POST that answers an identifier of a type (clone, copy, deploy) makes one in that type's collection."""
        success = operation.success
        step = self._of.get(operation.key)
        if success is None or operation.method != "POST" or operation.task or operation.safety is Safety.READ:
            return None
        if step is not None and step.does is not Does.USE:
            return None
        candidates = self._by_type.get(_type_named(success) or "", [])
        # Its own collection is one of fewest parents, all of which the path must name.
        known = {position.collection.kind for position in step.positions} if step is not None else set()
        for collection in sorted(candidates, key=lambda c: (not c.grows, len(c.parents))):
            parents = {self.collections[key].kind for key in collection.parents}
            if parents <= known and self._makes(operation, collection):
                return Step(Does.CREATE, step.positions if step is not None else (), collection)
        return None


def _places(path: str) -> Iterator[tuple[str, str, str]]:
    """Each parameter of a path: the path before it, its name, what stands before it in its segment."""
    key = ""
    for segment in path.split("/")[1:]:
        names = _PARAMETER.findall(segment)
        if (keyed := _IN_PARENTHESES.fullmatch(segment)) is not None:
            yield f"{key}/{keyed[1]}", keyed[3], f"({keyed[2]}"
        elif len(names) == 1 and (_OLD_FORM.fullmatch(segment) or segment.startswith("{")):
            yield key, names[0], segment.partition("{")[0]
        key += f"/{_erased_segment(segment)}"


def _erased(path: str) -> str:
    return "/" + "/".join(_erased_segment(segment) for segment in path.split("/")[1:])


def _erased_segment(segment: str) -> str:
    if (keyed := _IN_PARENTHESES.fullmatch(segment)) is not None:
        return f"{keyed[1]}/{{}}"
    return "{}" if _OLD_FORM.fullmatch(segment) else _PARAMETER.sub("{}", segment)


def _type_named(node: Parameter | Response) -> str | None:
    if isinstance(node, Response):
        return next(iter(types_named(node.description)), None)
    return node.identifies.types[0] if node.identifies is not None else None
