"""Faults of conditional requests, of HEAD, of OPTIONS and of what is accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from vcsdk.ir import Api, Operation
from vcsdk.ir.conditions import ETAG, is_guarded, revalidated_by, validators
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.faults.registry import Fault, fault
from vcsdk.simulator.messages import Message

Proceed = Callable[[], Reply]


def _revalidates(api: Api) -> bool:
    return any(map(revalidated_by, api.operations))


def _guards(api: Api) -> bool:
    readers = {o.path: o for o in api.operations if o.method == "GET"}
    return any(o.method != "GET" and o.path in readers and is_guarded(o, readers[o.path]) for o in api.operations)


def _has_tags(api: Api) -> bool:
    return any(o.method == "GET" and ETAG in validators(o) for o in api.operations)


def _has(method: str) -> Callable[[Api], bool]:
    return lambda api: any(operation.method == method for operation in api.operations)


def _refuses_types(api: Api) -> bool:
    return any(_documents(operation, "406") for operation in api.operations)


def _documents(operation: Operation, status: str) -> bool:
    return any(response.status == status for response in operation.responses)


def _without(call: Call, *names: str) -> None:
    call.headers = {name: value for name, value in call.headers.items() if name not in names}


@fault("condition-ignored", breaks="who has the current state gets it again", shows=_revalidates)
class ConditionIgnored(Fault):
    """If-None-Match and If-Modified-Since are not read."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        _without(call, "if-none-match", "if-modified-since")
        return proceed()


@fault("condition-always-true", breaks="who has another state is answered 304", shows=_revalidates)
class ConditionAlwaysTrue(Fault):
    """That there is a condition is enough."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        reply = proceed()
        asked = {"if-none-match", "if-modified-since"} & call.headers.keys()
        if not asked or call.operation is None or not revalidated_by(call.operation) or reply.status >= 300:
            return reply
        return replace(reply, status=304, body=None, content_type=None)


@fault("tag-stays", breaks="the tag of a thing is the same after a change", shows=_has_tags)
class TagStays(Fault):
    """It is made of the identifier."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if "ETag" not in reply.headers:
            return reply
        return replace(reply, headers={**reply.headers, "ETag": f'"{call.target.path}"'})


@fault("match-ignored", breaks="a change is made whatever its If-Match says", shows=_guards)
class MatchIgnored(Fault):
    """The header is not read, so that changes are lost."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        _without(call, "if-match")
        return proceed()


@fault("match-refused", breaks="a change is refused although its If-Match is right", shows=_guards)
class MatchRefused(Fault):
    """The quotes are taken off one of the two that are compared."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        if "if-match" in call.headers:
            raise Refusal(None, Message("api.condition"), status=412)
        return proceed()


@fault("match-too-late", breaks="a change is made and then refused for its If-Match", shows=_guards)
class MatchTooLate(Fault):
    """The answer is judged when all is done."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        try:
            return proceed()
        except Refusal as refusal:
            if refusal.status == 412:
                _without(call, "if-match")
                proceed()
            raise


@fault("head-differs", breaks="HEAD is answered 404", shows=_has("HEAD"))
class HeadDiffers(Fault):
    """The method is routed to nothing."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return replace(reply, status=404) if call.target.method == "HEAD" else reply


@fault("options-allow-short", breaks="Allow of an answer to OPTIONS lacks methods", shows=_has("OPTIONS"))
class OptionsAllowShort(Fault):
    """The list is written by hand."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.target.method != "OPTIONS" or reply.status >= 300:
            return reply
        return replace(reply, headers={**reply.headers, "Allow": "OPTIONS"})


@fault("accept-ignored", breaks="a content type that nobody has is answered with another", shows=_refuses_types)
class AcceptIgnored(Fault):
    """The header Accept is not read."""

    def perform(self, call: Call, proceed: Proceed) -> Reply:
        _without(call, "accept")
        return proceed()
