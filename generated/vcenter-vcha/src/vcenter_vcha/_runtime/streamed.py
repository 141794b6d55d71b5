"""An answer that is read piece by piece while the connection is open (`with_streaming_response`)."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2

from .call import streaming
from .errors import UnexpectedAnswer
from .incoming import Incoming


class _Streamed:
    """Status and headers of a success whose body has not been read yet."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming
        self._response = incoming.response

    @property
    def status(self) -> int:
        """The HTTP status, 2xx."""
        return self._response.status_code

    @property
    def headers(self) -> httpx2.Headers:
        """The headers of the answer, case-insensitive."""
        return self._response.headers

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status}>"


class StreamedResponse(_Streamed):
    """A success whose body is read as it is asked for; leaving the `with` block closes it.

    Reading raises ConnectionFailed where the connection breaks (OutcomeUnknown if the operation changes something).
    """

    def iter_bytes(self, size: int | None = None) -> Iterator[bytes]:
        """The body in pieces, `size` bytes each (the last may be shorter), as they come if None; once only."""
        incoming, failed = self._incoming, None
        incoming.begin()
        pieces = self._response.iter_bytes(size)
        while True:
            try:
                piece = next(pieces, None)
                if piece is not None:
                    incoming.add(piece)
            except Exception as error:
                failed = incoming.broken(error)
                break
            if piece is None:
                return
            yield piece
        self.close()
        # Raised outside the handler, because the httpx2 error refers to the request and that to the credentials.
        raise failed

    def read(self) -> bytes:
        """The whole body.  Raises AnswerTooLarge where it is more than may be held in memory."""
        pieces, size = [], 0
        with closing(self):
            for piece in self.iter_bytes():
                self._incoming.hold(size := size + len(piece))
                pieces.append(piece)
        return b"".join(pieces)

    def save(self, path: str | os.PathLike[str]) -> int:
        """Write the body to a file and give the number of bytes.

        The file appears when all of it has arrived, and replaces one of that name.  Raises OSError if it cannot be
        written.
        """
        target, part = _places(path)
        file = part.open("xb")
        try:
            with file:
                total = sum(file.write(piece) for piece in self.iter_bytes())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return total

    def close(self) -> None:
        """Close the answer, read or not."""
        self._response.close()


class AsyncStreamedResponse(_Streamed):
    """The same for asyncio; leaving the `async with` block closes it."""

    async def iter_bytes(self, size: int | None = None) -> AsyncIterator[bytes]:
        """The body in pieces, `size` bytes each (the last may be shorter), as they come if None; once only."""
        incoming, failed = self._incoming, None
        incoming.begin_here()
        pieces = self._response.aiter_bytes(size)
        while True:
            try:
                async with asyncio.timeout(incoming.left):
                    piece = await anext(pieces, None)
                if piece is not None:
                    incoming.add(piece)
            except Exception as error:
                failed = incoming.broken(error)
                break
            if piece is None:
                return
            yield piece
        await self.close()
        raise failed

    async def read(self) -> bytes:
        """The whole body.  Raises AnswerTooLarge where it is more than may be held in memory."""
        pieces, size = [], 0
        try:
            async for piece in self.iter_bytes():
                self._incoming.hold(size := size + len(piece))
                pieces.append(piece)
        finally:
            await self.close()
        return b"".join(pieces)

    async def save(self, path: str | os.PathLike[str]) -> int:
        """Write the body to a file and give the number of bytes; see `StreamedResponse.save`."""
        # Writing blocks, and other calls run in this event loop.
        target, part = _places(path)
        total, file = 0, await asyncio.to_thread(part.open, "xb")
        try:
            with file:
                async for piece in self.iter_bytes():
                    total += await asyncio.to_thread(file.write, piece)
            await asyncio.to_thread(part.replace, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return total

    async def close(self) -> None:
        """Close the answer, read or not."""
        await self._response.aclose()


def _places(path: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Where the file goes, and where it grows until it is whole: the same folder, so that moving it is one step."""
    target = Path(path)
    return target, target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")


class Streaming:
    """Makes a call when its `with` block is entered, and closes the answer at its end."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._answer: StreamedResponse | None = None

    def __enter__(self) -> StreamedResponse:
        opened: list[Incoming] = []
        mark = streaming.set(opened)
        try:
            self._call()
        finally:
            streaming.reset(mark)
        self._answer = StreamedResponse(_only(opened))
        return self._answer

    def __exit__(self, *_: object) -> None:
        if self._answer is not None:
            self._answer.close()


class AsyncStreaming:
    """The same for `async with`."""

    def __init__(self, call: Callable[[], Awaitable[Any]]) -> None:
        self._call = call
        self._answer: AsyncStreamedResponse | None = None

    async def __aenter__(self) -> AsyncStreamedResponse:
        opened: list[Incoming] = []
        mark = streaming.set(opened)
        try:
            await self._call()
        finally:
            streaming.reset(mark)
        self._answer = AsyncStreamedResponse(_only(opened))
        return self._answer

    async def __aexit__(self, *_: object) -> None:
        if self._answer is not None:
            await self._answer.close()


def _only(opened: list[Incoming]) -> Incoming:
    if not opened:
        raise UnexpectedAnswer("with_streaming_response: the method made no call that can be streamed")
    return opened[-1]
