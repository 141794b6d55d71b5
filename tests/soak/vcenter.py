"""The simulator of one failover, in a process of its own, and the link before it."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import read_spec
from tests.soak.link import Link
from tests.soak.misfortune import Misfortune

OPERATION = "vcha.cluster.failover"
_FIRST = "node1"
_LINE = b"POST /api/vcenter/vcha/cluster?action=failover&vmw-task=true "


@dataclass(frozen=True)
class Served:
    """`asked` counts failovers that left the client, `received` those that arrived; `moved`: the other node serves."""

    asked: int
    received: int
    moved: bool


class VCenters:
    """A process that serves one vCenter after another."""

    def __init__(self) -> None:
        # Not forked from here: what it serves must share nothing with what is tried.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()

    @contextlib.contextmanager
    def serving(self, fate: Misfortune) -> Iterator[dict[str, str]]:
        """Serve one; gives its `url`, `username` and `password`."""
        self._pipe.send(fate)
        yield self._pipe.recv()

    def ended(self) -> Served:
        """Stop the one that is served, and tell what it saw."""
        self._pipe.send(None)
        served: Served = self._pipe.recv()
        return served

    def close(self) -> None:
        self._pipe.close()
        self._process.join(10)


def _serve(pipe: Connection) -> None:
    described = read_spec()
    with contextlib.suppress(EOFError):
        while True:
            fate: Misfortune = pipe.recv()
            simulator = Simulator(described, SimulatorOptions(**fate.simulator()))
            with simulator.running() as url, _linked(fate, simulator.port) as link:
                facts: dict[str, Any] = {
                    "url": url if link is None else link.origin,
                    "username": simulator.options.username,
                    "password": simulator.options.password,
                }
                pipe.send(facts)
                pipe.recv()
                received = simulator.log.received[OPERATION]
                moved = simulator.application.cluster.active != _FIRST
            pipe.send(Served(received if link is None else link.asked, received, moved))


@contextlib.contextmanager
def _linked(fate: Misfortune, port: int) -> Iterator[Link | None]:
    if not fate.through_link:
        yield None
        return
    link = Link(port, lambda head: head.startswith(_LINE), fate.cuts, fate.answer_cut_at)
    try:
        yield link
    finally:
        link.close()
