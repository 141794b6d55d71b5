"""Each request gets its own answer, and the whole of it: servers that say more, say it twice, or compress a part."""

from __future__ import annotations

import asyncio
import functools
import gzip
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vcsdk.copied.runtime import ClientClosed, ConnectionFailed, OutcomeUnknown, SdkError

from tests.wire.runtime.bytes_server import Peer, answer, scripted
from tests.wire.runtime.things import KINDS, AsyncDepot, Depot, calling, saving

EVIL = answer(b'"EVIL"')
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
)


def right(name: bytes) -> bytes:
    return answer(b'"' + name + b'"')


def chunked(name: bytes) -> bytes:
    return CHUNKED % (len(name) + 2, b'"' + name + b'"')


def says(reply: Callable[[bytes], bytes], pause: float | None = None, later: bytes = b"") -> Any:
    """A server that answers so; with `pause`, it says `later` so many seconds after each answer."""

    def script(peer: Peer) -> None:
        while request := peer.request():
            peer.send(reply(request.split(b" ", 2)[1].rsplit(b"/", 1)[1]))
            if pause is not None:
                peer.stop.wait(pause)
                peer.send(later)

    return script


def ten(kind: str, origin: str, method: str, between: float = 0) -> list[Any]:
    """Ten calls of one client, one after the other, and what each gave."""
    if kind == "synchronous":
        found = []
        with Depot(origin) as depot:
            for number in range(10):
                found.append(getattr(depot.things, method)(thing=str(number)))
                time.sleep(between)
        return found

    async def run() -> list[Any]:
        found = []
        async with AsyncDepot(origin) as depot:
            for number in range(10):
                found.append(await getattr(depot.things, method)(thing=str(number)))
                await asyncio.sleep(between)
        return found

    return asyncio.run(run())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["read", "change"])
@pytest.mark.parametrize(
    "reply",
    [
        lambda name: right(name) + EVIL,
        lambda name: right(name) + EVIL * 50,
        lambda name: right(name) + EVIL[:20],
        lambda name: right(name) + b"\r\n",
        lambda name: right(name) + b"HTTP/1.1 100 Continue\r\n\r\n" + EVIL,
        lambda name: chunked(name) + EVIL,
        lambda name: answer(b'"' + name + b'"', status="201 Created").replace(b"201 Created", b"200 OK") + b"\x00",
    ],
)
def test_what_follows_an_answer_is_not_the_answer_to_the_next_request(kind: str, method: str, reply: Any) -> None:
    with scripted(says(reply)) as server:
        assert ten(kind, server.origin, method) == list(map(str, range(10)))
        assert server.connections == 10


@pytest.mark.parametrize("kind", KINDS)
def test_nor_what_comes_while_the_connection_waits(kind: str) -> None:
    with scripted(says(right, 0.05, EVIL)) as server:
        assert ten(kind, server.origin, "read", between=0.4) == list(map(str, range(10)))


