"""What is sent as it is: bytes, files and anything that gives bytes piece by piece, never held in memory as a whole."""

from __future__ import annotations

import io
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from types import TracebackType
from typing import IO, Any, TypeAlias

import httpx2

from .errors import ArgumentError

Content: TypeAlias = bytes | IO[bytes] | Iterable[bytes]
"""Bytes, a file opened in binary mode, or an iterable of pieces."""

AsyncContent: TypeAlias = bytes | IO[bytes] | Iterable[bytes] | AsyncIterable[bytes]
"""The same, or an asynchronous iterable of pieces."""

_PIECE = 65536


class Upload:
    """A file to send in a form: its content, the file name and the content type that the server is told.

    `content` is bytes, a file opened in binary mode, or an iterable of bytes (in an asynchronous client also an
    asynchronous one); `name` is the file's own where it has one and none is given, `content_type` what the description
    says of the part, else `application/octet-stream`; `headers` are further headers of the part.
    """

    def __init__(
        self,
        content: AsyncContent,
        name: str | None = None,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        own = getattr(content, "name", None)
        self.content = content
        self.name: str | None = name
        if name is None and isinstance(own, str):
            self.name = os.path.basename(own)  # noqa: PTH119
        self.content_type = content_type
        self.headers: dict[str, str] = dict(headers or {})

    def __repr__(self) -> str:
        return f"Upload(name={self.name!r}, content_type={self.content_type!r})"


FilePart: TypeAlias = bytes | IO[bytes] | Upload
"""A file in a form: bytes, a file opened in binary mode, or `Upload` to say its name and content type."""


class Stream(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A request body of several parts, read while it is sent; it can be sent once.

    `length` is the number of bytes, or None where a part does not tell.
    """

    def __init__(self, parts: Iterable[Any]) -> None:
        self._parts = list(parts)
        lengths = [_length(part) for part in self._parts]
        known = [length for length in lengths if length is not None]
        self.failed: Exception | None = None
        """What a source raised while it was read, from there on: what is above refers to the request."""
        self.length: int | None = sum(known) if len(known) == len(lengths) else None

    @property
    def asynchronous(self) -> bool:
        """True if only an asynchronous client can read it."""
        return any(_is_asynchronous(part) for part in self._parts)

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            pieces = _pieces(part)
            while (piece := self._next(pieces)) is not None:
                yield piece

    def _next(self, pieces: Iterator[bytes]) -> bytes | None:
        try:
            return next(pieces, None)
        except Exception as error:
            self.failed = error.with_traceback(_below(error.__traceback__))
        raise _NoBody

    async def __aiter__(self) -> AsyncIterator[bytes]:
        import asyncio  # synchronous programs do without

        for part in self._parts:
            if _is_asynchronous(part):
                pieces = aiter(part)
                while (piece := await self._anext(pieces)) is not None:
                    yield piece
            elif isinstance(part, bytes):
                yield part
            else:
                # Reading a file blocks, and other calls run in this event loop.
                blocking = _pieces(part)
                while (piece := await asyncio.to_thread(self._next, blocking)) is not None:
                    yield piece

    async def _anext(self, pieces: AsyncIterator[Any]) -> bytes | None:
        try:
            piece = await anext(pieces, None)
            return None if piece is None else _checked(piece)
        except Exception as error:
            self.failed = error.with_traceback(_below(error.__traceback__))
        raise _NoBody


class _NoBody(Exception):
    """The source of a body failed; `Stream.failed` says how."""


def _below(trace: TracebackType | None) -> TracebackType | None:
    return trace.tb_next if trace is not None else None


def raw(value: Any, name: str = "body") -> bytes | Stream:
    """A body that is sent as it is.  Raises ArgumentError for what gives no bytes."""
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, str):
        return value.encode()
    if is_stream(value):
        return Stream([value])
    raise ArgumentError(f"{name}: expected bytes, a file or an iterable of bytes, got {type(value).__name__}")


def is_stream(value: Any) -> bool:
    """True for a file or an iterable of bytes, by what it can do."""
    if isinstance(value, dict | list | tuple | str | bytes | bytearray | memoryview):
        return isinstance(value, list | tuple) and bool(value) and all(isinstance(piece, bytes) for piece in value)
    return hasattr(value, "read") or hasattr(value, "__iter__") or hasattr(value, "__aiter__")


def _is_asynchronous(part: Any) -> bool:
    return hasattr(part, "__aiter__") and not hasattr(part, "__iter__") and not hasattr(part, "read")


def _pieces(part: Any) -> Iterator[bytes]:
    if isinstance(part, bytes):
        yield part
    elif hasattr(part, "read"):
        while piece := part.read(_PIECE):
            yield _checked(piece)
    else:
        for piece in part:
            yield _checked(piece)


def _checked(piece: Any) -> bytes:
    if not isinstance(piece, bytes | bytearray | memoryview):
        # Raised while the body is on its way, so the connection ends with it.
        raise ArgumentError(f"body: expected pieces of bytes, got {type(piece).__name__}; open files in binary mode")
    return bytes(piece)


def _length(part: Any) -> int | None:
    if isinstance(part, bytes):
        return len(part)
    if not hasattr(part, "read"):
        return sum(map(len, part)) if isinstance(part, list | tuple) else None
    if isinstance(part, io.TextIOBase):
        raise ArgumentError("body: the file was opened as text; open it in binary mode")
    try:
        here = part.tell()
        end = part.seek(0, os.SEEK_END)
        part.seek(here)
    except (AttributeError, OSError, ValueError):
        return None
    return max(0, int(end) - int(here)) if isinstance(end, int) else None
