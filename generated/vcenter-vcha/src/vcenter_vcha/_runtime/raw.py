"""An answer as it came, in a form that can be kept: frozen, picklable, without credentials."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar, cast

import httpx2
import msgspec

T_co = TypeVar("T_co", covariant=True)

_CREDENTIALS = frozenset({"set-cookie", "authorization", "proxy-authorization", "www-authenticate-token"})


class RawAnswer(msgspec.Struct, frozen=True):
    """Status, headers (case-insensitive) and body bytes of an answer, content encoding undone."""

    status: int
    headers: httpx2.Headers
    content: bytes

    def redacted(self, headers: Iterable[str] = (), *, content: bool = True) -> RawAnswer:
        """The same without credentials: without their headers, and without the body if `content` is False."""
        hidden = _CREDENTIALS.union(name.lower() for name in headers)
        # As bytes: a server may write what is no ASCII.
        pairs = ((k, v) for k, v in self.headers.raw if k.decode("latin-1").lower() not in hidden)
        kept = httpx2.Headers(list(pairs))
        return RawAnswer(self.status, kept, self.content if content else b"")

    def __repr__(self) -> str:
        return f"<RawAnswer {self.status}, {len(self.content)} bytes>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("status", self.status)]  # the headers and the content may hold a token


class OpenAnswer(RawAnswer, frozen=True):
    """A success whose body has not been read: `content` is empty and `response` is open."""

    response: httpx2.Response

    def __repr__(self) -> str:
        return f"<OpenAnswer {self.status}>"


class LedAnswer(RawAnswer, frozen=True):
    """An answer that redirects have led to."""


class RawResponse(msgspec.Struct, Generic[T_co], frozen=True):
    """What `with_raw_response` gives: the answer as it came and `parsed`, what the method itself returns.

    `content` is the body with its content encoding undone, empty where a method gives a stream.  `refused` is what the
    method itself would have raised for an answer that does not fit the description.
    """

    status: int
    headers: httpx2.Headers
    content: bytes
    value: T_co | None = None
    refused: Exception | None = None

    @property
    def parsed(self) -> T_co:
        """What the method itself returns.  Raises UnexpectedAnswer where the answer does not fit the description."""
        if self.refused is not None:
            raise self.refused.with_traceback(None)
        return cast("T_co", self.value)

    def __repr__(self) -> str:
        return f"<RawResponse {self.status}, {len(self.content)} bytes>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("status", self.status)]
