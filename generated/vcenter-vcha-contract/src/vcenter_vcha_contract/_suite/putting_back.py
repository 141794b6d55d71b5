"""Sets back what a PUT or PATCH of the run has set, and sees that it is as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from .answers import Answer
from .description import Description
from .fields import beside
from .lives import at, put
from .needed import asks_for_state, current, needed
from .operations import Operation
from .target import Target
from .undo import JSON_PATCH, Undo
from .unwritable import is_json

SEEN, ABSENT, UNSEEN = "seen", "absent", "unseen"
"""Whether a reading showed what is there, that nothing is, or neither."""
_GONE = (404, 410)


@dataclass
class Record:
    """What was there; `path` is as a request line has it, `shown` the reading, and `status` its own (0 for none).

    `touched` says that a request was accepted, or may have been, `said` the last body of such, `is_new` that it made
    what was not there before (201); `tried`, that it could not be set back once.
    """

    path: str
    operation: Operation
    undo: Undo
    state: str
    shown: Answer | None = field(default=None, repr=False)
    status: int = 0
    touched: bool = False
    tried: bool = False
    is_new: bool = False
    said: Any = None


def is_possible(description: Description, record: Record, said: Any) -> bool:
    """Whether a request can set back what one that says this has set."""
    assert record.shown is not None
    types, undo = description.request_types(record.operation), record.undo
    if not undo.is_expressible:
        return record.shown.content_type in types and not is_json(record.shown.content_type)
    value = _result(record.shown)
    names = undo.set_by(said, partly=record.operation.method == "PATCH")
    return value is not None and names is not None and _body(description, record, value, names, said) is not None


def put_back(target: Target, record: Record, let_end: Callable[[], object]) -> str:
    """Why it is not as it was, "" where it is; `let_end` waits for what was accepted and is not done yet.

    Raises:
        httpx2.TransportError: No answer came.
        RequestRefused: The run may not send what has to be sent.
    """
    reader = target.run.catalogue.named(record.undo.read)
    if reader is None or record.state == UNSEEN:
        return "it was set, and no reading showed what was there before"
    let_end()
    now = send(target, reader, record.path)
    if record.state == ABSENT:
        return "" if now.status in _GONE else _removed(target, record)
    if now.status != 200:
        return f"it cannot be read any more ({now.status})"
    assert record.shown is not None
    if now.content == record.shown.content:
        return ""
    if not record.undo.is_expressible and is_json(record.shown.content_type):
        return "it was set, and no request says what the reading showed"
    if not record.undo.is_expressible:
        return _raw(target, record, record.shown, now)
    return _set(target, record, now, let_end)


def send(
    target: Target,
    operation: Operation,
    place: str,
    content: bytes | None = None,
    conditions: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """The answer to a request that no test is about.

    Raises:
        httpx2.TransportError: None came.
        RequestRefused: It did not leave.
    """
    below = place.removeprefix(target.run.catalogue.prefix)
    own = target.credentials_for(operation.method, below)
    headers = beside(needed(operation), {**own.fields, **conditions})
    constants = urlencode(operation.query)
    url = target.run.url(own.address(f"{below}?{constants}" if constants else below))
    response = target.run.client.request(operation.method, url, content=content, headers=headers)
    return target.run.answer(response, below, credentials=own.values)


def _removed(target: Target, record: Record) -> str:
    remover = target.run.catalogue.match("DELETE", record.path)
    if not record.is_new:
        return "it was not there before, and nothing shows that the run made it"
    if remover is None:
        return "it was not there before, and the description says of no way to delete it"
    answer = send(target, remover, record.path, conditions=_conditions(target, remover, record.path))
    gone = _is_success(answer) or answer.status in _GONE
    return "" if gone else f"it was not there before, and DELETE was answered {answer.status}"


def _raw(target: Target, record: Record, before: Answer, now: Answer) -> str:
    """Set back what is no JSON, as it was read."""
    if now.content == before.content:
        return ""
    if before.content_type not in target.run.description.request_types(record.operation):
        return "no request says what the reading showed"
    type_ = {"Content-Type": before.headers["content-type"]}
    conditions = {**_conditions(target, record.operation, record.path), **type_}
    answer = send(target, record.operation, record.path, before.content, conditions)
    if not _is_success(answer):
        return f"{record.operation.method} was answered {answer.status}"
    reader = target.run.catalogue.named(record.undo.read)
    assert reader is not None
    return "" if send(target, reader, record.path).content == before.content else "it is not shown as it was"


def _set(target: Target, record: Record, shown: Answer, let_end: Callable[[], object]) -> str:
    undo, description = record.undo, target.run.description
    reader = target.run.catalogue.named(undo.read)
    assert reader is not None
    before, now = _result(record.shown), _result(shown)
    names = undo.names or undo.set_by(record.said, partly=True) or ()
    differing = undo.differing(before, now, names)
    if not differing:
        return ""
    partly = record.operation.method == "PATCH"
    inner = at(record.said, undo.sent_in)
    # What never was shown as the run said it is the server's own: a version that counts, a time of change.
    own = {
        name
        for name in differing
        if isinstance(inner, dict) and name in inner and undo.differing(put({}, undo.shown_in, inner), now, (name,))
    }
    mixed = before
    for name in own:
        mixed = put(mixed, (*undo.shown_in, name), at(now, (*undo.shown_in, name)))
    answer = None
    for value in (before, mixed) if own and not undo.whole else (before,):
        body = _body(description, record, value, differing if partly else names, record.said)
        if body is None:
            return "no request says what the reading showed"
        headers = {**_conditions(target, record.operation, record.path), "Content-Type": undo.media_type}
        answer = send(target, record.operation, record.path, json.dumps(body).encode(), headers)
        if _is_success(answer):
            break
    assert answer is not None
    if not _is_success(answer):
        return f"{record.operation.method} was answered {answer.status}"
    let_end()
    after = send(target, reader, record.path)
    left = undo.differing(before, _result(after), names) if after.status == 200 else names
    lasting = [name for name in left if name not in own]
    return f"`{lasting[0]}` is not as it was" if lasting and lasting[0] else "it is not as it was" if lasting else ""


def _body(description: Description, record: Record, value: Any, names: tuple[str, ...], said: Any) -> Any:
    """What sets these to what the value shows; None where the description lets no body say so."""
    undo, operation = record.undo, record.operation
    partly = operation.method == "PATCH"
    base = said if description.is_request(operation, undo.media_type, said) else {}
    body = undo.body(value, names, base)
    if undo.media_type == JSON_PATCH:
        return body
    inner = at(body, undo.sent_in)
    missing = [name for name in names if isinstance(inner, dict) and name not in inner] if partly else []
    filled = put(body, undo.sent_in, {**inner, **dict.fromkeys(missing)}) if missing else body
    for each in (filled, body, _without_nothing(body, undo.sent_in)):
        told = description.as_request(operation, undo.media_type, each)
        if description.is_request(operation, undo.media_type, told):
            return told
    return None


def _without_nothing(body: Any, place: tuple[str, ...]) -> Any:
    """Without what is null: many answers have it where nothing was said."""
    inner = at(body, place)
    if not isinstance(inner, dict):
        return body
    return put(body, place, {name: value for name, value in inner.items() if value is not None})


def _conditions(target: Target, operation: Operation, path: str) -> dict[str, str]:
    reader = target.run.catalogue.match("GET", path)
    if reader is None or not asks_for_state(operation, target.run.description.statuses(operation)):
        return {}
    return current(operation, send(target, reader, path).headers)


def _result(shown: Answer | None) -> Any:
    """What a reading shows, out of its envelope; None where that is no JSON."""
    try:
        return shown.result if shown is not None else None
    except AssertionError:
        return None


def _is_success(answer: Answer) -> bool:
    return 200 <= answer.status < 300
