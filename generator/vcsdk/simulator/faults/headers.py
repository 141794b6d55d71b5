"""Faults of the headers of answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from vcsdk.ir import Api, Enumeration, Kind, Operation, Ref, ResponseHeader, Scalar
from vcsdk.ir.media import is_json
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


def _of_json(api: Api) -> bool:
    """Whether a plain API answers JSON."""
    successes = (operation.success for operation in api.operations)
    contents = (media.content_type for success in successes if success is not None for media in success.content)
    return api.profile != "vapi" and any(map(is_json, contents))


def _read(call: Call, reply: Reply) -> bool:
    """True for the JSON of a success."""
    return call.operation is not None and reply.json and reply.content_type is not None and reply.status < 300


def _encoded(reply: Reply, encoding: str) -> Reply:
    return replace(reply, body=json.dumps(reply.body).encode(encoding), json=False)


@fault("json-with-mark", breaks="JSON begins with a byte order mark", shows=_of_json)
class JsonWithMark(Fault):
    """The encoding of the platform is used, which has one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return _encoded(reply, "utf-8-sig") if _read(call, reply) else reply


@fault("json-in-utf-16", breaks="JSON is UTF-16", shows=_of_json)
class JsonInUtf16(Fault):
    """Texts leave as the platform holds them."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return _encoded(reply, "utf-16-le") if _read(call, reply) else reply


@fault("json-charset-latin-1", breaks="the content type of JSON has another charset", shows=_of_json)
class JsonCharsetLatin1(Fault):
    """The framework's default for texts is put beside every content type."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if not _read(call, reply):
            return reply
        return replace(reply, content_type=f"{reply.content_type}; charset=ISO-8859-1")


def _of_any_plain(api: Api) -> bool:
    return api.profile != "vapi" and bool(api.operations)


@fault("redirect-leaves", breaks="a reading is redirected to another host", shows=_of_any_plain)
class RedirectLeaves(Fault):
    """The host's name comes from a configuration that is another one's."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.target.method != "GET" or call.operation is None or reply.status >= 300:
            return reply
        return Reply(307, headers={"Location": f"http://elsewhere.example{call.target.path}"})


def _named(operation: Operation, status: int) -> Iterator[ResponseHeader]:
    """The documented headers of an answer that have values of their own."""
    for response in operation.responses:
        if response.status == str(status):
            yield from (header for header in response.headers if isinstance(header.type, Ref))


def _have_listed(api: Api) -> bool:
    types = (header.type for o in api.operations for response in o.responses for header in response.headers)
    known = (api.schemas.get(type_.key) for type_ in types if isinstance(type_, Ref))
    return any(isinstance(each, Enumeration) and each.kind is Kind.STRING for each in known)


@fault("header-not-listed", breaks="a documented header has a value that is not listed", shows=_have_listed)
class HeaderNotListed(Fault):
    """What is in front of the service writes its own."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.operation is None:
            return reply
        wrong = {header.wire_name: "whatever" for header in _named(call.operation, reply.status)}
        return replace(reply, headers={**reply.headers, **wrong}) if wrong else reply
