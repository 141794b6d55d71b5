"""An answer that is read while it comes: how far, and what stands for its breaking off."""

from __future__ import annotations

import sys
import time
from typing import Any

import httpx2

from .deadline import OutOfTime
from .errors import ClientClosed
from .operation import Operation
from .process import generation
from .retry import refused, unanswered
from .settings import Bounds
from .transport_failure import SendTrace, TooLarge, describe


def _loop() -> Any:
    # A program without an event loop has not loaded asyncio, and need not.
    asyncio = sys.modules.get("asyncio")
    return None if asyncio is None else asyncio._get_running_loop()


class Incoming:
    """The open answer of an operation, `response`, which another may follow where a stream goes on."""

    def __init__(self, operation: Operation, response: httpx2.Response, bounds: Bounds) -> None:
        self.operation: Operation = operation
        self.response: httpx2.Response = response
        self.bounds: Bounds = bounds
        self._forks = generation()
        self._size = 0
        self._loop = _loop()
        self._end = None if bounds.stream_seconds is None else time.monotonic() + bounds.stream_seconds

    def begin(self) -> None:
        """Raises ClientClosed in a process that only has a copy of the connection."""
        if self._forks != generation():
            raise ClientClosed("the answer belongs to the process that was forked; its connection is not used here")

    def begin_here(self) -> None:
        """The same, and in an event loop that is not the one that reads the connection."""
        self.begin()
        if self._loop is not _loop():
            raise ClientClosed("the answer belongs to another event loop; its connection is not used here")

    def add(self, piece: bytes) -> None:
        """One more piece.  Raises TooLarge, and OutOfTime once all of it takes too long."""
        self._size += len(piece)
        if self.bounds.stream_bytes is not None and self._size > self.bounds.stream_bytes:
            raise self._too_large(self.bounds.stream_bytes, "max_stream_bytes")
        if self._end is not None and time.monotonic() > self._end:
            raise OutOfTime

    def hold(self, size: int) -> None:
        """So many bytes are held in memory until they are a value.  Raises AnswerTooLarge."""
        if self.bounds.answer_bytes is not None and size > self.bounds.answer_bytes:
            raise refused(self.operation, self._too_large(self.bounds.answer_bytes, "max_answer_bytes"))

    def _too_large(self, most: int, name: str) -> TooLarge:
        return TooLarge(self.response.status_code, self.response.headers, most, name)

    @property
    def left(self) -> float | None:
        """Seconds until all of it has taken too long; None where nothing bounds it."""
        return None if self._end is None else max(0.0, self._end - time.monotonic())

    def broken(self, error: Exception) -> Exception:
        """The exception for one that was raised while reading."""
        if isinstance(error, TooLarge):
            return refused(self.operation, error)
        if isinstance(error, httpx2.StreamError):
            return ClientClosed("the answer was read or closed already")
        if isinstance(error, ClientClosed):
            return error
        return unanswered(self.operation, describe(error, SendTrace(left=True)), self.operation.safe)
