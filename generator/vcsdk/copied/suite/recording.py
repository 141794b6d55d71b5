"""An exchange as the results keep it: secrets masked, long bodies cut, with a command line that repeats it."""

from __future__ import annotations

import itertools
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote_plus

import httpx2

from .masking import MASK, Secrets, masked
from .reading import read_json

LONGEST_BODY = 8192
"""Characters of a body that are kept."""

_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
_DULL_HEADERS = frozenset({"accept-encoding", "connection", "content-length", "host", "transfer-encoding"})
# Of a header that carries a credential: all of it, or behind the word of its scheme or the name of a cookie.
_WHOLE = re.compile(rf"(?:[\w-]+[ =])?{re.escape(MASK)}(?:; [\w-]+={re.escape(MASK)})*")
_PASSWORD = re.compile(r"passw(?:or)?d|passphrase|secret", re.IGNORECASE)
_IS_PASSWORD = re.compile(r"(?:passw(?:or)?d|passphrase|secret)s?", re.IGNORECASE)
_PAIR = re.compile(r"(?<![^?&])([^=&\s?#]+)=([^&#\s]*)")
"""A field of a form, and of the query of an address."""
_MEMBER = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:\s*)"((?:[^"\\]|\\.)*)"?')
"""A member that is a text, in what is no JSON as a whole: lines of it, events, an answer that broke off."""
_PART = re.compile(r'(name="([^"]*)"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)(.*?)(?=\r?\n--|\Z)', re.DOTALL)
"""A part of `multipart/form-data`."""


