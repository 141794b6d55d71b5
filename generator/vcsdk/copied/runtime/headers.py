"""Headers that a caller has set: whether they can be sent, and those of every request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2

from .errors import ArgumentError
from .secret import Concealed
from .serialize import TOKEN

_FRAMING = frozenset({"content-length", "transfer-encoding"})
"""What each request says of itself."""


def default_headers(language: str | None, headers: Mapping[str, str] | None) -> Concealed[str]:
    """The headers of every request.  Raises ArgumentError for one that cannot be sent."""
    package = __name__.split("._runtime", 1)[0].removesuffix(".headers")
    found = Concealed({"user-agent": f"{package} httpx2/{httpx2.__version__}", "accept-encoding": "gzip, deflate"})
    if language is not None:
        found.update(checked_headers({"accept-language": language}))
    found.update(checked_headers(headers))
    return found


def checked_headers(headers: Any) -> Concealed[str]:
    """Headers by their names in lower case.  Raises ArgumentError for one that cannot be sent."""
    if not isinstance(headers or {}, Mapping):
        raise ArgumentError("headers: expected a mapping of names to texts")
    found = Concealed({name.lower() if isinstance(name, str) else name: headers[name] for name in headers or ()})
    for name in found:
        if not isinstance(name, str) or not TOKEN.fullmatch(name) or name in _FRAMING:
            raise ArgumentError(f"headers: none can be called {name!r}")
        if not _is_sendable(found[name]):
            raise ArgumentError(f"headers: {name} takes printable ASCII only, without a blank at either end")
    return found


def _is_sendable(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable() and value == value.strip()
