"""A client of httpx2 that the caller made and keeps (`http_client=`): used as it is, and never closed."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import httpx2

from .errors import ArgumentError, ClientClosed
from .process import generation

H = TypeVar("H", httpx2.Client, httpx2.AsyncClient)


class Owned(Generic[H]):
    """What a driver needs of such a client.

    Its sockets belong to the process, and those of an asynchronous one to the event loop, that used it first: two
    that write to one connection would get each other's answers.  A transport without a pool of httpx2's (a mock, an
    ASGI application) is its owner's to know.
    """

    def __init__(self, http: H) -> None:
        self._http: H = http
        self._first: tuple[int, Any] | None = None

    def http(self, loop: Any = None) -> H:
        """The client, to be used in this process and loop.  Raises ArgumentError and ClientClosed; nothing was sent."""
        if self._http.is_closed:
            raise ClientClosed("http_client: was closed by its owner; nothing was sent")
        here = (generation(), loop)
        if self._first is None:
            self._first = here
        if self._first != here and _pooled(self._http):
            what = "process" if self._first[0] != here[0] else "event loop"
            raise ArgumentError(f"http_client: belongs to another {what}, which used it first; nothing was sent")
        http: H = self._http
        return http

    def dress(self, request: httpx2.Request) -> None:
        """Add what the owner has set for every request, where the call does not say otherwise."""
        http = self._http
        for name, value in http.headers.multi_items():
            if name not in request.headers:
                request.headers[name] = value
        if http.params:
            joint = "&" if request.url.query else "?"
            request.url = httpx2.URL(f"{request.url}{joint}{http.params}")
        bare = httpx2.Request(request.method, request.url)
        http.cookies.set_cookie_header(bare)
        if kept := bare.headers.get("cookie"):
            request.headers["cookie"] = "; ".join(filter(None, (request.headers.get("cookie"), kept)))


def owned_by(http: Any, kind: type[H], **beside: object) -> Owned[H] | None:
    """What a driver needs of a client of this kind; None where the caller has none.

    `beside` has the arguments, None where not given, that such a client has by itself.  Raises ArgumentError.
    """
    if http is None:
        return None
    if not isinstance(http, kind):
        raise ArgumentError(f"http_client: expected httpx2.{kind.__name__}")
    for name, given in beside.items():
        if given is not None:
            raise ArgumentError(f"{name}: has no meaning beside http_client, which has its own")
    return Owned(http)


def _pooled(http: httpx2.Client | httpx2.AsyncClient) -> bool:
    # httpx2 has no public name for what a client sends through.
    return any(hasattr(transport, "_pool") for transport in (http._transport, *http._mounts.values()))
