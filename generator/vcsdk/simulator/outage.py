"""The outage of a failover: connections cut, then refused, then 503, then up again.

`Outage` is the state (which phase it is), `Listener` the game with the sockets.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import socket
import struct
import time
from collections.abc import Callable, Iterable

from vcsdk.simulator.clock import Agenda
from vcsdk.simulator.options import SimulatorOptions

_PORT_WITHIN = 10.0
# RFC 793 "Abort": with a linger time of zero, closing sends RST instead of FIN.
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Phase(enum.StrEnum):
    """What a client meets: answers, refused connections, or 503 to everything."""

    UP = "up"
    DOWN = "down"
    STARTING = "starting"


class Outage:
    """The phases of an outage, driven by the agenda.

    `go_down` and `come_up` open and close the listener.  `refresh` is what a restart forgets (the sessions).
    """

    def __init__(self, options: SimulatorOptions, agenda: Agenda, refresh: Callable[[], None]) -> None:
        self._options = options
        self._agenda = agenda
        self._refresh = refresh
        self.phase = Phase.UP
        self.count = 0
        self.go_down: Callable[[], None] = lambda: None
        self.come_up: Callable[[], None] = lambda: None
        self._waiting: list[Callable[[], None]] = []
        self._sessions_back_at = 0.0

    def begin(self, then: Callable[[], None]) -> None:
        """Go away; `then` runs when the other node serves.  During an outage it only joins that one's end."""
        self._waiting.append(then)
        if self.phase is not Phase.UP:
            return
        self.count += 1
        self.phase = Phase.DOWN
        self.go_down()
        if not self._options.gone_for_good:
            self._agenda.after(self._options.outage, self._start)

    def _start(self) -> None:
        self.phase = Phase.STARTING
        self.come_up()
        self._agenda.after(self._options.unavailable, self._finish)

    def _finish(self) -> None:
        self._refresh()
        self.phase = Phase.UP
        self._sessions_back_at = self._agenda.clock.now() + self._options.session_outage
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def reset(self) -> None:
        """Up again at once, whatever was going on."""
        if self.phase is Phase.DOWN:
            self.come_up()
        self.phase = Phase.UP
        self._waiting.clear()
        self._sessions_back_at = 0.0

    @property
    def sessions_out(self) -> bool:
        """True while the session service alone does not work."""
        return self._agenda.clock.now() < self._sessions_back_at


def bind(host: str, port: int) -> socket.socket:
    """A TCP socket bound to the address but not listening: connections are refused, and nobody else gets the port.

    Raises:
        OSError: The port is in use, or the host is no address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # asyncio sets this only on sockets made with an explicit protocol; without it each answer waits 40 ms for an
        # ACK.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


class Listener:
    """The listening socket of one port, which can go away and come back."""

    def __init__(self, bound: socket.socket, protocol: Callable[[], asyncio.Protocol]) -> None:
        self._socket: socket.socket | None = bound
        self.host, self.port = bound.getsockname()[:2]
        self._protocol = protocol
        self._server: asyncio.Server | None = None
        self._lost_port = False

    async def open(self) -> None:
        """Accept connections (again).

        Raises:
            OSError: Somebody else took the port in the moment it was free, and has not given it back.
        """
        give_up = time.monotonic() + _PORT_WITHIN
        while self._lost_port:
            try:
                self._socket, self._lost_port = bind(self.host, self.port), False
            except OSError:
                if time.monotonic() > give_up:
                    raise
                await asyncio.sleep(0.02)
        if self._server is None and self._socket is not None:
            self._server = await asyncio.get_running_loop().create_server(self._protocol, sock=self._socket)

    def close(self, *, keep_port: bool) -> None:
        """Refuse connections from now on; the port stays ours if `keep_port`."""
        if self._server is not None:
            self._server.close()
            self._server = None
        elif self._socket is not None:
            self._socket.close()
        self._socket = None
        if keep_port:
            try:
                self._socket = bind(self.host, self.port)
            except OSError:
                # On a busy machine an outgoing connection may be given the port between the two calls.
                self._lost_port = True


def cut(transports: Iterable[asyncio.Transport]) -> None:
    """Reset these connections, whatever they are doing."""
    for transport in transports:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        transport.abort()