@pytest.mark.parametrize("kind", KINDS)
def test_nor_what_an_event_loop_has_taken_from_the_socket_already(kind: str) -> None:
    """It reads more at once than is asked for: here an answer that fills what is asked for, and something behind it."""

    def filling(name: bytes) -> bytes:
        empty = answer(b"")
        size = 65536 - len(empty) - len("65000") + len("0")
        return answer(b'"' + name + b'"' + b" " * (size - len(name) - 2))

    with scripted(says(lambda name: filling(name) + EVIL)) as server:
        assert ten(kind, server.origin, "change") == list(map(str, range(10)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reply", [right, chunked])
def test_a_connection_with_nothing_left_in_it_is_used_again(kind: str, reply: Any) -> None:
    with scripted(says(reply)) as server:
        assert ten(kind, server.origin, "change") == list(map(str, range(10)))
        assert server.connections == 1


@pytest.mark.parametrize("kind", KINDS)
def test_nor_through_a_proxy(kind: str) -> None:
    def proxy(peer: Peer) -> None:
        while request := peer.request():
            peer.send(right(request.split(b" ", 2)[1].rsplit(b"/", 1)[1]) + EVIL)

    with scripted(proxy) as server:
        client = {"proxy": server.origin}
        if kind == "synchronous":
            with Depot("http://things.example.com", **client) as depot:
                found = [depot.things.read(thing=str(number)) for number in range(5)]
        else:

            async def run() -> list[Any]:
                async with AsyncDepot("http://things.example.com", **client) as depot:
                    return [await depot.things.read(thing=str(number)) for number in range(5)]

            found = asyncio.run(run())
        assert found == ["0", "1", "2", "3", "4"]


TEXT = b'"' + bytes(range(35, 91)) * 40 + b'"'


gzipped = functools.partial(gzip.compress, mtime=0)  # a test is called by its bytes


def _deflated(data: bytes, bits: int = zlib.MAX_WBITS) -> bytes:
    compressor = zlib.compressobj(wbits=bits)
    return compressor.compress(data) + compressor.flush()


CODINGS = {"gzip": gzipped, "deflate": _deflated, "deflate ": lambda data: _deflated(data, -zlib.MAX_WBITS)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("framed", ["length", "chunked"])
def test_what_was_compressed_came_whole_or_not_at_all(kind: str, coding: str, framed: str, tmp_path: Path) -> None:
    """A proxy that restarts, a handler that fails: the HTTP message is whole, and what was compressed is not."""
    whole = CODINGS[coding](b"[" + b"1," * 3000 + b"1]")

    def reply(content: bytes) -> Any:
        header = f"Content-Encoding: {coding.strip()}"
        sent = answer(content, header) if framed == "length" else CHUNKED % (len(content), content)
        return says(lambda _: sent if framed == "length" else sent.replace(b"\r\n", f"\r\n{header}\r\n".encode(), 1))

    with scripted(reply(whole)) as server:
        assert len(calling(kind, server.origin, "read")) == 3001
    for cut in (1, 4, 9, len(whole) // 2):
        with scripted(reply(whole[:-cut])) as server:
            for call in (
                lambda: calling(kind, server.origin, "read"),
                lambda: saving(kind, server.origin, tmp_path / "x"),
            ):
                with pytest.raises(ConnectionFailed, match="content encoding is broken"):
                    call()
            with pytest.raises(OutcomeUnknown):
                calling(kind, server.origin, "change")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("behind", [gzipped(b"2"), b"junk", b"\0" * 100_000, b"\0" * 10 + b"x"])
def test_what_follows_compressed_bytes_is_not_passed_over(kind: str, behind: bytes) -> None:
    with scripted(says(lambda _: answer(gzipped(b"1") + behind, "Content-Encoding: gzip"))) as server:
        with pytest.raises(ConnectionFailed, match="content encoding is broken"):
            calling(kind, server.origin, "read")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("content", "coding"),
    [
        (gzipped(b"1"), "gzip"),
        (gzipped(b"1") + b"\0" * 512, "gzip"),
        (gzipped(gzipped(b"1")), "gzip, gzip"),
        (gzipped(_deflated(b"1")), "deflate, gzip"),
        (b"1", "identity"),
        (b"1", "unknown"),
        (b"", "gzip"),
    ],
)
def test_what_is_whole_is_read_as_before(kind: str, content: bytes, coding: str) -> None:
    with scripted(says(lambda _: answer(content, f"Content-Encoding: {coding}"))) as server:
        assert calling(kind, server.origin, "read") == (1 if content else None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_flood_behind_compressed_bytes_is_not_kept(kind: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"

    def flood(peer: Peer) -> None:
        peer.request()
        peer.send(head + gzipped(b"1"))
        while not peer.stop.is_set():
            peer.send(b"\0" * 100_000)

    with scripted(flood) as server:
        began = time.monotonic()
        with pytest.raises(ConnectionFailed, match="content encoding is broken"):
            calling(kind, server.origin, "read", timeout=20)
        assert time.monotonic() - began < 10


def _lines(peer: Peer) -> None:
    media = b"application/x-ndjson" if peer.request().startswith(b"GET /lines") else b"text/event-stream"
    peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: " + media + b"\r\nTransfer-Encoding: chunked\r\n\r\n")
    peer.send(b"2\r\n1\n\r\n" if b"ndjson" in media else b"9\r\ndata: 1\n\n\r\n")
    peer.stop.wait(20)


@pytest.mark.parametrize("method", ["lines", "events"])
@pytest.mark.parametrize("ends", ["run", "shutdown", "left"])
def test_a_stream_does_not_end_quietly_with_its_loop(method: str, ends: str) -> None:
    with scripted(_lines) as server:
        depot, loop = AsyncDepot(server.origin), asyncio.new_event_loop()
        loop.set_exception_handler(lambda *_: None)

        async def first() -> tuple[Any, Any]:
            stream = await getattr(depot.things, method)()
            return stream, await anext(stream)

        async def rest(stream: Any) -> list[Any]:
            return [item async for item in stream]

        stream, item = loop.run_until_complete(first())
        assert item == 1
        if ends != "left":
            loop.run_until_complete(loop.shutdown_asyncgens())
        if ends != "shutdown":
            loop.close()
        with pytest.raises(ClientClosed, match="event loop"):
            asyncio.run(rest(stream)) if loop.is_closed() else loop.run_until_complete(rest(stream))
        if not loop.is_closed():
            loop.close()


def test_a_stream_that_was_closed_or_read_to_its_end_just_ends() -> None:
    def two(peer: Peer) -> None:
        peer.request()
        peer.send(answer(b"1\n2\n", kind="application/x-ndjson"))

    async def run(origin: str) -> list[list[Any]]:
        async with AsyncDepot(origin) as depot:
            whole, closed = await depot.things.lines(), await depot.things.lines()
            found = [[item async for item in whole], [item async for item in whole]]
            await closed.close()
            return [*found, [item async for item in closed]]

    with scripted(two) as server:
        assert asyncio.run(run(server.origin)) == [[1, 2], [], []]


def test_an_open_answer_is_read_in_its_own_loop() -> None:
    with scripted(says(right)) as server:
        depot = AsyncDepot(server.origin)
        entering = depot.with_streaming_response(depot.things.read)()
        kept = asyncio.run(entering.__aenter__())

        async def read() -> bytes:
            whole: bytes = await kept.read()
            return whole

        with pytest.raises(ClientClosed, match="event loop"):
            asyncio.run(read())


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("unicode_escape", rb"\ud800"),
        ("raw_unicode_escape", rb"\ud800"),
        ("utf-7", b"+2AA-"),
        ("utf-16-le", b"\x00\xd8"),
        ("utf-8", b"\xed\xa0\x80"),
    ],
)
def test_no_text_of_a_server_has_half_a_pair_in_it(charset: str, content: bytes) -> None:
    with scripted(says(lambda _: answer(content, kind=f"text/plain; charset={charset}"))) as server:
        try:
            calling("synchronous", server.origin, "read").encode()
        except SdkError as error:
            str(error).encode()
