"""Connections, locks and sessions belong to one process and to one event loop."""

from __future__ import annotations

import asyncio
import copy
import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest
from vcsdk.copied.runtime import ArgumentError, ClientClosed, SdkError
from vcsdk.copied.runtime.process import Own

from tests.children import forked
from tests.wire.runtime.bytes_server import Peer, answer, scripted
from tests.wire.runtime.server import Reply, Seen, Server, serving
from tests.wire.runtime.things import KEY, AsyncDepot, Depot
from tests.wire.runtime.vcenter import PASSWORD, USER, AsyncVCenter, Simulated, VCenter

FORKS = hasattr(os, "fork")
pytestmark = pytest.mark.skipif(not FORKS, reason="this system does not fork")


def echo(peer: Peer) -> None:
    """Answers with the name of the thing, so that an answer tells which request it is of."""
    while request := peer.request():
        peer.send(answer(b'"' + request.split(b" ", 2)[1].rsplit(b"/", 1)[1] + b'"'))


def _wrong(depot: Depot, who: int, count: int) -> list[str]:
    names = [f"{who}-{number}" for number in range(count)]
    return [name for name in names if depot.things.read(thing=name) != name]


def test_forked_children_get_their_own_answers() -> None:
    with scripted(echo) as server, Depot(server.origin) as depot:
        assert depot.things.read(thing="parent") == "parent"
        children = [forked(lambda who=who: _wrong(depot, who, 500)) for who in range(4)]
        assert _wrong(depot, 9, 500) == []
        assert [child() for child in children] == [[]] * 4
        assert depot.things.read(thing="after") == "after"


def test_a_child_whose_parent_was_in_the_middle_of_a_call() -> None:
    """Other threads hold the pool's locks while the process forks; nobody in the child will release them."""
    with scripted(echo) as server, Depot(server.origin) as depot:
        stop = threading.Event()

        def busy(who: int) -> None:
            while not stop.is_set():
                depot.things.read(thing=str(who))

        threads = [threading.Thread(target=busy, args=(who,)) for who in range(4)]
        for thread in threads:
            thread.start()
        try:
            children = [forked(lambda who=who: _wrong(depot, who, 20)) for who in range(8)]
            assert [child() for child in children] == [[]] * 8
        finally:
            stop.set()
            for thread in threads:
                thread.join()


def test_a_child_logs_in_by_itself_and_leaves_the_parent_its_session(server: Server, simulated: Simulated) -> None:
    with VCenter(server.origin, username=USER, password=PASSWORD) as vc:
        vc.cluster.get()
        (token,) = simulated.sessions

        def in_child() -> str:
            with vc:
                return str(vc.cluster.get().mode)

        def idle() -> None:
            vc.close()

        assert forked(in_child)() == "ENABLED"
        forked(idle)()
        assert simulated.logins == 2
        assert simulated.sessions == {token}  # the child's was deleted, the parent's was not
        connections = server.connections
        assert vc.cluster.get().mode == "ENABLED"
        assert (simulated.logins, server.connections) == (2, connections)
    assert simulated.sessions == set()


def test_a_fork_while_another_thread_logs_in(simulated: Simulated) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slowly(seen: Seen) -> Reply | None:
        if not inside.is_set():
            inside.set()
            go_on.wait(20)
        return None

    simulated.on["POST /session"] = slowly
    with serving(simulated) as server, VCenter(server.origin, username=USER, password=PASSWORD, timeout=20) as vc:
        thread = threading.Thread(target=vc.cluster.get)
        thread.start()
        assert inside.wait(20)
        assert forked(lambda: str(vc.cluster.get().mode))() == "ENABLED"
        go_on.set()
        thread.join()


def test_a_grandchild_has_its_own_connections_too() -> None:
    with scripted(echo) as server, Depot(server.origin) as depot:
        depot.things.read()

        def child() -> Any:
            assert depot.things.read(thing="child") == "child"
            grandchild = forked(lambda: _wrong(depot, 2, 50))
            assert _wrong(depot, 1, 50) == []
            return grandchild()

        assert forked(child)() == []


def test_a_stream_is_read_by_the_process_that_opened_it() -> None:
    def lines(peer: Peer) -> None:
        peer.request()
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
        peer.send(b"2\r\n1\n\r\n2\r\n2\n\r\n0\r\n\r\n")

    def read(stream: Any) -> str:
        try:
            return str(list(stream))
        except ClientClosed as error:
            return type(error).__name__

    with scripted(lines) as server, Depot(server.origin) as depot:
        stream = depot.things.lines()
        with depot.with_streaming_response(depot.things.read)() as kept:
            assert forked(lambda: read(stream))() == "ClientClosed"
            assert forked(lambda: read(kept.iter_bytes()))() == "ClientClosed"
            assert kept.read() == b"1\n2\n"
        assert list(stream) == [1, 2]


def test_an_asynchronous_client_in_forked_children() -> None:
    with scripted(echo) as server:
        depot = AsyncDepot(server.origin)
        loop = asyncio.new_event_loop()

        async def wrong(who: int) -> list[str]:
            names = [f"{who}-{number}" for number in range(50)]
            return [name for name in names if await depot.things.read(thing=name) != name]

        assert loop.run_until_complete(wrong(0)) == []
        same = forked(lambda: loop.run_until_complete(wrong(1)))
        other = forked(lambda: asyncio.run(wrong(2)))
        assert loop.run_until_complete(wrong(3)) == []
        assert (same(), other()) == ([], [])
        loop.run_until_complete(depot.close())
        loop.close()


