"""The content encoding of an answer: undone by httpx2, which does not ask whether all of it came."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx2

_PADDING = 65536
"""Most bytes of value zero that may stand behind compressed ones; some servers fill up a block."""


def watch(response: httpx2.Response) -> httpx2.Response:
    """Let reading an answer raise DecodingError where what is compressed ends too early, or something follows it."""
    if "content-encoding" in response.headers and not response.is_closed:
        watched: Any = response
        watched._decoder = _Watched(watched._get_content_decoder())
    return response


def pieces(response: httpx2.Response) -> Iterator[bytes]:
    """The body of an answer as it comes, content encoding undone."""
    return response.iter_raw() if _is_bare(response) else response.iter_bytes()


def apieces(response: httpx2.Response) -> AsyncIterator[bytes]:
    """The same for an answer that an event loop reads."""
    return response.aiter_raw() if _is_bare(response) else response.aiter_bytes()


def _is_bare(response: httpx2.Response) -> bool:
    # What a hook or a transport of the caller's has read already is there decoded only.
    return "content-encoding" not in response.headers and not response.is_stream_consumed


class _Watched:
    """A decoder of httpx2, held to the end of what it decodes."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._has_begun = False

    def decode(self, data: bytes) -> Any:
        """What the bytes come to, as the inner decoder gives it: in one piece or in several."""
        self._has_begun = self._has_begun or bool(data)
        found = self._inner.decode(data)
        if isinstance(found, bytes):
            self._look_behind()
            return found
        return self._pieces(found)

    def flush(self) -> Any:
        """The rest."""
        rest = self._inner.flush()
        if not isinstance(rest, bytes):
            rest = list(rest)
        if self._has_begun and not all(map(_is_whole, self._decompressors())):
            raise httpx2.DecodingError("compressed data ends too early")
        return rest

    def _pieces(self, found: Iterator[bytes]) -> Iterator[bytes]:
        yield from found
        self._look_behind()

    def _look_behind(self) -> None:
        for each in self._decompressors():
            behind = getattr(each, "unused_data", b"")
            if behind and (len(behind) > _PADDING or behind.strip(b"\0")):
                raise httpx2.DecodingError("there is more behind compressed data")

    def _decompressors(self) -> Iterator[Any]:
        """Those of the system's libraries, which the decoders of httpx2 have within."""
        for decoder in getattr(self._inner, "children", (self._inner,)):
            found = getattr(decoder, "decompressor", None)
            yield getattr(found, "decompressor", found)


def _is_whole(decompressor: Any) -> bool:
    finished = getattr(decompressor, "is_finished", None)
    return bool(finished()) if callable(finished) else bool(getattr(decompressor, "eof", True))
