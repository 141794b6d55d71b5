"""From an answer to a value, or to the exception it stands for.

A value is chosen by status and content type, and decoded by the declared type.  A success with a status that the
description does not list is decoded as the first documented success where that fits: servers do answer 200 where 201
is written, and the call has succeeded either way.
"""

from __future__ import annotations

from typing import Any

import msgspec

from .arguments import explain
from .content import is_json
from .errors import ApiError, UnexpectedAnswer, class_by_status
from .facts import ApiFacts
from .operation import Answer, Operation
from .raw import RawAnswer
from .secret import dec_hook

_REQUEST_ID = ("x-request-id", "x-vmware-request-id", "request-id", "x-correlation-id", "opid")
_EXCERPT = 300


def value_of(facts: ApiFacts, operation: Operation, answer: RawAnswer) -> Any:
    """The decoded value of a success.  Raises the error an error answer stands for, else UnexpectedAnswer."""
    status = answer.status
    if status >= 400:
        raise error_of(facts, operation, answer)
    if not 200 <= status < 300:
        where = "; is the target right?" if 300 <= status < 400 else ""
        raise _unexpected(facts, operation, answer, f"the server answered status {status}{where}")
    exact = str(status) in operation.answers or f"{status // 100}XX" in operation.answers
    choices = operation.documented(status) if exact else operation.success or operation.documented(status)
    if not choices:
        if not answer.content:
            return None
        raise _unexpected(facts, operation, answer, f"the description has no answer with status {status}")
    choice = _by_content_type(choices, answer)
    if choice.type is None:
        return None
    try:
        return _decode(facts, choice, answer)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        said = explain(error, "answer") if isinstance(error, msgspec.ValidationError) else f"answer: {error}"
    raise _unexpected(facts, operation, answer, f"the answer does not fit the description: {said}")


def error_of(facts: ApiFacts, operation: Operation, answer: RawAnswer) -> ApiError:
    """The exception for an error answer; all that was received is in it, credentials left out."""
    request_id = next((answer.headers[name] for name in _REQUEST_ID if name in answer.headers), None)
    return error_of_value(
        facts,
        _json_or_text(answer.content),
        status=answer.status,
        operation=operation,
        request_id=request_id,
        response=answer.redacted(facts.secret_headers),
    )


def error_of_value(
    facts: ApiFacts,
    raw: Any,
    *,
    status: int | None,
    operation: Operation,
    request_id: str | None = None,
    response: RawAnswer | None = None,
) -> ApiError:
    """The exception for an error's JSON value (or text); also for the `error` of a failed task, which has no status."""
    error_type: str | None = None
    messages: tuple[Any, ...] = ()
    data = raw
    kind = class_by_status(status or 0)
    if facts.errors is not None:
        from .vapi import errors as vapi

        parsed = (facts.errors.parse or vapi.parse_error)(raw)
        if parsed is not None:
            error_type, messages, data = parsed.error_type, parsed.messages, parsed.data
        kind = vapi.class_for(facts.errors.family, facts.errors.base or vapi.VapiError, error_type, status)
    else:
        data = _documented(operation, status, raw, response)
    error = kind(
        _message(messages, raw, status, error_type),
        status=status,
        operation=operation.name,
        request_line=operation.request_line if status is not None else "",
        messages=messages,
        data=data,
        request_id=request_id,
        response=response,
    )
    error.error_type = error_type  # what the server named, also where the class was chosen by status
    return error


def _by_content_type(choices: tuple[Answer, ...], answer: RawAnswer) -> Answer:
    if len(choices) == 1:
        return choices[0]
    got = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return next((choice for choice in choices if choice.content_type.partition(";")[0].lower() == got), choices[0])


def _decode(facts: ApiFacts, choice: Answer, answer: RawAnswer) -> Any:
    content = answer.content
    if is_json(choice.content_type):
        if not content and _optional(choice):
            return None
        if facts.errors is None:
            try:
                return choice.decoder.decode(content)
            except msgspec.ValidationError as refused:
                from .again import read_again

                try:
                    return read_again(content, choice.type)
                except msgspec.ValidationError:
                    raise refused from None
        from .vapi import shapes

        return shapes.decode(choice, content)
    if choice.type is str:
        return content.decode(_charset(answer), "strict")
    return bytes(content)


def _charset(answer: RawAnswer) -> str:
    _, found, charset = answer.headers.get("content-type", "").partition("charset=")
    name = charset.strip().strip('"').partition(";")[0]
    try:
        return "x".encode(name).decode() and name if found else "utf-8"
    except LookupError:
        return "utf-8"


def _optional(choice: Answer) -> bool:
    try:
        return choice.decoder.decode(b"null") is None
    except msgspec.ValidationError:
        return False


def _unexpected(facts: ApiFacts, operation: Operation, answer: RawAnswer, said: str) -> UnexpectedAnswer:
    session = facts.session
    kept = answer.redacted(facts.secret_headers, content=session is None or operation is not session.create)
    message = f"{operation.name}: {said}\n  {operation.request_line} → {answer.status}"
    return UnexpectedAnswer(message, operation=operation.name, response=kept)


def _json_or_text(content: bytes) -> Any:
    if not content:
        return None
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")


def _documented(operation: Operation, status: int | None, raw: Any, response: RawAnswer | None) -> Any:
    for answer in operation.documented(status or 0) if response is not None else ():
        try:
            return msgspec.convert(raw, answer.type, dec_hook=dec_hook) if answer.type is not None else raw
        except (msgspec.ValidationError, RecursionError):
            continue
    return raw


def _message(messages: tuple[Any, ...], raw: Any, status: int | None, error_type: str | None) -> str:
    for message in messages:
        if text := str(message):
            return text
    if isinstance(raw, dict):
        for key in ("message", "detail", "title", "error_description", "error"):
            if isinstance(raw.get(key), str) and raw[key]:
                found: str = raw[key]
                return found
    if isinstance(raw, str) and raw.strip() and "<" not in raw[:200]:
        return " ".join(raw.split())[:_EXCERPT]
    named = error_type or (f"status {status}" if status is not None else "an error")
    return f"The server answered {named} without a message."
