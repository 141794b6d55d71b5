"""Faults of reading requests: method, path, parameters, body."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace

from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.faults.registry import Fault, fault
from vcsdk.simulator.messages import Message
from vcsdk.simulator.routing import Match, Target


@fault("accepts-any-content-type", breaks="a body of any Content-Type is read as JSON")
class AcceptsAnyContentType(Fault):
    """The header Content-Type is not looked at."""

    def check_content_type(self, call: Call, proceed: Callable[[], str]) -> str:
        try:
            return proceed()
        except Refusal:
            return "application/json"


@fault("accepts-invalid-body", breaks="bodies are not checked against their schema")
class AcceptsInvalidBody(Fault):
    """A missing, malformed or invalid body is served as if it were valid."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        with contextlib.suppress(Refusal):
            proceed()


@fault("action-ignored", breaks="a missing or unknown action is taken for the first operation of the path")
class ActionIgnored(Fault):
    """The constants of the query are not compared."""

    def route(self, target: Target, candidates: list[Match], proceed: Callable[[], Match]) -> Match:
        try:
            return proceed()
        except Refusal as refusal:
            if refusal.error_type == "OPERATION_NOT_FOUND" and candidates:
                return candidates[0]
            raise


@fault("action-in-any-case", breaks="an action is found whatever case it is written in")
class ActionInAnyCase(Fault):
    """The constants of the query are compared without their case."""

    def route(self, target: Target, candidates: list[Match], proceed: Callable[[], Match]) -> Match:
        return _by_constants(target, candidates, proceed, lambda sent, wanted: sent.lower() == wanted.lower())


@fault("action-may-be-empty", breaks="an action without a value is taken for the first operation of the path")
class ActionMayBeEmpty(Fault):
    """A constant of the query that has no value is not compared."""

    def route(self, target: Target, candidates: list[Match], proceed: Callable[[], Match]) -> Match:
        return _by_constants(target, candidates, proceed, lambda sent, wanted: sent in ("", wanted))


def _by_constants(
    target: Target,
    candidates: list[Match],
    proceed: Callable[[], Match],
    alike: Callable[[str, str], bool],
) -> Match:
    try:
        return proceed()
    except Refusal as refusal:
        if refusal.error_type != "OPERATION_NOT_FOUND":
            raise
        for match in candidates:
            constants = match.operation.fixed_query
            sent = [target.values(name) for name, _ in constants]
            if all(
                len(values) == 1 and alike(values[0], wanted)
                for values, (_, wanted) in zip(sent, constants, strict=True)
            ):
                return match
        raise


@fault("any-method-accepted", breaks="a method that the path does not have is answered 200")
class AnyMethodAccepted(Fault):
    """Foreign methods are taken for reading nothing."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        foreign = reply.status == 405 and call.target.method != "TRACE"
        return Reply(200, {}, "application/json") if foreign else reply


@fault("method-not-found", breaks="PATCH is answered 404 where the path has other methods")
class MethodNotFound(Fault):
    """One method is looked for among the paths."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.target.method != "PATCH" or reply.status != 405:
            return reply
        headers = {name: value for name, value in reply.headers.items() if name.lower() != "allow"}
        return replace(reply, status=404, headers=headers)


@fault("accept-fails", breaks="a client that asks for XML is answered 500")
class AcceptFails(Fault):
    """What is asked for is looked up among what can be written, and is not there."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return replace(reply, status=500) if call.headers.get("accept") == "application/xml" else reply


@fault("body-on-get-fails", breaks="a GET with a body is answered 500")
class BodyOnGetFails(Fault):
    """The server does not expect a body and fails."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        if call.target.method == "GET" and call.raw_body:
            raise Refusal("INTERNAL_SERVER_ERROR", Message("api.failed"))
        return proceed()


