"""Carries out effects with threads and `httpx2.Client`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import httpx2

from .coding import pieces, watch
from .deadline import LONGEST, Until
from .effects import Acquire, Ask, Drop, Effect, Flow, Notify, Rest, Send, Sleep, T, Tell
from .errors import ArgumentError
from .held import Held
from .owned import Owned
from .pools import Pools
from .raw import OpenAnswer, RawAnswer
from .transport_failure import Blind, SendTrace, TooLarge, TransportFailure, failure, unusable


class SyncDriver:
    """Runs flows to their end in the calling thread; any number of threads may run flows at once."""

    def __init__(self, make: Callable[[], httpx2.Client], owned: Owned[httpx2.Client] | None = None) -> None:
        self._pools = Pools(make)
        self._owned = owned

    @property
    def _http(self) -> httpx2.Client:
        return self._pools.http if self._owned is None else self._owned.http()

    @staticmethod
    def lock() -> threading.Lock:
        """A lock that `Acquire` understands."""
        return threading.Lock()

    def run(self, flow: Flow[T]) -> T:
        """Run a flow and return its value; whatever an effect raises is raised inside the flow."""
        try:
            effect = next(flow)
            while True:
                problem: BaseException | None = None
                result = None
                try:
                    result = self._perform(effect)
                except BaseException as error:
                    problem = error
                # What a function gave may be a password, which no frame that is left shows.
                given, result = [result], None
                effect = flow.send(given.pop()) if problem is None else flow.throw(problem)
        except StopIteration as stop:
            value: T = stop.value
            return value

    def _perform(self, effect: Effect) -> object:
        if isinstance(effect, Send):
            return self._send(effect)
        if isinstance(effect, Rest):
            return self._rest(effect)
        if isinstance(effect, Sleep):
            time.sleep(min(effect.seconds, LONGEST))
            return None
        if isinstance(effect, Acquire):
            left = -1.0 if effect.deadline is None else max(0.0, min(effect.deadline - time.monotonic(), LONGEST))
            if not effect.lock.acquire(timeout=left):
                raise TransportFailure("another call was still logging in", maybe_sent=False)
            return effect.lock
        if isinstance(effect, Tell):
            _called(effect.callback, effect.arguments, "hooks")
            return None
        if isinstance(effect, Ask):
            return _called(effect.function, (), "credentials")
        if isinstance(effect, Drop):
            effect.answer.response.close()
            return None
        assert isinstance(effect, Notify)  # noqa: S101 - narrows the union for the type checker
        return effect.callback(effect.progress)

    def _send(self, effect: Send) -> RawAnswer:
        if getattr(effect.request.stream, "asynchronous", False):
            raise ArgumentError("body: an asynchronous source needs the asynchronous client")
        trace = SendTrace() if self._owned is None else Blind()
        trace.follow(effect.request)
        problem: Exception
        try:
            http = self._http
        except Exception as error:
            raise unusable(error) from None
        try:
            if self._owned is not None and not effect.bare:
                self._owned.dress(effect.request)
            auth = None if effect.bare else httpx2.USE_CLIENT_DEFAULT
            response = watch(http.send(effect.request, stream=True, auth=auth, follow_redirects=False))
            if effect.stream and response.is_success:
                effect.request.extensions["timeout"]["read"] = effect.silence
                return OpenAnswer(response.status_code, response.headers, b"", response)
            return _whole(response, effect.deadline, effect.most)
        except TooLarge as error:
            problem = error.with_traceback(None)
        except Exception as error:
            problem = failure(error, trace, effect.request, closed=self._pools.is_closed)
        # Raised outside the handler, so that the httpx2 error, which knows the credentials, is not its context.
        raise problem

    def _rest(self, effect: Rest) -> RawAnswer:
        response = effect.answer.response
        if effect.deadline is not None:
            response.request.extensions["timeout"]["read"] = Until.of(effect.deadline)
        problem: Exception
        try:
            return _whole(response, effect.deadline, effect.most)
        except TooLarge as error:
            problem = error.with_traceback(None)
        except Exception as error:
            problem = failure(error, SendTrace(left=True), response.request, closed=self._pools.is_closed)
        raise problem

    def close(self) -> None:
        """Close the connections; those of a client that its owner keeps stay open."""
        self._pools.close()


def _whole(response: httpx2.Response, deadline: float | None, most: int | None) -> RawAnswer:
    held = Held(response, most, deadline)
    try:
        for piece in pieces(response):
            held.add(piece)
    finally:
        response.close()
    return held.answer()


def _called(function: Callable[..., object], arguments: tuple[Any, ...], what: str) -> object:
    found = function(*arguments)
    if hasattr(found, "__await__"):
        if hasattr(found, "close"):
            found.close()
        raise ArgumentError(f"{what}: an asynchronous function needs the asynchronous client")
    return found
