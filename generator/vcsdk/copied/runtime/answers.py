"""From an answer to a value, or to the exception it stands for.

A value is chosen by status and content type, and decoded by the declared type.  A success with a status that the
description does not list is decoded as the first documented success where that fits: servers do answer 200 where 201
is written, and the call has succeeded either way.
"""

from __future__ import annotations

from collections.abc import Callable
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import httpx2
import msgspec

from .arguments import explain
from .carried import carried
from .content import BOM, decoded
from .error_text import text_of
from .errors import ApiError, UnexpectedAnswer, class_by_status
from .facts import ApiFacts
from .media import essence, is_event_stream, is_json, is_stream
from .operation import Answer, Operation
from .raw import LedAnswer, RawAnswer
from .secret import dec_hook
from .values import Base64

_REQUEST_ID = ("x-request-id", "x-vmware-request-id", "request-id", "x-correlation-id", "opid")
_EXCERPT = 300


def value_of(facts: ApiFacts, operation: Operation, answer: RawAnswer) -> Any:
    """The decoded value of a success, or of a documented redirect that was not followed.

    Raises the error an error answer stands for, else UnexpectedAnswer.
    """
    status = answer.status
    if status >= 400:
        raise error_of(facts, operation, answer)
    if not is_value(operation, status):
        where = f"{leads_to(answer)}; is the target right?" if 300 <= status < 400 else ""
        raise unfit(facts, operation, answer, f"the server answered status {status}{where}")
    if isinstance(answer, LedAnswer) and not operation.success and str(status) not in operation.answers:
        return None  # what is described is the redirect itself
    exact = str(status) in operation.answers or f"{status // 100}XX" in operation.answers
    choices = operation.documented(status) if exact else operation.success or operation.documented(status)
    if not choices:
        if not answer.content:
            return None
        raise unfit(facts, operation, answer, f"the description has no answer with status {status}")
    choice = _by_content_type(choices, answer)
    if choice.type is None or (not answer.content and _has_none(operation, status)):
        return None
    try:
        return _decode(facts, choice, answer)
    except Exception as error:  # a server may write anything, and codecs raise what they like
        said = _said(error, "answer")
    raise unfit(facts, operation, answer, f"the answer does not fit the description: {said}")


def is_value(operation: Operation, status: int) -> bool:
    """Whether an answer of this status gives a value: a success does, and a redirect that is documented as such."""
    documented = str(status) in operation.answers or "3XX" in operation.answers
    return 200 <= status < 300 or (300 <= status < 400 and documented)


def _has_none(operation: Operation, status: int) -> bool:
    """Whether an answer may have no content although the description gives one: RFC 9110, 9.3.2, 15.3.5 and 15.4."""
    by_status = status in (204, 205) and (str(status) in operation.answers or "2XX" in operation.answers)
    return by_status or 300 <= status < 400 or operation.method == "HEAD"


def leads_to(answer: RawAnswer) -> str:
    """In words: where a redirect leads, without what may be a secret: user, query and fragment."""
    address = answer.headers.get("location", "")
    if not address:
        return ""
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError):
        return ""
    port = f":{url.port}" if url.port is not None else ""
    return f", which leads to {url.scheme}://{url.host}{port}{url.path}" if url.host else f", which leads to {url.path}"


def stream_of(facts: ApiFacts, operation: Operation, answer: RawAnswer) -> Answer | None:
    """The documented stream that a success is, by its content type; None where it is a value.

    Raises UnexpectedAnswer for what cannot be one where nothing else is documented: events are taken for events only if
    the server says so (WHATWG HTML, 9.2.3).
    """
    choices = operation.documented(answer.status) or operation.success
    if answer.status in (204, 205):
        choices = (*choices, *operation.success)
    streams = [choice for choice in choices if is_stream(choice.content_type)]
    if answer.status in (204, 205) or not streams:
        return streams[0] if streams else None
    came = answer.headers.get("content-type", "")
    kind = is_event_stream(came)
    found = next((choice for choice in streams if is_event_stream(choice.content_type) is kind), None)
    if is_stream(came) and found is not None:
        return found
    if any(choice.type is not None and not is_stream(choice.content_type) for choice in choices):
        return None
    if found is None or is_stream(came):
        raise unfit(facts, operation, answer, f"the answer is no {streams[0].content_type} but {came or 'untyped'}")
    return found


def item_of(facts: ApiFacts, operation: Operation, choice: Answer, content: bytes) -> Any:
    """One value of a stream.  Raises UnexpectedAnswer."""
    try:
        return _json(facts, choice, content)
    except Exception as error:
        said = _said(error, "item")
    message = f"{operation.name}: the stream does not fit the description: {said}\n  {operation.request_line}"
    raise UnexpectedAnswer(message, operation=operation.name)


