"""Carries out effects with threads and `httpx2.Client`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import httpx2

from .effects import Acquire, Effect, Flow, Notify, Send, Sleep, T
from .errors import ArgumentError
from .raw import OpenAnswer, RawAnswer
from .transport_failure import SendTrace, TransportFailure, describe


class SyncDriver:
    """Runs flows to their end in the calling thread; any number of threads may run flows at once."""

    def __init__(self, make: Callable[[], httpx2.Client]) -> None:
        self._make = make
        self._making = threading.Lock()
        self._made: httpx2.Client | None = None

    @property
    def _http(self) -> httpx2.Client:
        # Made for the first request: its pool and the system's authorities cost a program as much as its imports.
        if self._made is None:
            with self._making:
                self._made = self._made or self._make()
        return self._made

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
                effect = flow.send(result) if problem is None else flow.throw(problem)
        except StopIteration as stop:
            value: T = stop.value
            return value

    def _perform(self, effect: Effect) -> object:
        if isinstance(effect, Send):
            return self._send(effect)
        if isinstance(effect, Sleep):
            time.sleep(effect.seconds)
            return None
        if isinstance(effect, Acquire):
            left = -1.0 if effect.deadline is None else max(0.0, effect.deadline - time.monotonic())
            if not effect.lock.acquire(timeout=left):
                raise TransportFailure("another call was still logging in", maybe_sent=False)
            return None
        assert isinstance(effect, Notify)  # noqa: S101 - narrows the union for the type checker
        return effect.callback(effect.progress)

    def _send(self, effect: Send) -> RawAnswer:
        if getattr(effect.request.stream, "asynchronous", False):
            raise ArgumentError("body: an asynchronous source needs the asynchronous client")
        trace = SendTrace()
        effect.request.extensions["trace"] = trace.note
        try:
            response = self._http.send(effect.request, stream=effect.stream or effect.deadline is not None)
            if effect.stream and response.is_success:
                return OpenAnswer(response.status_code, response.headers, b"", response)
            if effect.stream and effect.deadline is None:
                response.read()
            content = response.content if effect.deadline is None else _read(response, effect.deadline)
            return RawAnswer(response.status_code, response.headers, content)
        except httpx2.RequestError as error:
            problem = describe(error, trace)
        # Raised outside the handler, so that the httpx2 error, which knows the credentials, is not its context.
        raise problem

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()


def _read(response: httpx2.Response, deadline: float) -> bytes:
    chunks = []
    try:
        for chunk in response.iter_bytes():
            chunks.append(chunk)
            if time.monotonic() > deadline:
                raise TransportFailure("no whole answer in time", maybe_sent=True)
    finally:
        response.close()
    return b"".join(chunks)
