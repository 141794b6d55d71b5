"""From an answer that is an error to the exception that is raised."""

from __future__ import annotations

from typing import Any

import msgspec

from .errors import ApiError, class_by_status
from .facts import ApiFacts
from .operation import Operation
from .raw import RawAnswer
from .secret import dec_hook

_REQUEST_ID = ("x-request-id", "x-vmware-request-id", "request-id", "x-correlation-id", "opid")
_EXCERPT = 300


def from_answer(facts: ApiFacts, operation: Operation, answer: RawAnswer) -> ApiError:
    """The exception for an error answer; all that was received is in it, credentials left out."""
    hidden = () if facts.session is None else (facts.session.header,)
    request_id = next((answer.headers[name] for name in _REQUEST_ID if name in answer.headers), None)
    return from_value(
        facts,
        _value(answer.content),
        status=answer.status,
        operation=operation,
        request_id=request_id,
        response=answer.redacted(hidden),
    )


def from_value(
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


def _value(content: bytes) -> Any:
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
