"""The operations of the API, and what a request can do to the target."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl

from .credentials import Alternatives, Scheme
from .lives import Life
from .paths import as_sent
from .undo import Undo

_PARAMETER = re.compile(r"\{[^{}]+\}")
_MARK = "\0"
_KNOWN_PATHS = 4096
SESSION_ROLES = ("session-create", "session-delete")
"""Of operations that make or end a session."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "QUERY", "REPORT", "SEARCH", "TRACE"})
"""What the registry of HTTP methods calls safe (RFC 9110, 16.1.1)."""
_FIELDS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})


class Effect(enum.StrEnum):
    """The most a request can do: change nothing, change something, interrupt or destroy."""

    READ = "read"
    WRITE = "write"
    DESTRUCTIVE = "destructive"

    @property
    def rank(self) -> int:
        """0 for read, 1 for write, 2 for destructive; a level covers every rank up to its own."""
        return _RANKS[self]


_RANKS = {effect: rank for rank, effect in enumerate(Effect)}


@dataclass(frozen=True)
class Operation:
    """One documented request.

    `pointer` is the operation's JSON pointer in `openapi.json`; `path` is a template below the prefix, `query` the
    constants that tell operations on one path apart ("" for a name alone), `presence` names parameters of the query
    that do so by being there. `role` is its part in sessions and tasks ("session-create", "task-get"…), "" for none.
    `finite` means that the suite tries every well-formed request there is, so that there is nothing to sample; `bare`,
    that it takes no input at all; `envelope`, that its successes travel as `{"value": …}`; `unanswerable`, that no
    finite value fits its documented success, so that no server can answer it.  `security` is what it asks for, in an
    API without sessions; `headers` are what every request to it carries beside that.  `indistinct` means that nothing
    in method, path and query tells it from another one, so that no answer can be held to it.
    """

    name: str
    operation_id: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    pointer: str
    effect: Effect
    secured: bool = True
    disrupts: bool = False
    role: str = ""
    finite: bool = False
    bare: bool = False
    presence: tuple[str, ...] = ()
    envelope: bool = False
    unanswerable: bool = False
    security: Alternatives = ()
    headers: tuple[tuple[str, str], ...] = ()
    indistinct: bool = False

    @property
    def request_line(self) -> str:
        """How it stands on the wire: `POST /vcenter/vcha/cluster?action=get`."""
        constants = (f"{key}={value}" if value else key for key, value in self.query)
        query = "&".join((*constants, *self.presence))
        return f"{self.method} {self.path}" + (f"?{query}" if query else "")

    @property
    def item_pointer(self) -> str:
        """The pointer of its path item in `openapi.json`; of other methods it has a map (`additionalOperations`)."""
        above, _, field = self.pointer.rpartition("/")
        return above if field in _FIELDS else above.rpartition("/")[0]

    @cached_property
    def label(self) -> str:
        """How schemathesis names it: method and path key of the bundled description."""
        key = self.item_pointer.removeprefix("#/paths/")
        return f"{self.method} {key.replace('~1', '/').replace('~0', '~')}"

    @cached_property
    def _segments(self) -> tuple[str | re.Pattern[str], ...]:
        """What stands between the slashes: a text, `_MARK` for a parameter, a pattern where one has text around it."""
        return tuple(
            re.compile("[^/]+".join(map(re.escape, part.split(_MARK)))) if _MARK in part and part != _MARK else part
            for part in as_sent(_PARAMETER.sub(_MARK, self.path)).split("/")
        )

    def stands_at(self, path: str) -> bool:
        """True if the path (without prefix and query) is one of this operation's."""
        # It may come as it is written, with percent signs of its own.
        return self._is(path) or ("%" in path and self._is(as_sent(path)))

    def _is(self, path: str) -> bool:
        way, segments = path.split("/"), self._segments
        return len(way) == len(segments) and all(map(_fits, segments, way))


def _first(name: str, lives: Iterable[Life]) -> Life:
    found = next(iter(lives), None)
    if found is None:
        raise KeyError(name)
    return found


