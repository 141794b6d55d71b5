"""Generated clients, sync and async, against a real server; descriptions made of a few words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from tests.wire.runtime.server import Handler, Reply, Seen, Server, serving

__all__ = ["Handler", "Reply", "Seen", "Server", "both", "client_of", "operation", "serving", "sync"]


def operation(
    path: str = "/x",
    method: str = "post",
    parameters: list[dict[str, Any]] | None = None,
    body: dict[str, Any] | None = None,
    answers: dict[str, Any] | None = None,
    **schemas: Any,
) -> dict[str, Any]:
    """A description with the one operation `things.call`; `body` is a request body, `answers` go by status."""
    node = {
        "operationId": "call",
        "tags": ["things"],
        "parameters": parameters or [],
        "responses": answers or {"204": {"description": "Done."}},
    }
    if body is not None:
        node["requestBody"] = body
    return {"paths": {path: {method: node}}, "components": {"schemas": schemas}}


def client_of(package: ModuleType, asynchronous: bool = False) -> Any:
    """The package's client class."""
    name = next(n for n in package.__all__ if n == "Thing")
    return getattr(package, f"Async{name}" if asynchronous else name)


@contextmanager
def sync(package: ModuleType, handler: Handler, **options: Any) -> Iterator[tuple[Any, Server]]:
    """A synchronous client of a server that answers by `handler`."""
    with serving(handler) as server, client_of(package)(server.origin, retries=0, **options) as client:
        yield client, server


def both(
    package: ModuleType,
    call: Callable[[Any], Any],
    handler: Handler = lambda _: Reply(204),
    acall: Callable[[Any], Awaitable[Any]] | None = None,
    **options: Any,
) -> tuple[list[Seen], list[Any]]:
    """What the server gets from the synchronous and the asynchronous client, and what each call gives.

    `acall` is the asynchronous form where it is not the same words.
    """
    given: list[Any] = []
    with serving(handler) as server:
        with client_of(package)(server.origin, retries=0, **options) as client:
            given.append(call(client))

        async def run() -> None:
            async with client_of(package, asynchronous=True)(server.origin, retries=0, **options) as client:
                given.append(await (acall or call)(client))

        asyncio.run(run())
        return server.seen, given
