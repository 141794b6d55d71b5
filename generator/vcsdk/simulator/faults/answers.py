"""Faults of answers: status, headers, form, language."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Reply
from vcsdk.simulator.faults.registry import Fault, fault
from vcsdk.simulator.faults.reshape import with_error, with_message, with_object


@fault("allow-missing", breaks="a 405 lacks the header Allow")
class AllowMissing(Fault):
    """The client is not told which methods there are."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 405:
            return reply
        return replace(reply, headers={name: value for name, value in reply.headers.items() if name != "Allow"})


@fault("allow-wrong", breaks="Allow names the method that was refused")
class AllowWrong(Fault):
    """The header repeats the request instead of describing the path."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 405:
            return reply
        return replace(reply, headers={**reply.headers, "Allow": call.target.method})


@fault("answers-in-latin-1", breaks="German answers are Latin-1 instead of UTF-8")
class AnswersInLatin1(Fault):
    """JSON is UTF-8 (RFC 8259, 8.1); this server follows the language instead."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.language != "de" or not reply.json or reply.body is None:
            return reply
        return replace(reply, body=json.dumps(reply.body, ensure_ascii=False).encode("latin-1", "replace"), json=False)


@fault("default-message-translated", breaks="default_message follows Accept-Language")
class DefaultMessageTranslated(Fault):
    """The template, which programs compare, is translated as well."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        def translated(body: dict[str, Any]) -> None:
            for message in body.get("messages", []):
                message["default_message"] = message.get("localized", message["default_message"])

        return with_error(reply, translated)


@fault("empty-body", breaks="a success has no body")
class EmptyBody(Fault):
    """VCHA operations get answers 200 and nothing."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return (
            replace(reply, body=b"", json=False)
            if call.behaviour == "vcha.operations" and reply.status == 200
            else reply
        )


@fault("enumeration-in-lower-case", breaks="a value of an enumeration is in lower case")
class EnumerationInLowerCase(Fault):
    """The mode is "enabled"."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.mode.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["mode"] = body["mode"].lower()


@fault("error-not-json", breaks="errors are HTML pages")
class ErrorNotJson(Fault):
    """An error answers what a proxy in front of the service would."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status < 400:
            return reply
        page = f"<html><body><h1>{reply.status}</h1></body></html>".encode()
        return replace(reply, body=page, content_type="text/html", json=False)


@fault("error-type-mismatch", breaks="a 403 carries the error type NOT_FOUND", needs_powerless=True)
class ErrorTypeMismatch(Fault):
    """The error type contradicts the status."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_error(reply, lambda body: body.update(error_type="NOT_FOUND")) if reply.status == 403 else reply


@fault("error-without-messages", breaks="errors have no messages")
class ErrorWithoutMessages(Fault):
    """`messages` is there and empty."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_error(reply, lambda body: body.update(messages=[]))


@fault("html-for-browsers", breaks="a client that prefers HTML gets HTML")
class HtmlForBrowsers(Fault):
    """The header Accept is obeyed where only JSON is documented."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if not reply.json or reply.status >= 400 or not call.headers.get("accept", "").startswith("text/html"):
            return reply
        return replace(
            reply, body=f"<pre>{json.dumps(reply.body)}</pre>".encode(), content_type="text/html", json=False
        )


@fault("language-ignored", breaks="Accept-Language is ignored")
class LanguageIgnored(Fault):
    """Every message is English."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        def in_english(body: dict[str, Any]) -> None:
            for message in body.get("messages", []):
                message["localized"] = message["default_message"]

        return with_error(reply, in_english)


@fault("localized-missing", breaks="messages have no localized text")
class LocalizedMissing(Fault):
    """Only the template is sent."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        def without(body: dict[str, Any]) -> None:
            for message in body.get("messages", []):
                message.pop("localized", None)

        return with_error(reply, without)


@fault("missing-required-field", breaks="objects lack a field that is required")
class MissingRequiredField(Fault):
    """The first required field is left out."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_object(reply, lambda body: self._remove(call, body))

    def _remove(self, call: Call, body: dict[str, Any]) -> None:
        for name in call.success_schema.get("required", ()):
            if body.pop(name, None) is not None:
                return


@fault("null-array", breaks="an empty array is sent as null")
class NullArray(Fault):
    """A list with nothing in it is null."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.operations":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        if not body["active"]:
            body["active"] = None


@fault("null-in-required", breaks="a required field is null")
class NullInRequired(Fault):
    """The first required field is null."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_object(reply, lambda body: self._empty(call, body))

    def _empty(self, call: Call, body: dict[str, Any]) -> None:
        for name in call.success_schema.get("required", ()):
            if name in body:
                body[name] = None
                return


@fault("number-as-text", breaks="a number is sent as text")
class NumberAsText(Fault):
    """`total` of a progress is "100"."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "task.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        if isinstance(progress := body.get("progress"), dict):
            progress["total"] = str(progress["total"])


@fault("slow-answers", breaks="session get takes long")
class SlowAnswers(Fault):
    """Reading the session takes 0.6 seconds."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        if call.behaviour == "session.get":
            time.sleep(0.6)
        return proceed()


@fault("stack-trace-in-error", breaks="errors show a stack trace")
class StackTraceInError(Fault):
    """The first message of an error holds a Python traceback."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        trace = "".join(traceback.format_stack(limit=3))
        text = f"Traceback (most recent call last):\n{trace}KeyError: 'planned'"
        return with_message(reply, text)


@fault("trace-while-starting", breaks="a target that is still starting shows a stack trace", needs={"unavailable": 2.0})
class TraceWhileStarting(Fault):
    """The 503 after an outage says which line has failed."""

    def answer_starting(self, reply: Reply) -> Reply:
        trace = "".join(traceback.format_stack(limit=3))
        return with_message(reply, f"Traceback (most recent call last):\n{trace}KeyError: 'vpxd'")


@fault("time-not-rfc3339", breaks="a time is not in the form of RFC 3339")
class TimeNotRfc3339(Fault):
    """`created_time` has a blank and no time zone."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "session.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["created_time"] = body["created_time"].replace("T", " ").removesuffix("Z")


@fault("undocumented-field", breaks="objects carry a field that the description does not have")
class UndocumentedField(Fault):
    """A field `build` is in every object that is answered."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_object(reply, lambda body: body.update(build="24322831"))


@fault("wrong-content-type", breaks="JSON answers say text/plain")
class WrongContentType(Fault):
    """The header Content-Type is not the documented one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return reply if reply.content_type is None else replace(reply, content_type="text/plain")


@fault("wrong-success-status", breaks="failover answers 200 instead of 202")
class WrongSuccessStatus(Fault):
    """The status of the success is not the documented one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour == "vcha.failover" and reply.status == 202:
            return replace(reply, status=200)
        return reply
