"""What of a request may be shown: an address and headers in which nothing can be a secret.

What the description declares and does not call secret is shown.  All else is masked: what a caller adds may hold a key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, get_args
from urllib.parse import unquote_plus

import httpx2
import msgspec

from .operation import Operation
from .secret import Secret

MASK = "***"
_PLAIN = frozenset(
    (
        *("accept", "accept-encoding", "accept-language", "connection", "content-length", "content-type", "host"),
        *("last-event-id", "transfer-encoding", "user-agent"),
    )
)
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization", "set-cookie"})
_SIGNATURES = frozenset({"AWSAccessKeyId", "Signature", "sig", "X-Goog-Signature", "access_token"})
"""What an address carries to prove who may use it (OpenTelemetry's list for `url.full`; RFC 6750, 2.3)."""


def url(
    request: httpx2.Request, operation: Operation, base: str, secret: Collection[str] = (), mask: str = MASK
) -> str:
    """The address of a request; `base` stands before its path, `secret` are names that carry credentials."""
    query = request.url.query.decode("ascii", "replace")
    path = str(request.url.copy_with(query=None, fragment=None, username="", password=""))
    if not _shown(operation, "path"):
        path = base + operation.path
    shown = _shown(operation, "query") or frozenset()
    constants = {(name, value) for name, value in operation.query}
    pairs = []
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        plain = unquote_plus(name)
        declared = plain in shown or plain.partition("[")[0] in shown
        declared = (declared or (plain, unquote_plus(value)) in constants) and plain not in _SIGNATURES.union(secret)
        pairs.append(pair if declared or not value else f"{name}={mask}")
    return f"{path}?{'&'.join(pairs)}" if query else path


def sent(
    request: httpx2.Request, operation: Operation, added: Collection[str], secret: Iterable[str]
) -> dict[str, str]:
    """The headers of a request; `added` were added by hooks, `secret` are names that carry credentials."""
    constants = {name.lower() for name, _ in operation.headers}
    shown = _PLAIN.union(constants, added, _shown(operation, "header") or ()) - _SECRET.union(secret)
    return {name.lower(): value if name.lower() in shown else MASK for name, value in request.headers.items()}


def received(headers: httpx2.Headers, secret: Iterable[str]) -> dict[str, str]:
    """The headers of an answer; where it leads is shown as far as the query."""
    hidden = _SECRET.union(secret)
    found = {name.lower(): MASK if name.lower() in hidden else value for name, value in headers.items()}
    for name in ("location", "content-location", "link"):
        if "?" in found.get(name, "") or "@" in found.get(name, ""):
            found[name] = f"{found[name].partition('?')[0]}?{MASK}" if "@" not in found[name] else MASK
    return found


@lru_cache(maxsize=256)
def _shown(operation: Operation, location: str) -> frozenset[str] | None:
    """The names on the wire of parameters that hold no secret; None for a path that has one that does."""
    there = [parameter for parameter in operation.parameters if parameter.location == location]
    plain = [parameter for parameter in there if _is_plain(parameter.type)]
    if location == "path":
        return None if len(plain) < len(there) else frozenset("/")
    return frozenset(p.wire.lower() if location == "header" else p.wire for p in plain)


def _is_plain(kind: Any) -> bool:
    """Whether a value of this type is no secret and has none in it."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct | Secret):
        return False
    return all(_is_plain(part) for part in get_args(kind))
