"""From an answer to a value: chosen by status and content type, decoded by the declared type.

A success with a status that the description does not list is decoded as the first documented success where that fits:
servers do answer 200 where 201 is written, and the call has succeeded either way.
"""

from __future__ import annotations

from typing import Any

import msgspec

from .arguments import explain
from .content import is_json
from .errors import UnexpectedAnswer
from .facts import ApiFacts
from .failed import from_answer
from .operation import Answer, Operation
from .raw import RawAnswer


def value_of(facts: ApiFacts, operation: Operation, answer: RawAnswer) -> Any:
    """The decoded value of a success.  Raises the error an error answer stands for, else UnexpectedAnswer."""
    status = answer.status
    if status >= 400:
        raise from_answer(facts, operation, answer)
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
            return choice.decoder.decode(content)
        from .vapi import shapes

        return shapes.decode(choice.decoder, choice.type, content)
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
    hidden = () if session is None else (session.header,)
    kept = answer.redacted(hidden, content=session is None or operation is not session.create)
    message = f"{operation.name}: {said}\n  {operation.request_line} → {answer.status}"
    return UnexpectedAnswer(message, operation=operation.name, response=kept)
