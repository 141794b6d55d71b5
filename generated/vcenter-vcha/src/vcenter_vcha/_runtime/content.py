"""Request bodies: a checked value to what is sent, by content type."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from .arguments import explain
from .carried import carried
from .errors import ArgumentError
from .media import essence, is_json
from .operation import Answer, Body, Operation
from .secret import enc_hook
from .unsendable import refuse_unsendable
from .upload import Stream, concrete, raw

_WITHOUT_ZONE = re.compile(rb'T\d\d:\d\d:\d\d(?:\.\d+)?"')
_MERGE_PATCH = "application/merge-patch+json"

BOM = b"\xef\xbb\xbf"
"""What some put before UTF-8, and is none of the text."""

_encoder = msgspec.json.Encoder(enc_hook=enc_hook)


def decoded(part: Answer | Body, content: bytes) -> Any:
    """JSON as the type of an answer or a body.  Raises msgspec.DecodeError, of which ValidationError is one."""
    try:
        return part.decoder.decode(content)
    except msgspec.ValidationError as refused:
        from .again import read_again

        try:
            return read_again(content, part.type)
        except msgspec.ValidationError:
            raise refused from refused.__cause__  # which knows the place inside


def encode(
    operation: Operation, value: Any, content_type: str | None = None
) -> tuple[bytes | Stream | None, str | None]:
    """What is sent as a body, and its content type; `(None, None)` for no body.

    `content_type` chooses among those that the description offers; the first one by default.  Raises ArgumentError if
    the value does not fit the description.
    """
    body = _chosen(operation, content_type)
    if body is None:
        if value is not None and value is not msgspec.UNSET:
            raise ArgumentError(f"body: {operation.name} takes none")
        return None, None
    if value is msgspec.UNSET or (value is None and not body.nullable):
        if body.required:
            raise ArgumentError("body: required, but missing")
        return None, None
    if is_json(body.content_type):
        return _json(body, value), body.content_type
    kind = essence(body.content_type)
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        from .forms import multipart, urlencoded

        refuse_unsendable(value, "")
        if kind == "multipart/form-data":
            return multipart(body, value)
        return urlencoded(body, value), body.content_type
    return raw(value), concrete(body.content_type, value)


def _chosen(operation: Operation, content_type: str | None) -> Body | None:
    body = operation.body
    choices = body if isinstance(body, tuple) else (body,)
    if content_type is None:
        return choices[0]
    found = next((b for b in choices if b is not None and b.content_type == content_type), None)
    if found is None:
        offered = ", ".join(b.content_type for b in choices if b is not None)
        raise ArgumentError(f"content_type: expected one of {offered or 'none'}")
    return found


def as_json(value: Any) -> bytes:
    """Any value as JSON, models and secrets too.  Raises ArgumentError for what JSON has not."""
    return _json(Body(type=Any, content_type="application/json", nullable=True), value)


def _json(body: Body, value: Any) -> bytes:
    refused: str
    try:
        return _written(body, value)
    except ArgumentError:
        raise
    except msgspec.ValidationError as error:
        refused = explain(error, model=type(value))
    except UnicodeError:
        raise
    except (TypeError, ValueError, NotImplementedError, RecursionError, OverflowError) as error:
        refused = f"body: cannot be written as JSON: {error}"
    # Raised outside the handler, whose frames hold the body, and that what may be a password.
    raise ArgumentError(refused)


def _written(body: Body, value: Any) -> bytes:
    written = _encoder.encode(value)
    if b"null" in written or _WITHOUT_ZONE.search(written):
        refuse_unsendable(value, "" if isinstance(value, msgspec.Struct | dict) else "body")
    _check(body, _without_null(written) if essence(body.content_type) == _MERGE_PATCH else written)
    if body.pairs:
        written = _encoder.encode(carried("vapi.sending").as_pairs(msgspec.json.decode(written), body.type))
    return written


def _check(body: Body, written: bytes) -> None:
    try:
        body.decoder.decode(written)
    except msgspec.ValidationError:
        if b":60" not in written:
            raise
        from .again import without_leap_seconds

        body.decoder.decode(without_leap_seconds(written))


def _without_null(written: bytes) -> bytes:
    """A merge patch without what it takes away: null is no value there (RFC 7396, 2)."""

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: kept(item) for key, item in value.items() if item is not None}
        return value

    return msgspec.json.encode(kept(msgspec.json.decode(written)))
