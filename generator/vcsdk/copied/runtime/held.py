"""An answer that is held in memory as a whole, as far as it may be."""

from __future__ import annotations

import time

import httpx2

from .deadline import OutOfTime
from .raw import RawAnswer
from .transport_failure import TooLarge


class Held:
    """The body of an answer as it comes; `most` bounds its bytes, `deadline` when the last of them may come."""

    def __init__(self, response: httpx2.Response, most: int | None, deadline: float | None) -> None:
        self._response = response
        self._most = most
        self._deadline = deadline
        self._size = 0
        self._pieces: list[bytes] = []

    def add(self, piece: bytes) -> None:
        """One more piece, content encoding undone.  Raises TooLarge and OutOfTime."""
        self._size += len(piece)
        if self._most is not None and self._size > self._most:
            raise TooLarge(self._response.status_code, self._response.headers, self._most)
        # Undoing a content encoding waits for nothing, so that nobody else notices how long it takes.
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise OutOfTime
        self._pieces.append(piece)

    def answer(self) -> RawAnswer:
        """The whole."""
        return RawAnswer(self._response.status_code, self._response.headers, b"".join(self._pieces))