@dataclass(frozen=True)
class Catalogue:
    """Every operation of one API; `prefix` is the path of its server (`/api`).

    `error_statuses` goes from a value of `error_type` to each HTTP status it is sent with; empty where the API has no
    such convention. `undescribed` are operations that the description does not have and an API of its kind always has:
    the suite signs in and follows tasks with them, and tests none of them. `session_header` carries the session's
    token; in an API without sessions `schemes` say how requests carry what they ask for.
    `lives` are the collections whose members the suite makes and removes, `singletons` what the API has one of, which
    it sets, and sets back.  `undoings` say how what an operation sets is set back.
    """

    operations: tuple[Operation, ...]
    prefix: str = ""
    session_header: str = ""
    error_schema: str = ""
    error_statuses: tuple[tuple[str, int], ...] = ()
    schemes: tuple[Scheme, ...] = ()
    lives: tuple[Life, ...] = ()
    singletons: tuple[Life, ...] = ()
    undescribed: tuple[Operation, ...] = ()
    undoings: tuple[Undo, ...] = ()

    @cached_property
    def ways(self) -> dict[str, Scheme]:
        """The schemes by key."""
        return {scheme.key: scheme for scheme in self.schemes}

    def life(self, name: str) -> Life:
        """The collection with this path.

        Raises:
            KeyError: There is none.
        """
        return _first(name, (life for life in self.lives if life.name == name))

    def singleton(self, change: str) -> Life:
        """What this operation sets.

        Raises:
            KeyError: There is none.
        """
        return _first(change, (life for life in self.singletons if life.change == change))

    def undo(self, change: str) -> Undo:
        """How what this operation sets is set back; of one that nobody knows, that it cannot be."""
        return self._undoings.get(change, Undo(change))

    @cached_property
    def _undoings(self) -> dict[str, Undo]:
        return {each.change: each for each in self.undoings}

    def asked(self, method: str, path: str, query: str = "") -> Alternatives:
        """What a request has to carry: as its operation says; without one, as others of its path, or any, do."""
        operation = self.match(method, path, query)
        if operation is not None:
            return operation.security
        near = (*self.standing_at(path), *self.operations)
        return next((o.security for o in near if o.security and () not in o.security), ())

    def with_role(self, role: str) -> Operation | None:
        """The operation that plays this part, be it described or not; None where the API has none."""
        return self._by_role.get(role)

    @cached_property
    def _by_role(self) -> dict[str, Operation]:
        return {o.role: o for o in reversed((*self.operations, *self.undescribed)) if o.role}

    def named(self, name: str) -> Operation | None:
        """The operation with this name or operationId, or None."""
        return self._by_name.get(name)

    def labelled(self, label: str) -> Operation | None:
        """The operation that schemathesis calls so, or None."""
        return self._by_label.get(label)

    @cached_property
    def _by_label(self) -> dict[str, Operation]:
        return {o.label: o for o in reversed(self.operations)}

    @cached_property
    def _by_name(self) -> dict[str, Operation]:
        return {**{o.operation_id: o for o in self.operations}, **{o.name: o for o in self.operations}}

    def match(self, method: str, path: str, query: str = "") -> Operation | None:
        """The documented operation that a correct server takes this request for, or None.

        Of several paths the most literal one that takes the request is meant, and one without parameters whatever it
        takes (OpenAPI, "Path Templating Matching").  A constant of the query counts only where it is sent exactly
        once; of several matches the one with most constants, then the one with most parameters that must be there,
        wins.
        """
        standing = self.standing_at(path)
        for template in sorted({operation.path for operation in standing}, key=_literalness):
            here = _taking(method, query, (operation for operation in standing if operation.path == template))
            if here or "{" not in template:
                return _most_telling(here, query)
        return None

    def effect(self, method: str, path: str, query: str = "") -> tuple[Effect, tuple[Operation, ...]]:
        """The most this request can do, and the operations that a server, also a faulty one, may take it for.

        A request with a missing, altered or doubled constant may be taken for any operation of its path; so may one
        whose method is neither documented nor safe, and one that two operations of the description describe.  One for
        `/x/y` may be taken for one for `/x/{id}` by a server that does not have `/x/y`.
        """
        neighbours = self.standing_at(path)
        operation = self.match(method, path, query)
        if operation is not None and not self._ambiguous(operation, neighbours, query):
            others = (o for o in neighbours if o.path != operation.path)
            operations = (operation, *_taking(method, query, others))
            return _worst(operations, at_least=operation.effect), operations
        if method.upper() in SAFE_METHODS:
            neighbours = tuple(o for o in neighbours if o.method == method.upper())
            return _worst(neighbours, at_least=Effect.READ), neighbours
        return _worst(neighbours, at_least=Effect.WRITE), neighbours

    @cached_property
    def _by_head(self) -> dict[tuple[int, str], list[tuple[int, Operation]]]:
        """The operations, numbered, by slashes in the path and by its segments before the first parameter."""
        found: dict[tuple[int, str], list[tuple[int, Operation]]] = {}
        for number, operation in enumerate((*self.operations, *self.undescribed)):
            fixed, parameter, _ = operation.path.partition("{")
            head = as_sent(fixed.rpartition("/")[0] if parameter else operation.path)
            found.setdefault((operation.path.count("/"), head), []).append((number, operation))
        return found

    def standing_at(self, path: str) -> tuple[Operation, ...]:
        """Every operation that has this path, of whatever method and query, in document order."""
        return self._standing_at(path)

    @cached_property
    def _standing_at(self) -> Callable[[str], tuple[Operation, ...]]:
        return lru_cache(_KNOWN_PATHS)(self._find)

    def _find(self, path: str) -> tuple[Operation, ...]:
        below = self._below_prefix(path)
        found = dict(each for way in (below, as_sent(below)) for each in self._near(way) if each[1].stands_at(below))
        return tuple(found[number] for number in sorted(found))

    def _near(self, below: str) -> list[tuple[int, Operation]]:
        depth, head = below.count("/"), below
        near = list(self._by_head.get((depth, head), ()))
        while head:
            head = head.rpartition("/")[0]
            near += self._by_head.get((depth, head), ())
        return near

    def has_twin(self, operation: Operation, path: str) -> bool:
        """True if another operation stands at the path that nothing in a request tells from this one."""
        return any(_is_twin(operation, other) for other in self.standing_at(path))

    def _below_prefix(self, path: str) -> str:
        return path.removeprefix(self.prefix) if self.prefix else path

    @staticmethod
    def _ambiguous(operation: Operation, neighbours: tuple[Operation, ...], query: str) -> bool:
        sent = {key for key, _ in _pairs(query)}
        own = {key for key, _ in operation.query}
        if any(_is_twin(operation, other) for other in neighbours):
            return True
        telling = {key for o in neighbours if o.method == operation.method for key, _ in o.query}
        return bool((sent & telling) - own)


