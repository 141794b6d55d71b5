"""How long a request may take, and how a run behaves towards a target that asks for patience."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2

from .streams import EVENTS

LONGEST = 120.0
"""Seconds that one request waits in all for a target that asks for it."""


class Patience:
    """Waits as a 429 asks with Retry-After (RFC 9110, 10.2.3), up to `LONGEST` seconds for one request.

    Such a request was not carried out (RFC 6585, 4), so it may be sent again whatever it does.  With `starting` the
    same holds of a 503 that asks so (RFC 9110, 15.6.4): a service, or the gateway before it, that is not there yet.
    """

    def __init__(self, *, starting: bool = False) -> None:
        self._left = LONGEST
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
        time.sleep(seconds)
        return True


def bound(response: httpx2.Response, request: httpx2.Request, deadline: float) -> None:
    """Let reading the answer fail once the deadline (of `time.monotonic`) is over, however slowly it drips in."""
    stream = response.stream
    if isinstance(stream, httpx2.SyncByteStream) and not response.is_stream_consumed:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        bounded = _FirstEvent if kind == EVENTS and response.is_success else _Bounded
        response.stream = bounded(stream, request, deadline)


class _Bounded(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, request: httpx2.Request, deadline: float) -> None:
        self._stream = stream
        self._request = request
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the answer was not complete in time", request=self._request)
            yield part

    def close(self) -> None:
        self._stream.close()


class _FirstEvent(_Bounded):
    """Server-sent events need not end: the first is enough, and a silence is none of the target's failures."""

    def __iter__(self) -> Iterator[bytes]:
        seen = b""
        try:
            for part in super().__iter__():
                yield part
                seen = seen[-3:] + part
                if any(end in seen for end in (b"\n\n", b"\r\r", b"\r\n\r\n")):
                    return
        except httpx2.ReadTimeout:
            return
