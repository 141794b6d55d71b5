"""The package's logger, and a guard over those of httpx2.

Our request lines carry the path template, never a value, a header, a body or a token.  httpx2 logs whole URLs and, at
DEBUG, httpcore2 logs the headers of answers, a session cookie among them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from contextvars import ContextVar

# In a generated package this module is `vcenter_vcha._runtime.log`, and its users know the package by its own name.
logger: logging.Logger = logging.getLogger(__name__.split("._runtime", 1)[0].removesuffix(".log"))

led: ContextVar[bool] = ContextVar("led", default=False)
"""Set while a redirect is followed: its address is the server's, and whatever stands in the query may be a key."""

_HEADERS = ("set-cookie", "cookie", "authorization", "location", "proxy-authorization")
_ANY_PAIR = re.compile(r"([?&][^=&\s\"]*=)[^&\s\"]*")
_GUARDED = ("httpx2", "httpcore2.http11", "httpcore2.http2", "httpcore2.proxy", "httpcore2.connection")


class _Guard(logging.Filter):
    """Takes the values of credentials out of what httpx2 and httpcore2 log."""

    def __init__(self) -> None:
        super().__init__()
        self._headers, self._query = set(_HEADERS), set[str]()
        self._compile()

    def add(self, headers: Iterable[str], query: Iterable[str]) -> None:
        """Names of headers and query parameters that carry credentials."""
        self._headers.update(name.lower() for name in headers)
        self._query.update(query)
        self._compile()

    def _compile(self) -> None:
        headers = "|".join(map(re.escape, sorted(self._headers)))
        # As Python writes bytes: a value that has both quotation marks has one of them behind a backslash.
        value = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
        self._header = re.compile(rf"(\(b'(?:{headers})', b){value}", re.IGNORECASE)
        names = "|".join(map(re.escape, sorted(self._query)))
        self._pair = re.compile(rf"([?&](?:{names})=)[^&\s\"]*") if names else None

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        guarded = self._header.sub(r"\1'***'", text)
        pair = _ANY_PAIR if led.get() else self._pair
        if pair is not None:
            guarded = pair.sub(r"\1***", guarded)
        if guarded != text:
            record.msg, record.args = guarded, ()
        return True


_guard = _Guard()


def guard(headers: Iterable[str], query: Iterable[str]) -> None:
    """Keep the values of these headers and (percent-encoded) query parameters out of httpx2's logs."""
    _guard.add(headers, query)
    for name in _GUARDED:
        logging.getLogger(name).addFilter(_guard)  # adding it again changes nothing
