"""What is sent as it is: bytes, files and anything that gives bytes piece by piece, never held in memory as a whole."""

from __future__ import annotations

import inspect
import io
import os
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import aclosing, contextmanager
from types import TracebackType
from typing import IO, Any, TypeAlias

import httpx2

from .errors import ArgumentError

OnProgress: TypeAlias = Callable[[int, int | None], Awaitable[object] | object]
"""Called with the bytes that were sent and the bytes there are, None where nobody can tell."""

_PIECE = 65536


class Upload:
    """A file to send: its content, and in a form the file name and the content type that the server is told.

    `content` is bytes, a file opened in binary mode, or an iterable of bytes (in an asynchronous client also an
    asynchronous one); `name` is the file's own where it has one and none is given, `content_type` what the description
    says of the part, else `application/octet-stream`; `headers` are further headers of the part.

    `on_progress` is called whenever a piece of the content is on its way, with the bytes so far and the bytes there
    are (None where the content does not tell); in an asynchronous client it may be a coroutine function.  What it
    raises ends the request, as does what the content raises.
    """

    def __init__(
        self,
        content: AsyncContent,
        name: str | None = None,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        own = getattr(content, "name", None)
        self.content = content
        self.name: str | None = name
        if name is None and isinstance(own, str):
            self.name = os.path.basename(own)  # noqa: PTH119
        self.content_type = content_type
        self.headers: dict[str, str] = dict(headers or {})
        self.on_progress = on_progress

    def __repr__(self) -> str:
        return f"Upload(name={self.name!r}, content_type={self.content_type!r})"


Content: TypeAlias = bytes | IO[bytes] | Iterable[bytes] | Upload
"""Bytes, a file opened in binary mode, an iterable of pieces, or `Upload` to hear how far it is."""

AsyncContent: TypeAlias = Content | AsyncIterable[bytes]
"""The same, or an asynchronous iterable of pieces."""

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
        return any(_is_asynchronous(part) or _is_awaited(part) for part in self._parts)

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            pieces = _pieces(_source(part))
            count = _Count.of(part)
            while (piece := self._next(pieces)) is not None:
                yield piece
                if count is not None:
                    with self._kept():
                        count.call(len(piece))

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """What a source or `on_progress` raises while it lasts is kept, and ends the body."""
        try:
            yield
            return
        except Exception as error:
            # Without the frames of this class, which refer to the request.
            self.failed = error.with_traceback(_beyond(error.__traceback__))
        raise _NoBody

    def _next(self, pieces: Iterator[bytes]) -> bytes | None:
        with self._kept():
            return next(pieces, None)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        import asyncio  # synchronous programs do without

        for part in self._parts:
            count = _Count.of(part)
            async with aclosing(self._apieces(_source(part), asyncio.to_thread)) as pieces:
                async for piece in pieces:
                    yield piece
                    if count is not None:
                        with self._kept():
                            if inspect.isawaitable(told := count.call(len(piece))):
                                await told

    async def _apieces(self, source: Any, apart: Callable[..., Awaitable[bytes | None]]) -> AsyncGenerator[bytes, None]:
        if _is_asynchronous(source):
            pieces = aiter(source)
            while (piece := await self._anext(pieces)) is not None:
                yield piece
        elif isinstance(source, bytes):
            for part in _pieces(source):
                yield part
        else:
            # Reading a file blocks, and other calls run in this event loop.
            blocking = _pieces(source)
            while (piece := await apart(self._next, blocking)) is not None:
                yield piece

    async def _anext(self, pieces: AsyncIterator[Any]) -> bytes | None:
        with self._kept():
            piece = await anext(pieces, None)
            return None if piece is None else _checked(piece)


class _NoBody(Exception):
    """The source of a body failed; `Stream.failed` says how."""


class _Count:
    """How far the content of one `Upload` is."""

    def __init__(self, upload: Upload, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._sent = 0
        self._whole = _length(upload)

    @classmethod
    def of(cls, part: Any) -> _Count | None:
        return cls(part, part.on_progress) if isinstance(part, Upload) and part.on_progress is not None else None

    def call(self, more: int) -> object:
        self._sent += more
        return self._on_progress(self._sent, self._whole)


def _beyond(trace: TracebackType | None) -> TracebackType | None:
    """What lies below the two frames of `Stream` that look at a source."""
    below = trace.tb_next if trace is not None else None
    return below.tb_next if below is not None else None


def raw(value: Any, name: str = "body") -> bytes | Stream:
    """A body that is sent as it is.  Raises ArgumentError for what gives no bytes."""
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, Upload):
        return Stream([value]) if value.on_progress is not None else raw(value.content, name)
    if is_stream(value):
        return Stream([value])
    raise ArgumentError(f"{name}: expected bytes, a file or an iterable of bytes, got {type(value).__name__}")


def concrete(declared: str, value: Any) -> str:
    """The content type of a body that is sent as it is: that of the description, or of its range the one that fits.

    That is what an `Upload` says; else what the name of the file tells; else text or bytes.  Raises ArgumentError for
    an `Upload` that says what is not in the range.
    """
    if "*" not in declared:
        return declared
    kind, _, _ = declared.partition(";")
    of_range = kind.strip().lower().removesuffix("*").removesuffix("*/")
    said = value.content_type if isinstance(value, Upload) else None
    if said is not None:
        if not said.lower().startswith(of_range) or "*" in said or not (said.isascii() and said.isprintable()):
            raise ArgumentError(f"body: its content type is not one of {declared}")
        return said
    name = getattr(value, "name", None)
    if isinstance(name, str):
        from mimetypes import guess_type

        guessed = guess_type(name)[0] or ""
        if guessed.startswith(of_range):
            return guessed
    is_text = isinstance(value, str) or of_range == "text/"
    return "text/plain; charset=utf-8" if is_text and of_range in ("", "text/") else "application/octet-stream"


def is_stream(value: Any) -> bool:
    """True for a file or an iterable of bytes, by what it can do."""
    if isinstance(value, dict | list | tuple | str | bytes | bytearray | memoryview):
        return isinstance(value, list | tuple) and bool(value) and all(isinstance(piece, bytes) for piece in value)
    return hasattr(value, "read") or hasattr(value, "__iter__") or hasattr(value, "__aiter__")


def _source(part: Any) -> Any:
    """What the bytes of a part come from."""
    content = part.content if isinstance(part, Upload) else part
    return bytes(content) if isinstance(content, bytearray | memoryview) else content


def _is_asynchronous(part: Any) -> bool:
    part = _source(part)
    return hasattr(part, "__aiter__") and not hasattr(part, "__iter__") and not hasattr(part, "read")


def _is_awaited(part: Any) -> bool:
    return isinstance(part, Upload) and inspect.iscoroutinefunction(part.on_progress)


def _pieces(part: Any) -> Iterator[bytes]:
    if isinstance(part, bytes):
        yield from (part[at : at + _PIECE] for at in range(0, len(part), _PIECE))
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
    part = _source(part)
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
