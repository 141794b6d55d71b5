"""Finding the operation of a request: by path template, method and the constants of the query."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote

from vcsdk.ir import In, Operation
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.messages import Message

_ENCODED = re.compile(r"(%[0-9A-Fa-f]{2})")
_TEMPLATE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Target:
    """A request's target, taken apart: the raw path (`/api/session`) and the decoded query in order."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, method: str, raw_path: str, raw_query: str) -> Target:
        """From the wire.  `+` in the query is a blank, as forms write it."""
        return cls(method, raw_path, tuple(parse_qsl(raw_query, keep_blank_values=True)))

    def values(self, name: str) -> list[str]:
        """Every value of a query parameter, in order."""
        return [value for key, value in self.query if key == name]


@dataclass(frozen=True, slots=True)
class Match:
    """An operation and the raw (still percent-encoded) values of its path parameters."""

    operation: Operation
    path_values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Path:
    segments: tuple[str, ...]
    pattern: re.Pattern[str]
    names: tuple[str, ...]
    operations: tuple[Operation, ...]

    @property
    def order(self) -> list[tuple[bool, int, str]]:
        # Literal segments win over templates, from the left (OpenAPI 3.0.3, "Path Templating Matching"); of these
        # the one with most text around its parameters: `{name}:cancel` before `{name}`.
        return [("{" in segment, -len(_TEMPLATE.sub("", segment)), segment) for segment in self.segments]