def _literalness(template: str) -> list[tuple[bool, int, str]]:
    """Sorts templates of one path, the most literal first.

    From the left, a text goes before a parameter, and of parameters the one with most text around it (`{name}:cancel`).
    """
    return [("{" in segment, -len(_PARAMETER.sub("", segment)), segment) for segment in template.split("/")]


def _taking(method: str, query: str, operations: Iterable[Operation]) -> list[Operation]:
    """Those of the operations that have this method and whose constants are all sent."""
    verb, pairs = method.upper(), _pairs(query)
    return [
        operation
        for operation in operations
        if operation.method == verb
        and all([v for k, v in pairs if k == key] == [value] for key, value in operation.query)
    ]


def _most_telling(found: list[Operation], query: str) -> Operation | None:
    sent = {key for key, _ in _pairs(query)}
    # One that lacks a parameter is a malformed request for it, unless another takes the request as it is.
    complete = [operation for operation in found if sent.issuperset(operation.presence)]
    return max(complete or found, key=lambda o: (len(o.query), len(o.presence)), default=None)


def _is_twin(operation: Operation, other: Operation) -> bool:
    """True if nothing in method, path and query tells the two apart."""
    return (
        operation is not other
        and operation.method == other.method
        and set(operation.query) == set(other.query)
        and operation.presence == other.presence
        and _PARAMETER.sub(_MARK, operation.path) == _PARAMETER.sub(_MARK, other.path)
    )


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True) if query else []


def _fits(wanted: str | re.Pattern[str], given: str) -> bool:
    if wanted == _MARK:
        return given != ""
    return wanted == given if isinstance(wanted, str) else wanted.fullmatch(given) is not None


def _worst(operations: Iterable[Operation], at_least: Effect) -> Effect:
    return max((at_least, *(o.effect for o in operations)), key=lambda effect: effect.rank)
