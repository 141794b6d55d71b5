"""Carries out effects with asyncio and `httpx2.AsyncClient`."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Callable

import httpx2

from .effects import Acquire, Effect, Flow, Notify, Send, Sleep, T
from .raw import OpenAnswer, RawAnswer
from .transport_failure import SendTrace, TransportFailure, describe


class AsyncDriver:
    """Runs flows to their end in the running event loop; any number of tasks may run flows at once."""

    def __init__(self, make: Callable[[], httpx2.AsyncClient]) -> None:
        self._make = make
        self._made: httpx2.AsyncClient | None = None

    @property
    def _http(self) -> httpx2.AsyncClient:
        # Made for the first request, as in `SyncDriver`; one event loop runs all of this, so nothing comes between.
        if self._made is None:
            self._made = self._make()
        return self._made

    @staticmethod
    def lock() -> asyncio.Lock:
        """A lock that `Acquire` understands."""
        return asyncio.Lock()

    async def run(self, flow: Flow[T]) -> T:
        """Run a flow and return its value; whatever an effect raises is raised inside the flow."""
        try:
            effect = next(flow)
            while True:
                problem: BaseException | None = None
                result = None
                try:
                    result = await self._perform(effect)
                except BaseException as error:
                    problem = error
                effect = flow.send(result) if problem is None else flow.throw(problem)
        except StopIteration as stop:
            value: T = stop.value
            return value

    async def _perform(self, effect: Effect) -> object:
        if isinstance(effect, Send):
            return await self._send(effect)
        if isinstance(effect, Sleep):
            await asyncio.sleep(effect.seconds)
            return None
        if isinstance(effect, Acquire):
            await _acquire(effect)
            return None
        assert isinstance(effect, Notify)  # noqa: S101 - narrows the union for the type checker
        told = effect.callback(effect.progress)
        return await told if inspect.isawaitable(told) else told

    async def _send(self, effect: Send) -> RawAnswer:
        trace = SendTrace()
        effect.request.extensions["trace"] = trace.anote
        problem: TransportFailure
        try:
            left = None if effect.deadline is None else max(0.0, effect.deadline - time.monotonic())
            async with asyncio.timeout(left):
                response = await self._http.send(effect.request, stream=effect.stream)
                if effect.stream and response.is_success:
                    return OpenAnswer(response.status_code, response.headers, b"", response)
                if effect.stream:
                    await response.aread()
            return RawAnswer(response.status_code, response.headers, response.content)
        except httpx2.RequestError as error:
            problem = describe(error, trace)
        except TimeoutError:
            problem = TransportFailure("no answer in time", maybe_sent=trace.left)
        # Raised outside the handler, so that the httpx2 error, which knows the credentials, is not its context.
        raise problem

    async def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            await self._made.aclose()


async def _acquire(effect: Acquire) -> None:
    left = None if effect.deadline is None else max(0.0, effect.deadline - time.monotonic())
    try:
        async with asyncio.timeout(left):
            await effect.lock.acquire()
    except TimeoutError:
        raise TransportFailure("another call was still logging in", maybe_sent=False) from None