@fault("charset-refused", breaks="a content type with a charset is refused")
class CharsetRefused(Fault):
    """The header is compared as a whole."""

    def check_content_type(self, call: Call, proceed: Callable[[], str]) -> str:
        if ";" in call.headers.get("content-type", ""):
            raise Refusal(None, Message("api.content-type", ("it", "application/json")), status=415)
        return proceed()


@fault("duplicate-keys-accepted", breaks="a body that names a member twice is accepted")
class DuplicateKeysAccepted(Fault):
    """Of two members with one name the last one counts."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        try:
            proceed()
        except Refusal:
            if not _names_twice(call.raw_body):
                raise
            call.body = json.loads(call.raw_body)


def _names_twice(content: bytes) -> bool:
    found = False

    def look(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal found
        found = found or len(dict(pairs)) < len(pairs)
        return dict(pairs)

    try:
        json.loads(content, object_pairs_hook=look)
    except ValueError:
        return False
    return found


@fault("malformed-body-fails", breaks="a malformed body is answered 500")
class MalformedBodyFails(Fault):
    """What the client did wrong is reported as a failure of the server."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        try:
            proceed()
        except Refusal:
            raise Refusal("INTERNAL_SERVER_ERROR", Message("api.failed")) from None


@fault("media-type-case-sensitive", breaks="a content type in capitals is refused")
class MediaTypeCaseSensitive(Fault):
    """Media types are compared letter by letter."""

    def check_content_type(self, call: Call, proceed: Callable[[], str]) -> str:
        given = call.headers.get("content-type", "")
        if given != given.lower():
            raise Refusal(None, Message("api.content-type", ("it", "application/json")), status=415)
        return proceed()


@fault("not-a-number-accepted", breaks="a body with NaN is accepted")
class NotANumberAccepted(Fault):
    """The parser takes what JavaScript would, not what RFC 8259 allows."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        try:
            proceed()
        except Refusal:
            if b"NaN" not in call.raw_body:
                raise
            call.body = {}


@fault("odd-id-fails", breaks="an identifier with odd characters is answered 500")
class OddIdFails(Fault):
    """A quote or a slash in an identifier breaks the server."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        if call.behaviour.startswith("task.") and any(char in str(call.parameters.get("task", "")) for char in "'/\0"):
            raise Refusal("INTERNAL_SERVER_ERROR", Message("api.failed"))
        return proceed()


@fault("parameters-unchecked", breaks="malformed parameters are accepted")
class ParametersUnchecked(Fault):
    """A query parameter of another type is ignored."""

    def check_parameters(self, call: Call, proceed: Callable[[], None]) -> None:
        try:
            proceed()
        except Refusal:
            call.parameters = dict(call.path_values)


@fault("refuses-every-fifth", breaks="every fifth reading is refused with 429")
class RefusesEveryFifth(Fault):
    """A client that asks one question after the other is refused, and not told for how long."""

    def __init__(self) -> None:
        self._readings = 0

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        if call.operation is not None and call.operation.method == "GET":
            self._readings += 1
            if self._readings % 5 == 0:
                raise Refusal(None, Message("api.unavailable"), status=429)
        return proceed()


@fault("unknown-path-ok", breaks="a path that does not exist is answered 200")
class UnknownPathOk(Fault):
    """Every unknown path is an empty object."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        unknown = reply.status == 404 and call.operation is None and not call.target.query
        return Reply(200, {}, "application/json") if unknown else reply


@fault("vmw-task-ignored", breaks="a missing vmw-task is not noticed")
class VmwTaskIgnored(Fault):
    """Operations are told apart by action alone."""

    def route(self, target: Target, candidates: list[Match], proceed: Callable[[], Match]) -> Match:
        try:
            return proceed()
        except Refusal:
            for candidate in candidates:
                constants = {key: value for key, value in candidate.operation.fixed_query if key != "vmw-task"}
                if candidate.operation.fixed_query and all(
                    target.values(key) == [value] for key, value in constants.items()
                ):
                    return candidate
            raise
