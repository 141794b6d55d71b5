"""How long a request may take, and how a run behaves towards a target that asks for patience."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpx2

from .streams import EVENTS, is_stream

LONGEST = 120.0
"""Seconds that one request waits in all for a target that asks for it."""
STREAM_SECONDS = 5.0
"""Seconds that a stream is listened to for its first value."""
LARGEST = 64 << 20
"""Bytes of an answer that are read."""
_TAIL = 4096
_OF_LINES = (b"\n", b"\x1e")
_ENDS = {EVENTS: (b"\n\n", b"\r\r", b"\r\n\r\n")}


class Patience:
    """Waits as a 429 asks with Retry-After (RFC 9110, 10.2.3), up to `LONGEST` seconds, or `left`, for one request.

    Such a request was not carried out (RFC 6585, 4), so it may be sent again whatever it does.  With `starting` the
    same holds of a 503 that asks so (RFC 9110, 15.6.4): a service, or the gateway before it, that is not there yet.
    `sleep` takes seconds.
    """

    def __init__(
        self, left: float = LONGEST, *, starting: bool = False, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._left = min(LONGEST, left)
        self._sleep = sleep
        self._statuses = (429, 503) if starting else (429,)

    def waits_for(self, response: httpx2.Response) -> bool:
        """Sleep if the answer asks for it and there is time left; True if the request is to be sent again."""
        if response.status_code not in self._statuses:
            return False
        text = response.headers.get("retry-after", "")
        # A date, or no header: nothing says that the same request is welcome in a moment.
        seconds = max(float(text), 0.05) if text.isascii() and text.isdecimal() else self._left + 1
        if seconds > self._left:
            return False
        self._left -= seconds
        self._sleep(seconds)
        return True


def bound(response: httpx2.Response, request: httpx2.Request, deadline: float) -> None:
    """Let reading the answer end once the deadline (of `time.monotonic`) is over, however slowly it drips in.

    Of a stream, which need not end, the first value is read, or what comes within `STREAM_SECONDS`; of any other answer
    no more than `LARGEST` bytes.
    """
    stream = response.stream
    if not isinstance(stream, httpx2.SyncByteStream) or response.is_stream_consumed:
        return
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if response.is_success and is_stream(kind):
        deadline = min(deadline, time.monotonic() + STREAM_SECONDS)
        waits = request.extensions.get("timeout", {})
        # Read anew before each part: a silent stream is left, too.
        request.extensions["timeout"] = waits
        waits["read"] = min(waits.get("read") or STREAM_SECONDS, STREAM_SECONDS)
        response.stream = _FirstValue(stream, request, deadline, _ENDS.get(kind, _OF_LINES))
    else:
        response.stream = _Bounded(stream, request, deadline)


class _TooLong(httpx2.ReadError):
    """More has come than is read."""


class _Bounded(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, request: httpx2.Request, deadline: float) -> None:
        self._stream = stream
        self._request = request
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._stream:
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the answer was not complete in time", request=self._request)
            size += len(part)
            if size > LARGEST:
                raise _TooLong(f"the answer has more than {LARGEST} bytes", request=self._request)
            yield part

    def close(self) -> None:
        self._stream.close()


class _FirstValue(_Bounded):
    """A stream need not end: its first value is enough, and a silence is none of the target's failures."""

    def __init__(
        self, stream: httpx2.SyncByteStream, request: httpx2.Request, deadline: float, ends: tuple[bytes, ...]
    ) -> None:
        super().__init__(stream, request, deadline)
        self._ends = ends

    def __iter__(self) -> Iterator[bytes]:
        seen = b""
        try:
            for part in super().__iter__():
                yield part
                # A record separator may stand before the first value of a sequence, and a mark of byte order.
                seen = (seen + part).lstrip(b"\x1e\r\n \xef\xbb\xbf")[-_TAIL:]
                if any(end in seen for end in self._ends):
                    return
        except (httpx2.ReadTimeout, _TooLong):
            return
