"""TLS of a client whose own addresses need none; a redirect can lead to one that does."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpx2


class UnreadContext(ssl.SSLContext):
    """Reads the system's authorities when something is first spoken to by TLS, for that takes longer than a call."""

    _read: ssl.SSLContext | None = None
    _protocols: tuple[str, ...] = ()

    def set_alpn_protocols(self, alpn_protocols: Iterable[str]) -> None:
        """What to offer."""
        self._protocols = tuple(alpn_protocols)

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        """As that of the context with the authorities."""
        return self._whole().wrap_socket(*args, **options)

    def wrap_bio(self, *args: Any, **options: Any) -> ssl.SSLObject:
        """As that of the context with the authorities."""
        return self._whole().wrap_bio(*args, **options)

    def _whole(self) -> ssl.SSLContext:
        if self._read is None:
            self._read = httpx2.create_ssl_context()
        if self._protocols:
            self._read.set_alpn_protocols(self._protocols)
        return self._read
