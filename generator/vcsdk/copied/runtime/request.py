"""From an operation and its arguments to something that can be sent, once or again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import httpx2
import msgspec

from .arguments import checked
from .content import encode
from .errors import ArgumentError
from .operation import Operation
from .serialize import cookie_pairs, header_text
from .upload import Stream
from .url import path_and_query

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
"""What a header can be called (RFC 9110, 5.6.2)."""


class Prepared(msgspec.Struct, frozen=True, eq=False):
    """A checked request without credentials; header names are in lower case."""

    operation: Operation
    path: str
    headers: dict[str, str]
    content: bytes | Stream | None

    @property
    def repeatable(self) -> bool:
        """Whether the very same bytes can be sent again."""
        return self.content is None or isinstance(self.content, bytes)


class Credentials(msgspec.Struct, frozen=True, eq=False):
    """What authenticates one request; kept apart so that it never mixes with what is logged or kept."""

    headers: dict[str, str] = {}
    query: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return "<Credentials>"


def prepare(operation: Operation, arguments: Mapping[str, Any], body: Any, content_type: str | None = None) -> Prepared:
    """Check everything and write path, query, headers and body.  Raises ArgumentError; sends nothing."""
    values = checked(operation, arguments)
    content, content_type = encode(operation, body, content_type)
    path = path_and_query(operation, values, [])
    headers = {"accept": operation.accept, **{name.lower(): _header(name, value) for name, value in operation.headers}}
    if content_type is not None:
        headers["content-type"] = content_type
    cookies: list[tuple[str, str]] = []
    for parameter in operation.parameters:
        if parameter.name not in values:
            continue
        if parameter.location == "header":
            if not _TOKEN.fullmatch(parameter.wire):
                raise ArgumentError(f"{parameter.name}: no header can be called {parameter.wire!r}")
            headers[parameter.wire.lower()] = _header(parameter.name, header_text(parameter, values[parameter.name]))
        elif parameter.location == "cookie":
            cookies += cookie_pairs(parameter, values[parameter.name])
    if cookies:
        headers["cookie"] = "; ".join(f"{key}={value}" for key, value in cookies)
    return Prepared(operation, path, headers, content)


def _header(name: str, value: str) -> str:
    if not (value.isascii() and (value.isprintable() or not value)):
        raise ArgumentError(f"{name}: a header takes printable ASCII only")
    if value != value.strip(" "):
        # Whoever reads it takes them off (RFC 9110, 5.5), so that another value would come.
        raise ArgumentError(f"{name}: a header neither begins nor ends with a blank")
    return value


@lru_cache(maxsize=64)
def _url(text: str) -> httpx2.URL:
    """Taking a URL apart is a tenth of a call's time, and what is polled has the same each time."""
    return httpx2.URL(text)


def build(
    prepared: Prepared,
    base: str,
    defaults: Mapping[str, str],
    credentials: Credentials,
    timeout: dict[str, float | None],
) -> httpx2.Request:
    """The request itself; `base` is origin and prefix, `timeout` httpx2's four phases in seconds."""
    url: httpx2.URL | str
    if credentials.query:
        joint = "&" if "?" in prepared.path else "?"
        url = base + prepared.path + joint + "&".join(f"{k}={v}" for k, v in credentials.query)
    else:
        url = _url(base + prepared.path)
    headers = {**defaults, **prepared.headers, **credentials.headers}
    if credentials.cookies:
        cookies = [f"{key}={value}" for key, value in credentials.cookies]
        headers["cookie"] = "; ".join([*filter(None, [headers.get("cookie")]), *cookies])
    method = prepared.operation.method.upper()
    extensions = {"timeout": timeout}
    if not isinstance(prepared.content, Stream):
        return httpx2.Request(method, url, headers=headers, content=prepared.content, extensions=extensions)
    length = prepared.content.length
    told = {"transfer-encoding": "chunked"} if length is None else {"content-length": str(length)}
    request = httpx2.Request(method, url, headers={**headers, **told}, extensions=extensions)
    # Given to the constructor, a stream would keep httpx2 from adding Host.
    request.stream = prepared.content
    return request
