"""Carries out effects with asyncio and `httpx2.AsyncClient`."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx2

from .coding import apieces, watch
from .effects import Acquire, Ask, Drop, Effect, Flow, Notify, Rest, Send, Sleep, T, Tell
from .held import Held
from .idle import discard_leftovers
from .loops import PerLoop, running
from .owned import Owned
from .process import Own
from .raw import OpenAnswer, RawAnswer
from .transport_failure import Blind, SendTrace, TooLarge, TransportFailure, failure, unusable


class AsyncDriver:
    """Runs flows to their end in the running event loop; any number of tasks may run flows at once."""

    def __init__(self, make: Callable[[], httpx2.AsyncClient], owned: Owned[httpx2.AsyncClient] | None = None) -> None:
        self._owned = owned
        # A loop that is not running can be one that a fork has copied.  What of the parent a child let go of, the
        # parent's loop would be told to close.
        self._of_parents: list[PerLoop[_Pool]] = []
        self._pools: Own[PerLoop[_Pool]] = Own(lambda: PerLoop(lambda: _Pool(make())), self._of_parents.append)
        self._is_closed = False

    @staticmethod
    def lock() -> PerLoop[asyncio.Lock]:
        """A lock that `Acquire` understands."""
        return PerLoop(asyncio.Lock)

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
                # What a function gave may be a password, which no frame that is left shows.
                given, result = [result], None
                effect = flow.send(given.pop()) if problem is None else flow.throw(problem)
        except StopIteration as stop:
            value: T = stop.value
            return value

    async def _perform(self, effect: Effect) -> object:
        if isinstance(effect, Send):
            return await self._send(effect)
        if isinstance(effect, Rest):
            return await self._rest(effect)
        if isinstance(effect, Sleep):
            await asyncio.sleep(effect.seconds)
            return None
        if isinstance(effect, Acquire):
            return await _acquire(effect)
        if isinstance(effect, Tell):
            await _called(effect.callback, effect.arguments, effect.deadline, "a hook")
            return None
        if isinstance(effect, Ask):
            return await _called(effect.function, (), effect.deadline, "a function for a credential")
        if isinstance(effect, Drop):
            await effect.answer.response.aclose()
            return None
        assert isinstance(effect, Notify)  # noqa: S101 - narrows the union for the type checker
        told = effect.callback(effect.progress)
        return await told if inspect.isawaitable(told) else told

    async def _send(self, effect: Send) -> RawAnswer:
        trace = SendTrace() if self._owned is None else Blind()
        trace.follow(effect.request, asynchronous=True)
        problem: Exception
        http = await self._http()
        try:
            if self._owned is not None and not effect.bare:
                self._owned.dress(effect.request)
            auth = None if effect.bare else httpx2.USE_CLIENT_DEFAULT
            left = None if effect.deadline is None else max(0.0, effect.deadline - time.monotonic())
            async with asyncio.timeout(left):
                response = watch(await http.send(effect.request, stream=True, auth=auth, follow_redirects=False))
                if not (effect.stream and response.is_success):
                    return await _whole(response, effect.deadline, effect.most)
            effect.request.extensions["timeout"]["read"] = effect.silence
            return OpenAnswer(response.status_code, response.headers, b"", response)
        except TooLarge as error:
            problem = error.with_traceback(None)
        except TimeoutError:
            problem = TransportFailure("no answer in time", maybe_sent=trace.left)
        except Exception as error:
            problem = failure(error, trace, effect.request, closed=self._is_closed)
        # Raised outside the handler, so that the httpx2 error, which knows the credentials, is not its context.
        raise problem

    async def _http(self) -> httpx2.AsyncClient:
        try:
            if self._owned is not None:
                return self._owned.http(running())
            pool = self._pools.get().get()
        except Exception as error:
            raise unusable(error) from None
        if pool.watch is None:
            await pool.open()
        elif pool.http.is_closed and not self._is_closed:
            # The loop was shut down, and runs again.
            self._pools.get().forget()
            return await self._http()
        return pool.http

    async def _rest(self, effect: Rest) -> RawAnswer:
        response = effect.answer.response
        problem: Exception
        try:
            left = None if effect.deadline is None else max(0.0, effect.deadline - time.monotonic())
            async with asyncio.timeout(left):
                return await _whole(response, effect.deadline, effect.most)
        except TooLarge as error:
            problem = error.with_traceback(None)
        except TimeoutError:
            problem = TransportFailure("no whole answer in time", maybe_sent=True)
        except Exception as error:
            problem = failure(error, SendTrace(left=True), response.request, closed=self._is_closed)
        raise problem

    async def close(self) -> None:
        """Close the connections, those that are in use and those of other loops too; not those that an owner keeps."""
        self._is_closed = True
        here = running()
        for loop, pool in self._pools.get().made().items():
            if loop is here:
                await pool.http.aclose()
            elif loop.is_running():
                asyncio.run_coroutine_threadsafe(pool.http.aclose(), loop)


class _Pool:
    """The connections of one loop, which end with it: as it shuts down a loop closes the generators that it knows."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        discard_leftovers(http)
        self.http = http
        self.watch: AsyncGenerator[None] | None = None

    async def open(self) -> None:
        self.watch = self._until_the_end()
        await anext(self.watch)

    async def _until_the_end(self) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            await self.http.aclose()


async def _whole(response: httpx2.Response, deadline: float | None, most: int | None) -> RawAnswer:
    held = Held(response, most, deadline)
    try:
        async for piece in apieces(response):
            held.add(piece)
    finally:
        await response.aclose()
    return held.answer()


async def _acquire(effect: Acquire) -> asyncio.Lock:
    lock: asyncio.Lock = effect.lock.get()
    left = None if effect.deadline is None else max(0.0, effect.deadline - time.monotonic())
    try:
        async with asyncio.timeout(left):
            await lock.acquire()
    except TimeoutError:
        raise TransportFailure("another call was still logging in", maybe_sent=False) from None
    return lock


async def _called(
    function: Callable[..., object], arguments: tuple[Any, ...], deadline: float | None, what: str
) -> object:
    found = function(*arguments)
    if not inspect.isawaitable(found):
        return found
    left = None if deadline is None else max(0.0, deadline - time.monotonic())
    bound = asyncio.timeout(left)
    try:
        async with bound:
            return await found
    except TimeoutError:
        if not bound.expired():
            raise
        raise TransportFailure(f"{what} took too long", maybe_sent=False) from None