class Recorder:
    """Turns exchanges into JSON values.

    Masked are: the exact values in `secrets`, headers that carry credentials (`session_header` among them), and members
    of JSON bodies, fields of forms and parameters of queries whose name is in `secret_fields` or speaks of a password.
    """

    def __init__(self, secrets: Secrets, session_header: str = "", secret_fields: Iterable[str] = ()) -> None:
        self._secrets = secrets
        self._header = session_header
        self._hidden = _SECRET_HEADERS | ({session_header.lower()} if session_header else set())
        self._fields = frozenset(secret_fields)

    def request(self, request: httpx2.Request, *, whole: bool = False) -> dict[str, Any]:
        """`method`, `url`, `headers` (name and value, in order), `body` (None: there is none), cut unless `whole`."""
        return {
            "method": request.method,
            "url": self._url(request),
            "headers": self._headers(request.headers),
            "body": self.body(_content(request), whole=whole),
        }

    def response(self, response: httpx2.Response, *, whole: bool = False) -> dict[str, Any]:
        """`status`, `headers`, `body`, cut unless `whole`."""
        return {
            "status": response.status_code,
            "headers": self._headers(response.headers),
            "body": self.body(response.content, whole=whole),
        }

    def curl(self, request: httpx2.Request) -> str:
        """A line for a POSIX shell that sends the request again, in the session of the variable `SESSION`.

        The key or token of an API without sessions comes from `TOKEN`; a second one from `TOKEN_2`.
        """
        variables = (f"TOKEN_{number}" if number > 1 else "TOKEN" for number in itertools.count(1))
        words = ["curl", "-i"]
        if request.method != "GET":
            words += ["-X", shlex.quote(request.method)]
        words.append(_with_variables(self._url(request), variables))
        for name, value in request.headers.multi_items():
            lowered = name.lower()
            if lowered in _DULL_HEADERS | {"user-agent", "accept"}:
                continue
            if self._header and lowered == self._header.lower():
                words += ["-H", f'{shlex.quote(name + ": ")}"$SESSION"']
            elif lowered == "authorization" and value.startswith("Basic "):
                words += ["-u", '"$USERNAME:$PASSWORD"']
            else:
                shown = self._secrets.mask(value)
                # A wrong one is sent as the mask: that is wrong, too.
                if lowered in self._hidden and not _WHOLE.fullmatch(shown):
                    words += ["-H", shlex.quote(f"{self._secrets.mask(name)}: {MASK}")]
                else:
                    words += ["-H", _with_variables(f"{self._secrets.mask(name)}: {shown}", variables)]
        content = _content(request)
        if content:
            words += ["--data-raw", _shell_literal(self.mask_fields(content))]
        return " ".join(words)

    def clean(self, value: Any) -> Any:
        """A JSON value with every known secret replaced, wherever in it."""
        return masked(value, self._secrets.mask)

    def body(self, content: bytes, *, whole: bool = False) -> str | None:
        """The text of a body, masked, and cut unless it is to be `whole`."""
        if not content:
            return None
        text = self.mask_fields(content).decode("utf-8", errors="backslashreplace")
        masked = self._secrets.mask(text)
        return (
            masked if whole or len(masked) <= LONGEST_BODY else f"{masked[:LONGEST_BODY]}… ({len(masked)} characters)"
        )

    def mask_fields(self, content: bytes) -> bytes:
        """The body with the values of password fields and every known secret replaced; else byte by byte the same."""
        try:
            value = read_json(content)
        except ValueError:
            text = self._without_fields(content.decode("utf-8", errors="surrogateescape"))
            return self._masked_bytes(text.encode("utf-8", errors="surrogateescape"))
        without = self._without(value)
        if without == value:
            return self._masked_bytes(content)
        return self._masked_bytes(json.dumps(without, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def _masked_bytes(self, content: bytes) -> bytes:
        text = content.decode("utf-8", errors="surrogateescape")
        return self._secrets.mask(text).encode("utf-8", errors="surrogateescape")

    def _without(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: self._hidden_member(name, member) if self._is_secret(name) else self._without(member)
                for name, member in value.items()
            }
        return [self._without(item) for item in value] if isinstance(value, list) else value

    def _hidden_member(self, name: str, member: Any) -> Any:
        if isinstance(member, list):
            return [self._hidden_member(name, item) for item in member]
        # A number is a PIN, or says how long a password may be.
        number = isinstance(member, int | float) and not isinstance(member, bool)
        if isinstance(member, str) or (number and (name in self._fields or _IS_PASSWORD.fullmatch(name))):
            return MASK
        return self._without(member)

    def _url(self, request: httpx2.Request) -> str:
        path, mark, query = str(request.url).partition("?")
        return self._secrets.mask(path + mark + _PAIR.sub(self._pair, query))

    def _without_fields(self, text: str) -> str:
        """The text of a form, or of pieces of JSON, without the values of password fields."""
        if '"' not in text:
            return text if any(character.isspace() for character in text) else _PAIR.sub(self._pair, text)
        without = _MEMBER.sub(
            lambda member: f'"{member[1]}"{member[2]}"{MASK}"' if self._is_secret(member[1]) else member[0], text
        )
        return _PART.sub(lambda part: part[1] + MASK if self._is_secret(part[2]) else part[0], without)

    def _pair(self, pair: re.Match[str]) -> str:
        # An object in a form or in a query has its members in brackets.
        name = unquote_plus(pair[1])
        secret = self._is_secret(name) or self._is_secret(name.rpartition("[")[2].rstrip("]"))
        return f"{pair[1]}={MASK}" if secret and pair[2] else pair[0]

    def _is_secret(self, name: str) -> bool:
        return name in self._fields or _PASSWORD.search(name) is not None

    def _headers(self, headers: httpx2.Headers) -> list[list[str]]:
        return [
            [self._secrets.mask(name), self._header_value(name, value)]
            for name, value in headers.multi_items()
            if name.lower() not in _DULL_HEADERS
        ]

    def _header_value(self, name: str, value: str) -> str:
        return MASK if name.lower() in self._hidden else self._secrets.mask(value)


def password_fields(document: Any) -> set[str]:
    """The names of all properties that an OpenAPI document marks with `format: password`."""
    found: set[str] = set()
    if isinstance(document, dict):
        properties = document.get("properties")
        if isinstance(properties, dict):
            found |= {k for k, v in properties.items() if isinstance(v, dict) and v.get("format") == "password"}
        for member in document.values():
            found |= password_fields(member)
    elif isinstance(document, list):
        for item in document:
            found |= password_fields(item)
    return found


def _content(request: httpx2.Request) -> bytes:
    try:
        return request.content
    except httpx2.RequestNotRead:
        return b""


def _with_variables(masked_text: str, variables: Iterator[str]) -> str:
    """A word of a shell in which each secret is the value of a variable."""
    first, *rest = masked_text.split(MASK)
    quoted = shlex.quote(first)
    for piece in rest:
        quoted += f'"${{{next(variables)}}}"' + (shlex.quote(piece) if piece else "")
    return quoted


def _shell_literal(content: bytes) -> str:
    """A word for bash that stands for these bytes."""
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError:
        text = ""
    if text and text.isprintable():
        return shlex.quote(text)
    return "$'" + "".join(chr(b) if 32 <= b < 127 and b not in b"'\\" else f"\\x{b:02x}" for b in content) + "'"
