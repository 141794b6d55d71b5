"""The HTTP server around an application: uvicorn, with a listener that can vanish."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import uvicorn

from vcsdk.simulator.application import Application, Description, encode
from vcsdk.simulator.control import NAME, PREFIX, Control, is_loopback
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.log import RequestLog
from vcsdk.simulator.messages import Message
from vcsdk.simulator.options import SimulatorOptions
from vcsdk.simulator.outage import Listener, bind, cut
from vcsdk.simulator.routing import Target
from vcsdk.simulator.validation import LARGEST_BODY

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_logger = logging.getLogger(__name__)
_STARTS_WITHIN = 10.0
_ABSOLUTE = re.compile(r"https?://[^/?#]*", re.IGNORECASE)


class _Server(uvicorn.Server):
    """uvicorn's server with our listener, our signals, and an end that does not wait for clients."""

    def __init__(self, config: uvicorn.Config, bound: socket.socket, application: Application) -> None:
        super().__init__(config)
        self._application = application
        self._bound = bound
        self._wake = asyncio.Event()
        self._ending = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._jobs: set[asyncio.Task[None]] = set()
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - uvicorn's signature
        await self.lifespan.startup()
        self.servers = []
        self._listener = Listener(self._bound, self._protocol)
        await self._listener.open()
        outage = self._application.outage
        outage.go_down = self._go_down
        outage.come_up = self._come_up

        def wake() -> None:
            self._loop.call_soon_threadsafe(self._wake.set)

        self._application.agenda.changed = wake
        self._spawn(self._run_agenda())
        self.started = True
        self.up.set()

    def _protocol(self) -> asyncio.Protocol:
        make: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        return make(config=self.config, server_state=self.server_state, app_state={})

    def _spawn(self, coroutine: Any) -> None:
        job = self._loop.create_task(coroutine)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)

    def _cut_connections(self) -> None:
        cut([c.transport for c in list(self.server_state.connections) if c.transport is not None])

    def _go_down(self) -> None:
        self._listener.close(keep_port=True)
        self._cut_connections()

    def _come_up(self) -> None:
        self._spawn(self._listener.open())

    async def _run_agenda(self) -> None:
        agenda = self._application.agenda
        while True:
            self._wake.clear()
            agenda.run_due()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), agenda.next_in())

    async def main_loop(self) -> None:
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), 1.0)

    def end(self) -> None:
        """Stop serving; may be called from any thread, once it is up."""
        self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self.should_exit = True
        self._ending.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - uvicorn's signature
        for job in list(self._jobs):
            job.cancel()
        self._listener.close(keep_port=False)
        self._cut_connections()
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.sleep(0)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        # uvicorn raises the signal again after its end, so that the process dies of it; ending on request is success.
        numbers = (signal.SIGINT, signal.SIGTERM)
        for number in numbers:
            self._loop.add_signal_handler(number, self._end)
        try:
            yield
        finally:
            for number in numbers:
                self._loop.remove_signal_handler(number)


class Simulator:
    """A vCenter on a port of this machine that serves a description.

    The port is bound as soon as the object exists, so `url` is known before it runs.  Use `run()` in a process of its
    own, or `start()` and `stop()` (or `with simulator.running() as url`) beside a test.  `around` may put a layer
    between it and its clients before it runs.

    Raises:
        OSError: The port is in use.
        UnknownFaultError: A fault of the options does not exist.
    """

    def __init__(self, description: Description, options: SimulatorOptions) -> None:
        self.options = options
        self.application = Application(description, options)
        self.log = RequestLog(options.log)
        self.control = Control(self.application, self.log)
        self.around: Callable[[ASGIApp], ASGIApp] = lambda inner: inner
        self._bound = bind(options.host, options.port)
        self.host, self.port = self._bound.getsockname()[:2]
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The origin, without the API's prefix: `http://127.0.0.1:8080`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def run(self, on_up: Callable[[], None] = lambda: None) -> None:
        """Serve until SIGINT or SIGTERM; `on_up` is called once connections are accepted."""
        asyncio.run(self._serve(on_up))

    async def _serve(self, on_up: Callable[[], None]) -> None:
        config = uvicorn.Config(
            self.around(self._asgi),
            interface="asgi3",
            proxy_headers=False,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=75,
        )
        self._server = _Server(config, self._bound, self.application)
        announcing = asyncio.get_running_loop().create_task(self._announce(self._server, on_up))
        try:
            await self._server.serve()
        finally:
            announcing.cancel()
            self.log.close()

    async def _announce(self, server: _Server, on_up: Callable[[], None]) -> None:
        while not server.up.is_set():
            await asyncio.sleep(0.005)
        on_up()

    def start(self) -> None:
        """Serve in a background thread; returns when connections are accepted."""
        up = threading.Event()
        self._thread = threading.Thread(target=self.run, args=(up.set,), daemon=True, name="simulator")
        self._thread.start()
        if not up.wait(_STARTS_WITHIN):
            raise RuntimeError("the simulator did not start")

    def stop(self) -> None:
        """End the background thread; open connections are cut."""
        if self._server is not None and self._thread is not None:
            # The loop may have ended already.
            with contextlib.suppress(RuntimeError):
                self._server.end()
            self._thread.join(_STARTS_WITHIN)
            self._thread = None

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Serve in the background for the length of a `with`; gives the URL."""
        self.start()
        try:
            yield self.url
        finally:
            self.stop()

    async def _asgi(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        began = time.perf_counter()
        target = bytes(scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0].decode("latin-1")
        # As proxies are asked (RFC 9112, 3.2.2); whose name it has there is as good as what `Host` says.
        raw_path = target if target.startswith("/") else _ABSOLUTE.sub("", target, count=1) or "/"
        raw_query = scope["query_string"].decode("latin-1")
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            body = await _read(receive)
        except _ClientLeftError:
            return
        if raw_path.startswith(PREFIX) and is_loopback((scope.get("client") or ("",))[0]):
            await _send(send, self.control.serve(scope["method"], raw_path, headers, body or b""), scope["method"])
            return
        operation = None
        try:
            if "content-length" in headers and "transfer-encoding" in headers:
                # Another server on the way may have read the other one (RFC 9112, 6.1 and 11.2).
                raise Refusal(None, Message("api.framing"), status=400, headers={"Connection": "close"})
            if body is None:
                raise Refusal(None, Message("api.body-large", (str(LARGEST_BODY),)), status=413)
            reply, operation = self.application.serve(Target.parse(scope["method"], raw_path, raw_query), headers, body)
        except Refusal as refusal:
            reply = Reply(refusal.status, refusal.as_vapi("en"), "application/json", refusal.headers)
        except Exception:
            # A defect of the simulator: a client must not take it for an answer of the API under test.
            _logger.exception("the simulator failed on %s %s", scope["method"], self.application.shown(raw_path, ""))
            reply = Reply(500, {"messages": []}, "application/json")
        self.log.write(
            method=scope["method"],
            target=self.application.shown(raw_path, raw_query),
            operation=operation,
            status=reply.outcome or reply.status,
            milliseconds=(time.perf_counter() - began) * 1000,
            phase=self.application.outage.phase.value,
        )
        await _send(send, reply, scope["method"])


class _ClientLeftError(Exception):
    """The connection ended before the whole request was there: nothing may be done on its behalf."""


async def _read(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _ClientLeftError
        size += len(message.get("body", b""))
        if size <= LARGEST_BODY:
            parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts) if size <= LARGEST_BODY else None


async def _send(send: Send, reply: Reply, method: str) -> None:
    body, headers = encode(reply)
    headers.append((b"server", NAME.encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
