"""A page of a list, from arguments to value.  Written once for sync and async."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from .call import Caller
from .effects import Flow
from .operation import Operation
from .paging import Fetched, given
from .request import prepare
from .settings import Timeout


def first_of(operation: Operation, arguments: Mapping[str, Any], body: Any, content_type: str | None) -> Fetched:
    """What a call asks for.  Raises ArgumentError; sends nothing."""
    prepared = prepare(operation, arguments, body, content_type)
    paging = operation.paging
    if paging is None:
        return Fetched(prepared)
    return Fetched(prepared, given(arguments, paging.parameter), given(arguments, paging.size))


def fetching(caller: Caller, wanted: Fetched, timeout: Timeout | None) -> Flow[tuple[Any, Fetched]]:
    """The decoded page, and what was asked for with the links that came with it."""
    answer = yield from caller.answer(wanted.prepared, caller.clock(timeout))
    value = caller.value_of(wanted.prepared.operation, answer)
    return value, replace(wanted, links=tuple(answer.headers.get_list("link")))
