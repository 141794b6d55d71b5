"""Parameter styles: values to text on the wire (OpenAPI 3.0.3, "Style Values"; RFC 6570)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

import msgspec

from .carried import carried
from .media import is_json
from .operation import Parameter
from .secret import enc_hook

TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
"""What a header can be called (RFC 9110, 5.6.2)."""

_NO_ASCII = re.compile(r"[^\x00-\x7e]")
_RESERVED = ":/?[]@!$'()*,;"
_COOKIE = "!#$&'()*+/:<=>?@[]^`{|}"  # RFC 6265, 4.1.1 (cookie-octet), and no `%`, by which others are written
_NAME = "!#$&'*+^`|"  # RFC 6265, 4.1.1 (a cookie's name is a token), and no `%`
_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C", "tabDelimited": "%09"}


def plain(value: Any) -> Any:
    """The JSON value of a Python value: date-times RFC 3339, enums by value, bytes base64, models as dicts."""
    return msgspec.to_builtins(value, enc_hook=enc_hook, str_keys=True)


def _plain(parameter: Parameter, value: Any) -> Any:
    if not parameter.pairs:
        return plain(value)
    return carried("vapi.sending").as_pairs(plain(value), parameter.type)


def text(value: Any) -> str:
    """A JSON scalar as text: true, false, null, numbers as JSON writes them."""
    if isinstance(value, str):
        return value
    return msgspec.json.encode(value, enc_hook=enc_hook).decode()


def escape(value: Any, *, keep: str = "") -> str:
    """Percent-encode a scalar once; only RFC 3986 unreserved characters and `keep` stay."""
    return quote(text(value), safe=keep)


def _document(content_type: str, value: Any) -> str:
    """What a parameter described by `content` holds; in JSON a text has quotes (OpenAPI 3.0.3, "Parameter Object")."""
    return msgspec.json.encode(value).decode() if is_json(content_type) else text(value)


def _items(value: dict[str, Any], keep: str) -> list[tuple[str, str]]:
    return [(escape(key, keep=keep), escape(item, keep=keep)) for key, item in value.items() if item is not None]


def _members(value: dict[str, Any], keep: str) -> list[tuple[str, str]]:
    """The members of an exploded object; a list of scalars is written as one of that name would be beside it."""
    listed = {
        key: item if isinstance(item, list) and not any(isinstance(each, dict | list) for each in item) else [item]
        for key, item in value.items()
    }
    return [pair for key, items in listed.items() for item in items for pair in _items({key: item}, keep)]


def _item(value: Any, inner: tuple[str, ...], keep: str = "") -> str:
    """An item of a list, percent-encoded; one that is a list itself has between its values what its style says."""
    if inner and isinstance(value, list):
        return _DELIMITERS.get(inner[0], ",").join(_item(each, inner[1:], keep) for each in value)
    return escape(value, keep=keep)


def path_text(parameter: Parameter, value: Any) -> str:
    """A path parameter in style simple, label or matrix, percent-encoded."""
    style = "simple" if parameter.style in ("", "form") else parameter.style
    value, explode, name = _plain(parameter, value), bool(parameter.explode), escape(parameter.wire)
    if parameter.content_type is not None:
        return escape(_document(parameter.content_type, value))
    if style == "matrix":
        return _matrix(name, value, explode)
    if isinstance(value, dict):
        pairs = _items(value, "")
        parts = [f"{k}={v}" for k, v in pairs] if explode else [part for pair in pairs for part in pair]
    else:
        parts = [_item(item, parameter.inner) for item in value] if isinstance(value, list) else [escape(value)]
    if style == "label":
        return "." + ("." if explode else ",").join(parts)
    return _DELIMITERS.get(style, ",").join(parts)


def _matrix(name: str, value: Any, explode: bool) -> str:
    if isinstance(value, dict):
        pairs = _items(value, "")
        if explode:
            return "".join(f";{k}={v}" for k, v in pairs)
        return f";{name}=" + ",".join(part for pair in pairs for part in pair)
    if isinstance(value, list):
        parts = [escape(item) for item in value]
        return "".join(f";{name}={part}" for part in parts) if explode else f";{name}=" + ",".join(parts)
    written = escape(value)
    return f";{name}={written}" if written else f";{name}"


def query_pairs(parameter: Parameter, value: Any) -> list[tuple[str, str]]:
    """A query parameter as `(name, value)` pairs, both percent-encoded; none for an empty list or object."""
    return _pairs(parameter, value, _RESERVED if parameter.allow_reserved else "")


def _pairs(parameter: Parameter, value: Any, keep: str, kept_in_name: str = "") -> list[tuple[str, str]]:
    value, name = _plain(parameter, value), escape(parameter.wire, keep=kept_in_name)
    if parameter.content_type is not None:
        return [(name, quote(_document(parameter.content_type, value), safe=keep))]
    style = parameter.style or "form"
    explode = style == "form" if parameter.explode is None else parameter.explode
    if style == "deepObject":
        return list(_deep(name, value, keep))
    if isinstance(value, dict):
        if explode:
            return _members(value, keep)
        pairs = _items(value, keep)
        parts = [part for pair in pairs for part in pair]
    elif isinstance(value, list):
        parts = [_item(item, parameter.inner, keep) for item in value]
        if explode:
            return [(name, part) for part in parts]
    else:
        return [(name, escape(value, keep=keep))]
    return [(name, _DELIMITERS.get(style, ",").join(parts))] if parts else []


def _deep(name: str, value: Any, keep: str) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [p for k, v in value.items() if v is not None for p in _deep(f"{name}%5B{escape(k)}%5D", v, keep)]
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        # What has parts is told apart by its place, as servers that read such forms expect; scalars repeat the name.
        return [p for place, item in enumerate(value) for p in _deep(f"{name}%5B{place}%5D", item, keep)]
    if isinstance(value, list):
        return [pair for item in value for pair in _deep(name, item, keep)]
    return [(name, escape(value, keep=keep))]


def header_text(parameter: Parameter, value: Any) -> str:
    """A header parameter in style simple; not percent-encoded."""
    value = _plain(parameter, value)
    if parameter.content_type is not None:
        written = _document(parameter.content_type, value)
        return _NO_ASCII.sub(_escaped, written) if is_json(parameter.content_type) else written
    if isinstance(value, dict):
        pairs = [(text(k), text(v)) for k, v in value.items() if v is not None]
        return ",".join(f"{k}={v}" if parameter.explode else f"{k},{v}" for k, v in pairs)
    if isinstance(value, list):
        return _listed(value, (parameter.style, *parameter.inner))
    return text(value)


def _listed(value: Any, styles: tuple[str, ...]) -> str:
    """A value in a header; a list has between its values what its style says, and those in it as well."""
    if not styles or not isinstance(value, list):
        return text(value)
    return unquote(_DELIMITERS.get(styles[0], ",")).join(_listed(item, styles[1:]) for item in value)


def _escaped(found: re.Match[str]) -> str:
    """A character as JSON writes it where only ASCII may stand (RFC 8259, 7): by its UTF-16 code units."""
    units = found[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def cookie_pairs(parameter: Parameter, value: Any) -> list[tuple[str, str]]:
    """A cookie parameter in style form; what a cookie may hold stays as it is, because servers do not decode it."""
    return _pairs(parameter, value, _COOKIE, _NAME)
