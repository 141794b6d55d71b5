"""Faults of the headers of answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vcsdk.ir import Api, Kind, Operation, Scalar
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Reply
from vcsdk.simulator.faults.registry import Fault, fault


def _numbers(operation: Operation, status: int) -> Iterator[str]:
    """The documented headers of an answer that are integers."""
    for response in operation.responses:
        if response.status == str(status):
            yield from (h.wire_name for h in response.headers if _is_integer(h.type))


def _is_integer(type_: object) -> bool:
    return isinstance(type_, Scalar) and type_.kind is Kind.INTEGER


def _have_numbers(api: Api) -> bool:
    return any(
        status.isdecimal() and any(_numbers(operation, int(status)))
        for operation in api.operations
        for status in (response.status for response in operation.responses)
    )


@fault("header-malformed", breaks="a documented header that is a number has a text", shows=_have_numbers)
class HeaderMalformed(Fault):
    """The value is written for people."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.operation is None:
            return reply
        wrong = dict.fromkeys(_numbers(call.operation, reply.status), "many")
        return replace(reply, headers={**reply.headers, **wrong}) if wrong else reply