def _said(error: Exception, what: str) -> str:
    if isinstance(error, msgspec.ValidationError):
        return explain(error, what)
    known = isinstance(error, msgspec.DecodeError | RecursionError | UnicodeError)
    return f"{what}: {error}" if known else f"{what}: cannot be decoded ({type(error).__name__})"


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
        vapi = carried("vapi.errors")
        parsed = _parsed(facts.errors.parse or vapi.parse_error, raw)
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


def _parsed(parse: Callable[[Any], Any], raw: Any) -> Any:
    """What an error says in its structure; None where that cannot be read, for it is an error all the same."""
    try:
        return parse(raw)
    except (ValueError, TypeError, RecursionError, ArithmeticError):
        return None


def _by_content_type(choices: tuple[Answer, ...], answer: RawAnswer) -> Answer:
    if len(choices) == 1:
        return choices[0]
    got = essence(answer.headers.get("content-type", ""))
    return next((choice for choice in choices if essence(choice.content_type) == got), choices[0])


def _decode(facts: ApiFacts, choice: Answer, answer: RawAnswer) -> Any:
    content = answer.content
    if not is_json(choice.content_type):
        return _text(answer, content, "strict") if choice.type is str else bytes(content)
    came = answer.headers.get("content-type", "")
    is_text = came.lstrip().lower().startswith("text/") and not is_json(came)
    if came and content and not is_json(came) and (_takes(choice.type, bytes) or (choice.type is Any and not is_text)):
        return bytes(content)
    content = content.removeprefix(BOM)  # RFC 8259, 8.1
    if not content and _optional(choice):
        return None
    try:
        return _json(facts, choice, content)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        if choice.type is bytes:
            return bytes(content)  # a file may be JSON itself
        if is_json(came) and (charset := _charset(answer).lower()) != "utf-8":
            # Older servers write it so, and say it; JSON itself knows no other than UTF-8 (RFC 8259, 8.1).
            return _json(facts, choice, content.decode(charset).encode())
        # What many servers call text is JSON all the same; text is what then is none.
        if is_text and not choice.envelope and _takes(choice.type, str):
            return _text(answer, content, "strict")
        if choice.type is Any and came and not is_json(came):
            return _text(answer, content, "replace")
        raise


def _json(facts: ApiFacts, choice: Answer, content: bytes) -> Any:
    if facts.errors is not None:
        return carried("vapi.shapes").decode(choice, content)
    return decoded(choice, content)


def _takes(kind: Any, wanted: Any) -> bool:
    """Whether a type is this one, or a union with it."""
    if kind is wanted or (wanted is bytes and kind is Base64):
        return True
    return get_origin(kind) in (Union, UnionType, Annotated) and any(_takes(each, wanted) for each in get_args(kind))


def _text(answer: RawAnswer, content: bytes, errors: str) -> str:
    """The content by the character set that the server named.  Raises UnicodeError."""
    text = content.decode(_charset(answer), errors)
    try:
        text.encode()
    except UnicodeEncodeError:  # a half of a pair, which some codecs let through, and nothing can write
        if errors == "strict":
            raise
        return text.encode(errors="replace").decode()
    return text


def _charset(answer: RawAnswer) -> str:
    _, found, charset = answer.headers.get("content-type", "").partition("charset=")
    name = charset.strip().strip('"').partition(";")[0]
    try:
        return "x".encode(name).decode() and name if found else "utf-8"
    except (LookupError, ValueError):  # some codecs are no text's, and one is there to fail
        return "utf-8"


def _optional(choice: Answer) -> bool:
    try:
        return choice.decoder.decode(b"null") is None
    except msgspec.ValidationError:
        return False


def unfit(facts: ApiFacts, operation: Operation, answer: RawAnswer, said: str) -> UnexpectedAnswer:
    """The exception for an answer that the description does not have; all that was received is in it."""
    session = facts.session
    kept = answer.redacted(facts.secret_headers, content=session is None or operation is not session.create)
    message = f"{operation.name}: {said}\n  {operation.request_line} → {answer.status}"
    return UnexpectedAnswer(message, operation=operation.name, response=kept)


def _json_or_text(content: bytes) -> Any:
    if not content:
        return None
    try:
        return msgspec.json.decode(content.removeprefix(BOM))
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
    if found := text_of(raw):
        return found
    if isinstance(raw, str) and raw.strip() and "<" not in raw[:200]:
        return " ".join(raw.split())[:_EXCERPT]
    named = error_type or (f"status {status}" if status is not None else "an error")
    return f"The server answered {named} without a message."
