"""Request bodies: a checked value to bytes, by content type."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from .arguments import explain
from .errors import ArgumentError
from .operation import Body, Operation
from .secret import dec_hook, enc_hook
from .serialize import escape, plain, text

_encoder = msgspec.json.Encoder(enc_hook=enc_hook)


def is_json(content_type: str) -> bool:
    """True for JSON in any of its media types, parameters ignored."""
    essence = content_type.partition(";")[0].strip().lower()
    return essence in ("application/json", "text/json") or essence.endswith("+json")


def encode(operation: Operation, value: Any) -> tuple[bytes | Iterable[bytes] | None, str | None]:
    """The bytes of a body and its content type; `(None, None)` for no body.

    Raises ArgumentError if the value does not fit the description.
    """
    body = operation.body
    if body is None:
        if value is not None:
            raise ArgumentError(f"body: {operation.name} takes none")
        return None, None
    if value is None:
        if body.required:
            raise ArgumentError("body: required, but missing")
        return None, None
    if is_json(body.content_type):
        return _json(body, value), body.content_type
    essence = body.content_type.partition(";")[0].strip().lower()
    if essence == "application/x-www-form-urlencoded":
        return _form(_fields(body, value)), body.content_type
    if essence == "multipart/form-data":
        boundary = secrets.token_hex(16)
        return _multipart(_fields(body, value), boundary), f"{body.content_type}; boundary={boundary}"
    return _binary(value), body.content_type


def _json(body: Body, value: Any) -> bytes:
    try:
        written = _encoder.encode(value)
        body.decoder.decode(written)
    except msgspec.ValidationError as error:
        raise ArgumentError(explain(error, model=type(value))) from None
    except (TypeError, ValueError, NotImplementedError, RecursionError, OverflowError) as error:
        raise ArgumentError(f"body: cannot be written as JSON: {error}") from None
    return written


def _fields(body: Body, value: Any) -> list[tuple[str, Any]]:
    # bytes stay bytes here: base64 is JSON's way, a form sends them as they are.
    try:
        fields = msgspec.to_builtins(value, enc_hook=enc_hook, str_keys=True, builtin_types=(bytes, bytearray))
        msgspec.convert(fields, body.type, dec_hook=dec_hook)
    except msgspec.ValidationError as error:
        raise ArgumentError(explain(error, model=type(value))) from None
    except (TypeError, NotImplementedError, RecursionError) as error:
        raise ArgumentError(f"body: cannot be written as a form: {error}") from None
    if not isinstance(fields, dict):
        raise ArgumentError("body: a form needs named fields")
    return [(k, v) for k, many in fields.items() for v in (many if isinstance(many, list) else [many]) if v is not None]


def _form(fields: list[tuple[str, Any]]) -> bytes:
    return "&".join(f"{escape(key)}={escape(_flat(value))}" for key, value in fields).encode()


def _flat(value: Any) -> Any:
    return text(plain(value)) if isinstance(value, dict | list | bytes) else value


def _multipart(fields: list[tuple[str, Any]], boundary: str) -> bytes:
    parts = []
    for key, value in fields:
        name = key.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        if isinstance(value, bytes | bytearray):
            head = f'; filename="{name}"\r\nContent-Type: application/octet-stream'
            content = bytes(value)
        elif isinstance(value, dict | list):
            head, content = "\r\nContent-Type: application/json", _encoder.encode(value)
        else:
            head, content = "", text(value).encode()
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{head}\r\n\r\n'.encode() + content)
    return b"\r\n".join([*parts, f"--{boundary}--\r\n".encode()])


def _binary(value: Any) -> bytes | Iterable[bytes]:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, str):
        return value.encode()
    if hasattr(value, "read"):
        return _chunks(value)
    if hasattr(value, "__iter__") or hasattr(value, "__aiter__"):
        stream: Iterable[bytes] = value
        return stream
    raise ArgumentError(f"body: expected bytes, a file or an iterable of bytes, got {type(value).__name__}")


def _chunks(file: Any) -> Iterator[bytes]:
    while chunk := file.read(65536):
        yield chunk
