"""From an operation and its arguments to something that can be sent, once or again."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import httpx2
import msgspec

from .arguments import checked
from .content import encode
from .errors import ArgumentError
from .operation import Operation
from .raw import RawAnswer
from .serialize import TOKEN, cookie_pairs, header_text
from .unsendable import refuse_unsendable
from .upload import Stream
from .url import path_and_query


class Prepared(msgspec.Struct, frozen=True, eq=False):
    """A checked request without credentials; header names are in lower case.

    `base` stands before `path` where it is not that of the operation's server: for an address that the server gave.
    """

    operation: Operation
    path: str
    headers: dict[str, str]
    content: bytes | Stream | None
    base: str = ""

    def __repr__(self) -> str:
        return f"<Prepared {self.operation.name}>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("operation", self.operation.name)]  # the rest may hold credentials

    @property
    def repeatable(self) -> bool:
        """Whether the very same bytes can be sent again."""
        return self.content is None or isinstance(self.content, bytes)

    @property
    def is_keyed(self) -> bool:
        """Whether the caller gave a key by which the server tells repetitions apart."""
        return not self.operation.keys.isdisjoint(self.headers)


_SHORTEST = 6
"""Fewest bytes of a secret that is looked for in what a server says: fewer stand in many a word."""


class Credentials(msgspec.Struct, frozen=True, eq=False):
    """What authenticates one request; kept apart so that it never mixes with what is logged or kept."""

    headers: dict[str, str] = {}
    query: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return "<Credentials>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []

    def masked(self, answer: RawAnswer) -> RawAnswer:
        """The same answer, or one without what a server said of these credentials: many tell which key was wrong."""
        content = answer.content
        for text in self._texts():
            secret = text.encode("utf-8", "replace")
            if len(secret) >= _SHORTEST and secret in content:
                content = content.replace(secret, b"***")
        return answer if content is answer.content else RawAnswer(answer.status, answer.headers, content)

    def _texts(self) -> Iterator[str]:
        """What is secret of them, the longest form of each first."""
        for header in self.headers.values():
            word, _, rest = header.partition(" ")
            yield header
            yield rest
            if word.lower() == "basic":
                with contextlib.suppress(ValueError):  # a caller may call a key so
                    pair = base64.b64decode(rest).decode("utf-8", "replace")
                    yield pair
                    yield pair.partition(":")[2]
        for _, text in (*self.query, *self.cookies):
            yield text
            yield unquote(text)

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("credentials are not pickled")


def prepare(operation: Operation, arguments: Mapping[str, Any], body: Any, content_type: str | None = None) -> Prepared:
    """Check everything and write path, query, headers and body.  Raises ArgumentError; sends nothing."""
    try:
        return _prepared(operation, arguments, body, content_type)
    except ArgumentError:
        raise
    except Exception as error:
        kind = type(error)
    # Raised outside the handler: the error of an encoding holds the whole text, which may be a password.
    if issubclass(kind, UnicodeError):
        refuse_unsendable(arguments, "")
        refuse_unsendable(body, "body" if isinstance(body, str) else "")
    raise ArgumentError(f"{operation.name}: the arguments cannot be written ({kind.__name__})")


def _prepared(operation: Operation, arguments: Mapping[str, Any], body: Any, content_type: str | None) -> Prepared:
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
            if not TOKEN.fullmatch(parameter.wire):
                raise ArgumentError(f"{parameter.name}: no header can be called {parameter.wire!r}")
            headers[parameter.wire.lower()] = _header(parameter.name, header_text(parameter, values[parameter.name]))
        elif parameter.location == "cookie":
            cookies += cookie_pairs(parameter, values[parameter.name])
    if cookies:
        headers["cookie"] = "; ".join(f"{key}={value}" for key, value in cookies)
    return Prepared(operation, path, headers, content)


def _header(name: str, value: str) -> str:
    # A tab may stand between the values of a list (RFC 9110, 5.5).
    if not (value.isascii() and value.replace("\t", " ").isprintable()):
        raise ArgumentError(f"{name}: a header takes printable ASCII only")
    if value != value.strip(" \t"):
        # Whoever reads it takes them off (RFC 9110, 5.5), so that another value would come.
        raise ArgumentError(f"{name}: a header neither begins nor ends with a blank")
    return value


@lru_cache(maxsize=64)
def _url(text: str) -> httpx2.URL:
    """Taking a URL apart is a tenth of a call's time, and what is polled has the same each time."""
    return httpx2.URL(text)


def check_address(prepared: Prepared, base: str) -> None:
    """Raises ArgumentError for an address that is none, as where an identifier is longer than any can be."""
    try:
        _url(base + prepared.path)
    except httpx2.InvalidURL:
        pass
    else:
        return
    size = len(base) + len(prepared.path)
    raise ArgumentError(f"{prepared.operation.name}: the arguments make an address of {size} characters, too long")


def _with_credentials(address: str, credentials: Credentials) -> httpx2.URL | None:
    """None where that is no address; what is raised would show it in a frame."""
    joint = "&" if "?" in address else "?"
    try:
        return httpx2.URL(address + joint + "&".join(f"{k}={v}" for k, v in credentials.query))
    except httpx2.InvalidURL:
        return None


def build(
    prepared: Prepared,
    base: str,
    defaults: Mapping[str, str],
    credentials: Credentials,
    timeout: dict[str, float | None],
) -> httpx2.Request:
    """The request itself; `base` is origin and prefix, `timeout` httpx2's four phases in seconds."""
    if credentials.query:
        found = _with_credentials(base + prepared.path, credentials)
        if found is None:
            raise ArgumentError(f"{prepared.operation.name}: the address is too long with the credentials in it")
        url = found
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
