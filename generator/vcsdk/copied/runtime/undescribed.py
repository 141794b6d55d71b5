"""A call of what the description lacks: `client.request(method, path, …)`."""

from __future__ import annotations

import re
from typing import Any

from .answers import value_of
from .call import Caller, streaming
from .effects import Flow
from .errors import ArgumentError, UnexpectedAnswer
from .operation import Answer, Body, Operation
from .options import Options
from .raw import RawResponse
from .request import Prepared, prepare
from .serialize import TOKEN
from .settings import Timeout

_PATH = re.compile(r"/(?!/)(?:[!$&'()*+,\-./0-9:;=@A-Z_a-z~]|%[0-9A-Fa-f]{2})*")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "QUERY", "TRACE"})
"""RFC 9110, 9.2.1: these ask for no change, so that they may be sent again."""


def prepared(
    caller: Caller, method: str, path: str, body: Any, content_type: str, query: Any, headers: Any
) -> Prepared:
    """The request, checked as far as it can be without a description.  Raises ArgumentError; sends nothing."""
    if not isinstance(method, str) or not TOKEN.fullmatch(method) or method.upper() == "CONNECT":
        raise ArgumentError("method: expected the name of an HTTP method")
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        raise ArgumentError("path: expected one such as /things/7 below the API's address, escaped and without a query")
    if {".", ".."} & set(path.lower().replace("%2e", ".").split("/")):
        raise ArgumentError("path: leads back")
    method = method.upper()
    operation = Operation(
        name="request",
        method=method,
        path=path,
        body=Body(type=Any, content_type=content_type, required=False, nullable=True),
        answers={"2XX": Answer(type=Any)},
        security=caller.session.everything(),
        safe=method in _SAFE,
    )
    return Options.of(headers, query).added(prepare(operation, {}, body))


def requested(caller: Caller, request: Prepared, timeout: Timeout | None) -> Flow[Any]:
    """The answer as it came, and decoded.  Raises what a call raises."""
    if streaming.get() is not None:
        return (yield from caller.value(request, timeout))
    answer = yield from caller.answer(request, caller.clock(timeout))
    if 200 <= answer.status < 300 and not answer.content:
        return RawResponse(answer.status, answer.headers, b"", None)
    try:
        value = value_of(caller.facts, request.operation, answer)
    except UnexpectedAnswer as error:
        if not 200 <= answer.status < 300:
            raise
        return RawResponse(answer.status, answer.headers, answer.content, refused=error)
    return RawResponse(answer.status, answer.headers, answer.content, value)
