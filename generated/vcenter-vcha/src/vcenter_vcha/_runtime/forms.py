"""Bodies made of named fields: `application/x-www-form-urlencoded` and `multipart/form-data` (RFC 7578)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from .arguments import explain
from .errors import ArgumentError
from .operation import Body
from .secret import dec_hook, enc_hook
from .serialize import escape, text
from .upload import Stream, Upload, is_stream

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_BINARY = "application/octet-stream"

_encoder = msgspec.json.Encoder(enc_hook=enc_hook)


def urlencoded(body: Body, value: Any) -> bytes:
    """The fields in style form; lists repeat their field, objects go as JSON.  Raises ArgumentError."""
    pairs = [(key, item) for key, many in _fields(body, value).items() for item in _several(many)]
    return "&".join(f"{escape(key)}={escape(_flat(item))}" for key, item in pairs).encode()


def multipart(body: Body, value: Any) -> tuple[bytes | Stream, str]:
    """The parts of a form and the content type with its boundary.  Raises ArgumentError.

    Without files that are read piece by piece the body is bytes, which can be sent again.
    """
    boundary = secrets.token_hex(16)
    pieces: list[Any] = []
    for key, many in _fields(body, value).items():
        for item in _several(many):
            head, content = _part(key, item, body.encoding.get(key))
            pieces += [f"--{boundary}\r\n{head}\r\n\r\n".encode(), content, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode())
    kind = f"{body.content_type}; boundary={boundary}"
    return (b"".join(pieces) if all(isinstance(piece, bytes) for piece in pieces) else Stream(pieces)), kind


def _fields(body: Body, value: Any) -> dict[str, Any]:
    """The fields by wire name, files as they are, all else as plain values; checked against the declared type."""
    fields = {key: item for key, item in _shallow(value).items() if item is not None and item is not msgspec.UNSET}
    try:
        plain = {key: _plain(item) for key, item in fields.items()}
        stand_ins = {key: _stand_in(item) for key, item in plain.items()}
        msgspec.convert(stand_ins, body.type, dec_hook=dec_hook)
        if body.pairs:
            from .vapi.sending import as_pairs

            plain = as_pairs(plain, body.type)
    except msgspec.ValidationError as error:
        raise ArgumentError(explain(error, model=type(value))) from None
    except (TypeError, NotImplementedError, RecursionError) as error:
        raise ArgumentError(f"body: cannot be written as a form: {error}") from None
    return plain


def _shallow(value: Any) -> Mapping[str, Any]:
    if isinstance(value, msgspec.Struct):
        tag = value.__struct_config__.tag_field
        found = {tag: value.__struct_config__.tag} if tag is not None else {}
        return {
            **found,
            **{
                wire: getattr(value, name)
                for name, wire in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
            },
        }
    if hasattr(type(value), "__encode__"):
        opened: Mapping[str, Any] = type(value).__encode__(value)
        return opened
    if isinstance(value, Mapping):
        return value
    raise ArgumentError("body: a form needs named fields")


def _plain(value: Any) -> Any:
    if _is_file(value):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return msgspec.to_builtins(value, enc_hook=enc_hook, str_keys=True)


def _is_file(value: Any) -> bool:
    return isinstance(value, Upload | bytes | bytearray | memoryview) or (
        not isinstance(value, list | tuple | Mapping | msgspec.Struct) and is_stream(value)
    )


def _stand_in(value: Any) -> Any:
    if isinstance(value, list):
        return [_stand_in(item) for item in value]
    return b"" if _is_file(value) else value


def _several(value: Any) -> Iterator[Any]:
    return iter(item for item in value if item is not None) if isinstance(value, list) else iter((value,))


def _flat(value: Any) -> Any:
    if isinstance(value, Upload) or is_stream(value):
        raise ArgumentError("body: a file cannot be sent in this kind of form")
    if isinstance(value, bytes | bytearray | memoryview):
        return text(bytes(value))
    return text(msgspec.json.encode(value).decode()) if isinstance(value, dict | list) else value


def _part(key: str, value: Any, content_type: str | None) -> tuple[str, Any]:
    """The head of one part, and its content."""
    head = f'Content-Disposition: form-data; name="{_quoted(key)}"'
    if _is_file(value):
        file = value if isinstance(value, Upload) else Upload(value, None, content_type or _BINARY)
        name = file.name if file.name is not None else key
        content = file.content
        content = bytes(content) if isinstance(content, bytes | bytearray | memoryview) else content
        return f'{head}; filename="{_quoted(name)}"\r\nContent-Type: {_token(file.content_type)}', content
    if isinstance(value, dict | list) or (content_type or "").endswith("json"):
        return f"{head}\r\nContent-Type: {_token(content_type or 'application/json')}", _encoder.encode(value)
    if content_type is not None:
        head += f"\r\nContent-Type: {_token(content_type)}"
    return head, text(value).encode()


def _quoted(name: str) -> str:
    """A name in a quoted string, as browsers write it (RFC 7578, 2, and the HTML standard, "multipart/form-data")."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _token(content_type: str) -> str:
    if not (content_type.isascii() and content_type.isprintable()):
        raise ArgumentError("body: a content type takes printable ASCII only")
    return content_type