class Router:
    """Routes requests to operations; `prefix` is the path of the server that all paths start with.

    An operation that has a server of its own is below the path of that, by its key in `own`, as well: there its client
    asks for it.
    A key that is a constant of the query for any operation of a path (`action`, `vmw-task`) is significant on that
    path: it must have exactly the value of the operation, once, and be absent where the operation has no such constant.
    Of operations that differ in nothing else, the one whose constant headers are there is meant, then the one whose
    required parameters are (`?name`).  Other
    undeclared query parameters are ignored, as vCenter does.
    """

    def __init__(
        self, operations: Sequence[Operation], prefix: str, own: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        by_path: dict[str, list[Operation]] = defaultdict(list)
        for operation in operations:
            for above in dict.fromkeys((prefix, own.get(operation.server, prefix))):
                by_path[above.rstrip("/") + operation.path].append(operation)
        self._paths = sorted(
            (_compile(path, standing) for path, standing in by_path.items()),
            key=lambda path: path.order,
        )
        self._by_length: dict[int, list[_Path]] = defaultdict(list)
        for path in self._paths:
            self._by_length[len(path.segments)].append(path)

    @property
    def hidden(self) -> Iterator[tuple[Operation, Operation]]:
        """Operations that nothing tells apart from one before them: the one that is answered, the one that never is."""
        met: dict[object, Operation] = {}
        for path in self._paths:
            for operation in path.operations:
                headers = frozenset((name.lower(), value) for name, value in operation.fixed_headers)
                constants = (frozenset(operation.fixed_query), frozenset(operation.presence), headers)
                first = met.setdefault((operation.method, path.pattern.pattern, *constants), operation)
                if first is not operation:
                    yield first, operation

    def find(self, target: Target, headers: Mapping[str, str] = MappingProxyType({})) -> Match:
        """The operation that the request means; of two that nothing tells apart the first.  Headers by lower-case name.

        Raises:
            Refusal: 404 for an unknown path or query, 405 with `Allow` for a method that this path, or this path with
                this query, does not have.
        """
        here = self._matching(target.path)
        if not here:
            raise Refusal("NOT_FOUND", Message("api.path", (unquote(target.path),)))
        # Without the header that tells them apart, the request is a malformed one for any of them.
        for alike in (partial(_has_headers, headers), _is_any):
            for path, values in here:
                operation = _by_query([each for each in path.operations if alike(each)], target)
                if operation is not None:
                    return Match(operation, values)
        self._refuse_method([operation for path, _ in here for operation in path.operations], target)
        raise Refusal("OPERATION_NOT_FOUND", Message("api.operation", (target.method, unquote(target.path))))

    def _refuse_method(self, operations: Sequence[Operation], target: Target) -> None:
        methods = {operation.method for operation in operations}
        # The query is part of the resource, so `Allow` names the methods that take this one, if any does.
        found = [_by_query(operations, replace(target, method=method)) for method in sorted(methods)]
        takers = [operation for operation in found if operation is not None]
        # A constant that is missing is a mistake in the query; one that belongs to another method is one in the method.
        if target.method not in methods or any(operation.fixed_query for operation in takers):
            allowed = {operation.method for operation in takers} or methods
            raise Refusal(
                None,
                Message("api.method", (target.method,)),
                status=405,
                headers={"Allow": ", ".join(sorted(allowed))},
            )

    def candidates(self, target: Target) -> list[Match]:
        """The operations with this path and method, whatever their query, in document order."""
        return [
            Match(operation, values)
            for path, values in self._matching(target.path)
            for operation in path.operations
            if operation.method == target.method
        ]

    def _matching(self, raw_path: str) -> list[tuple[_Path, dict[str, str]]]:
        found = []
        for path in self._by_length.get(raw_path.count("/"), ()):
            if (match := path.pattern.fullmatch(raw_path)) is not None:
                found.append((path, dict(zip(path.names, match.groups(), strict=True))))
        # Two templates may match one path; only the most literal one is meant.
        return found[:1] if found and not found[0][0].names else found


def _compile(template: str, operations: Sequence[Operation]) -> _Path:
    segments = tuple(template.split("/")[1:])
    names = tuple(_TEMPLATE.findall(template))
    pattern = "".join(
        "([^/]+)" if index % 2 else _literal(part) for index, part in enumerate(_TEMPLATE.split(template))
    )
    return _Path(segments, re.compile(pattern), names, tuple(operations))


def _literal(text: str) -> str:
    return "".join(
        _encoded(part) if index % 2 else "".join(map(_character, part))
        for index, part in enumerate(_ENCODED.split(text))
    )


def _encoded(written: str) -> str:
    """A template may encode what a client need not (RFC 3986, 6.2.2.2), and may mean the `%` itself, which is `%25`."""
    char = unquote(written, errors="replace")
    plain = [re.escape(char)] if char not in ("/", "\ufffd") else []
    return f"(?:{'|'.join((*plain, f'(?i:{written})', f'%25{written[1:]}'))})"


def _character(char: str) -> str:
    """A client may percent-encode what need not be (`~` as `%7E`, `$` as `%24`), and what is no ASCII it has to."""
    if char == "/" or (char.isascii() and char.isalnum()):
        return re.escape(char)
    encoded = "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))
    return f"(?:{re.escape(char)}|(?i:{encoded}))"


def _by_query(operations: Sequence[Operation], target: Target) -> Operation | None:
    significant = {name for operation in operations for name, _ in operation.fixed_query}
    found = []
    for operation in operations:
        if operation.method != target.method:
            continue
        constants = dict(operation.fixed_query)
        declared = {p.wire_name for p in operation.parameters if p.location is In.QUERY}
        if all(
            target.values(name) == ([constants[name]] if name in constants else [])
            for name in significant
            if name in constants or name not in declared
        ):
            found.append(operation)
    sent = {name for name, _ in target.query}
    complete = [operation for operation in found if sent.issuperset(operation.presence)]
    # Without all that tells them apart, the request is a malformed one for the operation that asks least.
    return max(complete, key=_presence, default=min(found, key=_presence, default=None))


def _has_headers(headers: Mapping[str, str], operation: Operation) -> bool:
    return all(headers.get(name.lower()) == value for name, value in operation.fixed_headers)


def _is_any(_: Operation) -> bool:
    return True


def _presence(operation: Operation) -> int:
    return len(operation.presence)