def test_an_asynchronous_client_in_fifty_loops(simulated: Simulated, server: Server) -> None:
    vc = AsyncVCenter(server.origin, username=USER, password=PASSWORD)

    async def calls() -> list[Any]:
        return [info.mode for info in await asyncio.gather(*(vc.cluster.get() for _ in range(4)))]

    for _ in range(50):
        assert asyncio.run(calls()) == ["ENABLED"] * 4
    assert simulated.logins == 1
    assert server.lines.count("POST /api/vcenter/vcha/cluster?action=get") == 200
    asyncio.run(vc.close())
    assert simulated.sessions == set()


def test_a_call_that_changes_something_is_sent_once_in_each_loop() -> None:
    seen = []

    def counts(peer: Peer) -> None:
        while request := peer.request():
            seen.append(request)
            peer.send(answer(b"1"))

    with scripted(counts) as server:
        depot = AsyncDepot(server.origin)
        for count in range(1, 6):
            assert asyncio.run(depot.things.change()) == 1
            assert len(seen) == count


def test_loops_in_threads_share_a_client() -> None:
    with scripted(echo) as server:
        depot, failed = AsyncDepot(server.origin), []

        async def wrong(who: int) -> None:
            names = [f"{who}-{number}" for number in range(50)]
            failed.extend([name for name in names if await depot.things.read(thing=name) != name])

        threads = [threading.Thread(target=lambda who=who: asyncio.run(wrong(who))) for who in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []


def test_a_login_that_its_loop_left_behind_holds_nobody(simulated: Simulated) -> None:
    began = threading.Event()

    def never(seen: Seen) -> Reply | None:
        if began.is_set():
            return None
        began.set()
        return Reply(hang=20)

    simulated.on["POST /session"] = never
    with serving(simulated) as server:
        vc = AsyncVCenter(server.origin, username=USER, password=PASSWORD)

        async def leave() -> None:
            call = asyncio.ensure_future(vc.cluster.get())
            while not began.is_set():
                await asyncio.sleep(0.01)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call

        async def go_on() -> Any:
            return (await vc.cluster.get()).mode

        asyncio.run(leave())
        assert asyncio.run(go_on()) == "ENABLED"


def test_a_loop_that_was_shut_down_runs_again() -> None:
    with scripted(echo) as server:
        depot, loop = AsyncDepot(server.origin), asyncio.new_event_loop()
        for name in ("first", "second"):
            assert loop.run_until_complete(depot.things.read(thing=name)) == name
            loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(depot.close())
        with pytest.raises(ClientClosed):
            loop.run_until_complete(depot.things.read())
        loop.close()


def test_without_a_loop_it_says_so() -> None:
    coroutine = AsyncDepot("http://127.0.0.1:1").things.read()
    with pytest.raises(SdkError, match="event loop"):
        coroutine.send(None)


def test_a_value_is_made_once_in_each_process() -> None:
    made, copied = [], []
    own = Own(lambda: made.append(os.getpid()) or [os.getpid()], copied.append)
    assert own.get() is own.get()

    def child() -> tuple[list[int], list[Any], bool]:
        return own.get(), list(copied), own.get() is own.get()

    value, let_go, is_same = forked(child)()
    assert (len(value), value != own.get(), let_go, is_same) == (1, True, [own.get()], True)
    assert made == [os.getpid()]


@pytest.mark.parametrize("copying", [pickle.dumps, copy.deepcopy])
@pytest.mark.parametrize("part", ["client", "asynchronous client", "resource"])
def test_what_belongs_to_a_process_is_not_handed_to_another(copying: Callable[[Any], Any], part: str) -> None:
    """`multiprocessing` by `spawn` or `forkserver` pickles what it gives its workers."""
    with Depot("http://127.0.0.1:1", credentials={"api_key": KEY}) as depot:
        given = {"client": depot, "asynchronous client": AsyncDepot("http://127.0.0.1:1"), "resource": depot.things}
        with pytest.raises(ArgumentError, match="make one in each process") as caught:
            copying(given[part])
        assert KEY not in str(caught.value)


def test_a_flat_copy_shares_all() -> None:
    with scripted(echo) as server, Depot(server.origin) as depot:
        depot.things.read()
        assert copy.copy(depot).things.read(thing="copy") == "copy"
        assert server.connections == 1


_POOLED: list[Depot] = []


def _in_a_worker(name: str) -> bool:
    return bool(_POOLED[0].things.read(thing=name) == name)


def test_workers_of_a_pool_have_connections_of_their_own() -> None:
    with scripted(echo) as server, Depot(server.origin) as depot:
        depot.things.read()
        _POOLED.append(depot)
        try:
            with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("fork")) as pool:
                assert all(pool.map(_in_a_worker, map(str, range(100))))
        finally:
            _POOLED.clear()


def test_a_fork_in_a_thread_beside_a_running_loop() -> None:
    with scripted(echo) as server:
        depot = AsyncDepot(server.origin)

        async def some(who: int) -> list[str]:
            return [str(await depot.things.read(thing=f"{who}-{number}")) for number in range(5)]

        async def main() -> Any:
            running = asyncio.gather(*(some(who) for who in range(4)))
            await asyncio.sleep(0)
            child = forked(lambda: asyncio.run(some(9)))
            return await running, await asyncio.to_thread(child)

        expected = [[f"{who}-{number}" for number in range(5)] for who in (0, 1, 2, 3, 9)]
        assert asyncio.run(main()) == (expected[:4], expected[4])
