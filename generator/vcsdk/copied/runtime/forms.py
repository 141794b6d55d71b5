"""Bodies made of named fields: `application/x-www-form-urlencoded` and `multipart/form-data` (RFC 7578)."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin
from urllib.parse import quote, unquote

import msgspec
from msgspec.structs import fields

from .arguments import explain
from .carried import carried
from .errors import ArgumentError
from .operation import Body, Parameter, Part
from .secret import dec_hook, enc_hook
from .serialize import escape, query_pairs, text
from .upload import Stream, Upload, is_stream
from .values import Base64

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_BINARY = "application/octet-stream"

_encoder = msgspec.json.Encoder(enc_hook=enc_hook)


def urlencoded(body: Body, value: Any) -> bytes:
    """The fields, each in its style or by its content type.  Raises ArgumentError.

    Without either lists repeat their field, and objects go as JSON.
    """
    written = []
    for key, many in _fields(body, value).items():
        part = _part_of(body, key)
        if part.style is not None:
            written += _styled(key, many, part)
        else:
            written += [(escape(key), _flat(item, part)) for item in _several(many)]
    return "&".join(f"{key}={item}" for key, item in written).encode()


def multipart(body: Body, value: Any) -> tuple[bytes | Stream, str]:
    """The parts of a form and the content type with its boundary.  Raises ArgumentError.

    Without files that are read piece by piece the body is bytes, which can be sent again.
    """
    boundary = secrets.token_hex(16)
    pieces: list[Any] = []
    for key, many in _fields(body, value).items():
        part = _part_of(body, key)
        items = [(key, item, part) for item in _several(many)]
        if part.style is not None and not any(_is_file(item) for _, item, _ in items):
            plain = Part(headers=part.headers)
            items = [(unquote(name), unquote(item), plain) for name, item in _styled(key, many, part)]
        for name, item, how in items:
            head, content = _part(name, item, how)
            pieces += [f"--{boundary}\r\n{head}\r\n\r\n".encode(), content, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode())
    kind = f"{body.content_type}; boundary={boundary}"
    return (b"".join(pieces) if all(isinstance(piece, bytes) for piece in pieces) else Stream(pieces)), kind


def _part_of(body: Body, key: str) -> Part:
    found = body.encoding.get(key)
    return found if isinstance(found, Part) else Part(found)


def _styled(key: str, value: Any, part: Part) -> list[tuple[str, str]]:
    """Name and value, percent-encoded, of each pair that a field comes to in its style."""
    how = Parameter(
        key,
        key,
        "query",
        style=part.style or "form",
        explode=part.explode,
        allow_reserved=part.allow_reserved,
        inner=part.inner,
    )
    return query_pairs(how, value)


def _fields(body: Body, value: Any) -> dict[str, Any]:
    """The fields by wire name, files as they are, all else as plain values; checked against the declared type."""
    given = {key: item for key, item in _shallow(value).items() if item is not None and item is not msgspec.UNSET}
    try:
        plain = {key: _plain(item) for key, item in given.items()}
        stand_ins = {key: _stand_in(item) for key, item in plain.items()}
        msgspec.convert(stand_ins, body.type, dec_hook=dec_hook)
        if body.pairs:
            plain = carried("vapi.sending").as_pairs(plain, body.type)
    except msgspec.ValidationError as error:
        raise ArgumentError(explain(error, model=type(value))) from None
    except (TypeError, NotImplementedError, RecursionError) as error:
        raise ArgumentError(f"body: cannot be written as a form: {error}") from None
    encoded = _encoded_fields(body.type)
    return {key: _as_base64(item) if key in encoded else item for key, item in plain.items()}


@cache
def _encoded_fields(kind: Any) -> frozenset[str]:
    """The fields, by wire name, that are text in base64, or lists of it; those of all members of a union."""
    found: set[str] = set()
    met: set[Any] = set()
    rest = [getattr(kind, "__known__", kind)]
    while rest:
        each = rest.pop()
        if each in met:
            continue
        met.add(each)
        if hasattr(each, "__member__"):
            rest += [getattr(member, "__known__", member) for member in each.members()]
        elif hasattr(each, "__struct_encode_fields__"):
            found.update(field.encode_name for field in fields(each) if _is_encoded(field.type))
        else:
            rest += get_args(each)
    return frozenset(found)


def _is_encoded(kind: Any) -> bool:
    return kind is Base64 or any(_is_encoded(part) for part in get_args(kind) if get_origin(kind) is not dict)


def _as_base64(value: Any) -> Any:
    """Bytes as the text that the description says they are; a file that is read piece by piece stays one."""
    if isinstance(value, list):
        return [_as_base64(item) for item in value]
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


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
    if isinstance(held := getattr(value, "_values", None), msgspec.Struct):
        # An `OpenModel`; its own form would write what is inside, and a file has none.
        known = dict(_shallow(held))
        return {**known.pop(" ", {}), **known}
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


def _flat(value: Any, part: Part) -> str:
    """A value of an urlencoded form, percent-encoded.  Raises ArgumentError."""
    if isinstance(value, Upload) or is_stream(value):
        raise ArgumentError("body: a file cannot be sent in this kind of form")
    if isinstance(value, bytes | bytearray | memoryview):
        return quote(bytes(value), safe="")
    return escape(_encoder.encode(value).decode() if _is_document(value, part) else value)


def _is_document(value: Any, part: Part) -> bool:
    """Whether a value goes as JSON: what has parts, and all that the description says so of."""
    if part.verbatim and isinstance(value, str):
        return False
    return isinstance(value, dict | list) or (part.content_type or "").partition(";")[0].endswith("json")


def _part(key: str, value: Any, part: Part) -> tuple[str, Any]:
    """The head of one part, and its content."""
    content_type = part.content_type
    head = f'Content-Disposition: form-data; name="{_quoted(key)}"'
    headers = dict(part.headers)
    content: Any
    if _is_file(value):
        file = value if isinstance(value, Upload) else Upload(value, None, content_type or _BINARY)
        name = file.name if file.name is not None else key
        content = file.content
        content = bytes(content) if isinstance(content, bytes | bytearray | memoryview) else content
        content = file if file.on_progress is not None else content
        head += f'; filename="{_quoted(name)}"'
        content_type = file.content_type or content_type or _BINARY
        headers |= file.headers
    elif _is_document(value, part):
        content_type, content = content_type or "application/json", _encoder.encode(value)
    else:
        content = text(value).encode()
    lines = [] if content_type is None else [f"Content-Type: {_token(content_type)}"]
    lines += [f"{_token(name)}: {_token(value)}" for name, value in headers.items()]
    return "\r\n".join([head, *lines]), content


def _quoted(name: str) -> str:
    """A name in a quoted string, as browsers write it (RFC 7578, 2, and the HTML standard, "multipart/form-data")."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _token(word: str) -> str:
    if not (word.isascii() and word.isprintable()):
        raise ArgumentError("body: content types and headers of parts take printable ASCII only")
    return word
