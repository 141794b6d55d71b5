"""The operations of the API, and what a request can do to the target."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class Effect(enum.StrEnum):
    """The most a request can do: change nothing, change something, interrupt or destroy."""

    READ = "read"
    WRITE = "write"
    DESTRUCTIVE = "destructive"

    @property
    def rank(self) -> int:
        """0 for read, 1 for write, 2 for destructive; a level covers every rank up to its own."""
        return list(Effect).index(self)


@dataclass(frozen=True)
class Operation:
    """One documented request.

    `pointer` is the operation's JSON pointer in `openapi.json`; `path` is a template below the prefix, `query` the
    constants that tell operations on one path apart.  `role` is its part in sessions and tasks
    ("session-create", "task-get"…), "" for none.
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

    @property
    def request_line(self) -> str:
        """How it stands on the wire: `POST /vcenter/vcha/cluster?action=get`."""
        query = "&".join(f"{key}={value}" for key, value in self.query)
        return f"{self.method} {self.path}" + (f"?{query}" if query else "")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = re.split(r"\{[^{}]+\}", self.path)
        return re.compile("[^/]+".join(re.escape(part) for part in parts))

    @cached_property
    def _head(self) -> str:
        return self.path.partition("{")[0]

    def stands_at(self, path: str) -> bool:
        """True if the path (without prefix and query) is one of this operation's."""
        return path.startswith(self._head) and self._pattern.fullmatch(path) is not None


@dataclass(frozen=True)
class Catalogue:
    """Every operation of one API; `prefix` is the path of its server (`/api`).

    `error_statuses` goes from a value of `error_type` to the HTTP status it is sent with; empty where the API has
    no such convention.  `session_header` carries the session's token.
    """

    operations: tuple[Operation, ...]
    prefix: str = ""
    session_header: str = ""
    error_schema: str = ""
    error_statuses: tuple[tuple[str, int], ...] = ()

    def with_role(self, role: str) -> Operation | None:
        """The operation that plays this part, or None."""
        return next((o for o in self.operations if o.role == role), None)

    def named(self, name: str) -> Operation | None:
        """The operation with this name or operationId, or None."""
        return next((o for o in self.operations if name in (o.name, o.operation_id)), None)

    def match(self, method: str, path: str, query: str = "") -> Operation | None:
        """The documented operation that a correct server takes this request for, or None.

        A constant of the query counts only where it is sent exactly once; of several matches the one with most
        constants wins.
        """
        pairs = parse_qsl(query, keep_blank_values=True)
        verb = method.upper()
        found = [
            operation
            for operation in self._standing_at(path)
            if operation.method == verb
            and all([v for k, v in pairs if k == key] == [value] for key, value in operation.query)
        ]
        return max(found, key=lambda operation: len(operation.query), default=None)

    def effect(self, method: str, path: str, query: str = "") -> tuple[Effect, tuple[Operation, ...]]:
        """The most this request can do, and the operations that a server, also a faulty one, may take it for.

        A request with a missing, altered or doubled constant may be taken for any operation of its path; so may one
        whose method is neither documented nor safe.
        """
        neighbours = self._standing_at(path)
        operation = self.match(method, path, query)
        if operation is not None and not self._ambiguous(operation, neighbours, query):
            return operation.effect, (operation,)
        if method.upper() in _SAFE_METHODS:
            neighbours = tuple(o for o in neighbours if o.method == method.upper())
            return _worst(neighbours, at_least=Effect.READ), neighbours
        return _worst(neighbours, at_least=Effect.WRITE), neighbours

    @cached_property
    def _by_depth(self) -> dict[int, list[Operation]]:
        """The operations by how many slashes their path has: a parameter never holds one."""
        found: dict[int, list[Operation]] = {}
        for operation in self.operations:
            found.setdefault(operation.path.count("/"), []).append(operation)
        return found

    def _standing_at(self, path: str) -> tuple[Operation, ...]:
        below = self._below_prefix(path)
        return tuple(o for o in self._by_depth.get(below.count("/"), ()) if o.stands_at(below))

    def _below_prefix(self, path: str) -> str:
        return path.removeprefix(self.prefix) if self.prefix else path

    @staticmethod
    def _ambiguous(operation: Operation, neighbours: tuple[Operation, ...], query: str) -> bool:
        sent = {key for key, _ in parse_qsl(query, keep_blank_values=True)}
        own = {key for key, _ in operation.query}
        telling = {key for o in neighbours if o.method == operation.method for key, _ in o.query}
        return bool((sent & telling) - own)


def _worst(operations: Iterable[Operation], at_least: Effect) -> Effect:
    return max((at_least, *(o.effect for o in operations)), key=lambda effect: effect.rank)
