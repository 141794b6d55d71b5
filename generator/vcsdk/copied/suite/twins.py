"""Whether a target heeds the query: asked before a reading request that only its query tells from one which writes.

A server that ignores the query would take the one for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx2

from .description import Description
from .operations import Catalogue, Operation
from .reading import read_json

Ask = Callable[[httpx2.Request], httpx2.Response | None]
"""Sends a request, whatever it is; None where no answer came."""

# What is wrong for most: first what no server can read as an object, last what a lenient one fills in.
_CONTENTS: tuple[bytes | None, ...] = (
    b'"no-such-value"',
    b'["no-such-value"]',
    b"1",
    b"true",
    None,
    b"{}",
    b"[]",
    b"null",
)
# Nothing is there for anyone, or whoever asks is not let in: neither depends on the body, nor on the operation.
_BEFORE_ANY_BODY = frozenset({401, 403, 404, 405, 501})
_REFUSALS = frozenset(range(400, 500)) - _BEFORE_ANY_BODY - {408, 425, 429}
_NO_OPERATION = frozenset({"OPERATION_NOT_FOUND", "com.vmware.vapi.std.errors.operation_not_found"})
_OF_CONTENT = frozenset({"content-length", "content-type", "transfer-encoding"})


class Twins:
    """Remembers what the target was seen to do with requests that have twins.

    Args:
        description: Which bodies an operation takes.
        catalogue: Whose credentials requests carry.
    """

    def __init__(self, description: Description, catalogue: Catalogue) -> None:
        self._description = description
        keys = (scheme.name for scheme in catalogue.schemes if scheme.kind == "header")
        self._credentials = tuple(filter(None, (catalogue.session_header, *keys, "authorization", "cookie")))
        self._found: dict[tuple[str | None, ...], str | None] = {}

    def objection(
        self, request: httpx2.Request, operation: Operation, twins: Sequence[Operation], ask: Ask
    ) -> str | None:
        """Why a request must not leave, None if it may: the target was seen not to take it for one of its twins.

        It is asked with constants that no operation has, and a body that is wrong for every twin: whoever heeds the
        query refuses that for its operation, and whoever does not has a body to refuse.

        Args:
            request: A request of the operation.
            operation: What a correct server takes it for.
            twins: Operations with the same method and path that must not be carried out.
            ask: Sends the question.
        """
        key = (request.method, _path(request), operation.name, *map(request.headers.get, self._credentials))
        if key not in self._found:
            self._found[key] = self._judge(request, operation, twins, ask)
        return self._found[key]

    def _judge(self, request: httpx2.Request, operation: Operation, twins: Sequence[Operation], ask: Ask) -> str | None:
        names, query = ", ".join(twin.name for twin in twins), request.url.query.decode()
        altered = _altered(operation, twins, query)
        if altered is None:
            return f"not sent: nothing in the request tells it from {names}"
        wrong = [content for content in _CONTENTS if all(self._is_wrong(content, twin) for twin in twins)]
        if not wrong:
            return f"not sent: a server that ignores the query would carry out {names}, and no body is wrong for it"
        # The operation itself takes a request without a body more often than one with a wrong one.
        bare = [None] if None in wrong[1:] and not self._is_wrong(None, operation) else []
        for content in (wrong[0], *bare):
            answer = ask(_with(request, altered, content))
            told = "got no answer" if answer is None else f"was answered {answer.status_code}"
            if answer is not None and (answer.status_code in _BEFORE_ANY_BODY or _kind(answer) in _NO_OPERATION):
                return None
            if answer is None or answer.status_code not in _REFUSALS:
                break
            # It was refused, for its operation or for its body: the right query with the same body tells which.
            own = ask(_with(request, query, content))
            if own is None or not (own.is_success or own.status_code in _REFUSALS):
                break
            if (own.status_code, _kind(own)) != (answer.status_code, _kind(answer)):
                return None
            told += ", as the right query with it was"
        return f"not sent: the target may ignore the query and carry out {names}; `?{altered}` with a wrong body {told}"

    def _is_wrong(self, content: bytes | None, operation: Operation) -> bool:
        """True if the content breaks the description of the operation's body: that it is there, or its schema."""
        body = self._body(operation)
        if content is None:
            return body.get("required") is True
        schemas = [media.get("schema", {}) for kind, media in body.get("content", {}).items() if _is_json(kind)]
        value = read_json(content)
        return bool(schemas) and all(self._description.departures(schema, value, request=True) for schema in schemas)

    def _body(self, operation: Operation) -> dict[str, Any]:
        found: dict[str, Any] = self._description.at(operation.pointer).get("requestBody", {})
        return self._description.at(found["$ref"]) if "$ref" in found else found


def _altered(operation: Operation, twins: Sequence[Operation], query: str) -> str | None:
    """The query with everything changed that tells the operation from a twin; None if one is told by nothing."""
    own = {*operation.query, *((name, "") for name in operation.presence)}
    changed: set[str] = set()
    added: set[str] = set()
    for twin in twins:
        others = {*twin.query, *((name, "") for name in twin.presence)}
        if own == others:
            return None
        changed |= {name for name, _ in own - others}
        added |= set() if own - others else {name for name, _ in others - own}
    bare = {name for name, value in own if not value}
    pairs = parse_qsl(query, keep_blank_values=True)
    altered = [_other(name, bare=name in bare) if name in changed else (name, value) for name, value in pairs]
    return urlencode([*altered, *(_other(name) for name in sorted(added))])


def _other(name: str, *, bare: bool = False) -> tuple[str, str]:
    # A name alone means its presence, whatever value it is given.
    return (f"no-such-{name}", "") if bare else (name, f"no-such-{name.strip('~')}")


def _path(request: httpx2.Request) -> str:
    return request.url.raw_path.decode().partition("?")[0]


def _with(request: httpx2.Request, query: str, content: bytes | None) -> httpx2.Request:
    headers = [(name, value) for name, value in request.headers.multi_items() if name.lower() not in _OF_CONTENT]
    if content is not None:
        headers.append(("content-type", "application/json"))
    url = request.url.copy_with(query=query.encode())
    return httpx2.Request(request.method, url, headers=headers, content=content, extensions=request.extensions)


def _kind(answer: httpx2.Response) -> str:
    """What kind of error an answer says it is; "" where it says none."""
    try:
        value = read_json(answer.content)
    except ValueError:
        return ""
    kinds = [value.get(name) for name in ("error_type", "type")] if isinstance(value, dict) else []
    return next((kind for kind in kinds if isinstance(kind, str)), "")


def _is_json(media_type: str) -> bool:
    name = media_type.partition(";")[0].strip().lower()
    return name in ("application/json", "text/json") or name.endswith("+json")
