"""A client of any API, written by hand as the generator would: things to read, to change, to send and to stream."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from vcsdk.copied.runtime import (
    Answer,
    ApiFacts,
    AsyncClient,
    AsyncResource,
    Body,
    Client,
    Operation,
    Parameter,
    Resource,
    SecurityFacts,
)

KEY = "k3y-0123456789"
READ = Operation(
    name="things.read",
    method="GET",
    path="/things/{thing}",
    parameters=(
        Parameter("thing", "thing", "path", required=True, type=str),
        Parameter("filter", "filter", "query", type=str),
        Parameter("trace", "X-Trace", "header", type=str),
        Parameter("crumb", "crumb", "cookie", type=str),
    ),
    answers={"200": Answer(Any)},
    security=((),),
    safe=True,
)
CHANGE = Operation(
    name="things.change",
    method="POST",
    path="/things/{thing}",
    parameters=(Parameter("thing", "thing", "path", required=True, type=str),),
    body=Body(dict[str, Any], required=False),
    answers={"200": Answer(Any)},
    security=((),),
)
SEND = Operation(
    name="things.send",
    method="PUT",
    path="/things",
    body=Body(bytes, content_type="application/octet-stream"),
    answers={"200": Answer(Any)},
    security=((),),
)
LINES = Operation(
    name="things.lines",
    method="GET",
    path="/lines",
    answers={"200": (Answer(Any, content_type="application/x-ndjson"), Answer(Any))},
    security=((),),
    safe=True,
)
EVENTS = Operation(
    name="things.events",
    method="GET",
    path="/events",
    answers={"200": Answer(Any, content_type="text/event-stream")},
    security=((),),
    safe=True,
)
FACTS = ApiFacts(security={"key": SecurityFacts("header", "X-Key", ("api_key",))})


class Things(Resource):
    def read(self, *, thing: str = "a", timeout: float | None = None, **arguments: Any) -> Any:
        return self._transport.call(READ, {"thing": thing, **arguments}, timeout=timeout)

    def change(self, *, thing: str = "a", body: Any = None, timeout: float | None = None) -> Any:
        return self._transport.call(CHANGE, {"thing": thing}, body=body, timeout=timeout)

    def send(self, body: Any, *, timeout: float | None = None) -> Any:
        return self._transport.call(SEND, {}, body=body, timeout=timeout)

    def lines(self, *, timeout: float | None = None) -> Any:
        return self._transport.stream(LINES, {}, timeout=timeout)

    def events(self, *, timeout: float | None = None) -> Any:
        return self._transport.stream(EVENTS, {}, timeout=timeout)


class AsyncThings(AsyncResource):
    async def read(self, *, thing: str = "a", timeout: float | None = None, **arguments: Any) -> Any:
        return await self._transport.call(READ, {"thing": thing, **arguments}, timeout=timeout)

    async def change(self, *, thing: str = "a", body: Any = None, timeout: float | None = None) -> Any:
        return await self._transport.call(CHANGE, {"thing": thing}, body=body, timeout=timeout)

    async def send(self, body: Any, *, timeout: float | None = None) -> Any:
        return await self._transport.call(SEND, {}, body=body, timeout=timeout)

    async def lines(self, *, timeout: float | None = None) -> Any:
        return await self._transport.stream(LINES, {}, timeout=timeout)

    async def events(self, *, timeout: float | None = None) -> Any:
        return await self._transport.stream(EVENTS, {}, timeout=timeout)


class Depot(Client):
    @classmethod
    def _describe(cls) -> ApiFacts:
        return FACTS

    @property
    def things(self) -> Things:
        return Things(self._transport)


class AsyncDepot(AsyncClient):
    @classmethod
    def _describe(cls) -> ApiFacts:
        return FACTS

    @property
    def things(self) -> AsyncThings:
        return AsyncThings(self._transport)


KINDS = ("synchronous", "asynchronous")


def calling(
    kind: str, origin: str, name: str, *arguments: Any, client: dict[str, Any] | None = None, **named: Any
) -> Any:
    """One call of a method by either client, which is closed after it; what is streamed is read to its end."""
    options = {"retries": 0, **(client or {})}
    if kind == "synchronous":
        with Depot(origin, **options) as depot:
            given = getattr(depot.things, name)(*arguments, **named)
            return list(given) if hasattr(given, "close") else given

    async def run() -> Any:
        async with AsyncDepot(origin, **options) as depot:
            given = await getattr(depot.things, name)(*arguments, **named)
            return [item async for item in given] if hasattr(given, "close") else given

    return asyncio.run(run())


def saving(kind: str, origin: str, path: Any, *, client: dict[str, Any] | None = None, **named: Any) -> int:
    """The body of `read` saved to a file by either client."""
    options = {"retries": 0, **(client or {})}
    if kind == "synchronous":
        with Depot(origin, **options) as depot, depot.with_streaming_response(depot.things.read)(**named) as answer:
            return answer.save(path)

    async def run() -> int:
        async with AsyncDepot(origin, **options) as depot:
            async with depot.with_streaming_response(depot.things.read)(**named) as answer:
                return await answer.save(path)

    return asyncio.run(run())


Calling = Callable[..., Any]
