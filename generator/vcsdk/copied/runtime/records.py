"""Streams taken apart as they come: server-sent events, and JSON texts one after the other.  Knows no connection."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from .content import BOM

_ENDS = re.compile(rb"\r\n|\n|\r")
_LONGEST_PAUSE = 60_000
"""Milliseconds that a stream waits at most before it is opened again, whatever the server asks for."""


class _Pieces:
    """What has come since the last end of a record; joined once, however many pieces it came in."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._first = True
        self.size = 0

    def add(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self.size += len(piece)

    def take(self) -> bytes:
        whole = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        if self._first:
            self._first, whole = False, whole.removeprefix(BOM)
        return whole


class RawEvent(msgspec.Struct, frozen=True):
    """An event as it came: its type, its data and the last identifier that the stream has named."""

    type: str
    data: str
    id: str


class EventParser:
    """Server-sent events as the WHATWG HTML standard interprets them (9.2.6).

    `last_id` and `pause` (seconds; None where the server names none) hold for the connections that follow.
    """

    def __init__(self) -> None:
        self.last_id: str = ""
        self.pause: float | None = None
        self.begin()

    def begin(self) -> None:
        """Another connection: what the last one left unfinished is dropped."""
        self._rest = _Pieces()
        self._after_cr = False
        self._clear()
        self._id = self.last_id

    def _clear(self) -> None:
        self._type = ""
        self._data: list[str] = []
        self._size = 0

    @property
    def held(self) -> int:
        """Bytes of what is no event yet."""
        return self._size + self._rest.size

    def feed(self, piece: bytes) -> Iterator[RawEvent]:
        """The events that a piece brings to their end."""
        if self._after_cr and piece.startswith(b"\n"):
            piece = piece[1:]
            self._after_cr = False
        if not piece:
            return
        self._after_cr = piece.endswith(b"\r")
        *ended, rest = _ENDS.split(piece)
        for end in ended:
            self._rest.add(end)
            event = self._line(self._rest.take().decode("utf-8", "replace"))
            if event is not None:
                yield event
        self._rest.add(rest)

    def _line(self, line: str) -> RawEvent | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self._size += len(value) + 1
        elif name == "event":
            self._type = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.pause = min(int(value.lstrip("0")[:12] or "0"), _LONGEST_PAUSE) / 1000
        return None

    def _dispatch(self) -> RawEvent | None:
        self.last_id = self._id
        data, kind = self._data, self._type or "message"
        self._clear()
        # `data:` alone is an event with empty data; without any it is none.
        return RawEvent(kind, "\n".join(data), self.last_id) if data else None


class LineParser:
    """JSON texts, a line each (https://jsonlines.org); blank lines are passed over."""

    _mark = b"\n"

    def __init__(self) -> None:
        self._rest = _Pieces()

    @property
    def held(self) -> int:
        """Bytes of what is no text yet."""
        return self._rest.size

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The texts that a piece brings to their end."""
        *ended, rest = piece.split(self._mark)
        for end in ended:
            self._rest.add(end)
            yield from self.finish()
        self._rest.add(rest)

    def finish(self) -> Iterator[bytes]:
        """The last text, which needs no end of its own."""
        if text := self._rest.take().strip():
            yield text


class SequenceParser(LineParser):
    """JSON texts, each behind a record separator (RFC 7464); a line's end after a whole text ends it, too."""

    _mark = b"\x1e"

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The texts that a piece brings to their end."""
        yield from super().feed(piece)
        if not piece.endswith(b"\n"):
            return
        text = self._rest.take()
        if _is_whole(text):
            yield text.strip()
        else:
            self._rest.add(text)


def _is_whole(text: bytes) -> bool:
    try:
        msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True
