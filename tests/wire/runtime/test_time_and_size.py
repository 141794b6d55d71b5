"""How long a call may take, and how much may come: servers that drip, flood and never end."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from vcsdk.copied.runtime import (
    AnswerTooLarge,
    ArgumentError,
    ConnectionFailed,
    OutcomeUnknown,
    SdkError,
    UnexpectedAnswer,
)

from tests.wire.runtime.bytes_server import Peer, answer, scripted
from tests.wire.runtime.things import KINDS, Depot, calling, saving
from tests.wire.runtime.vcenter import AsyncVCenter, VCenter

TIMEOUT = 0.6
SLACK = 0.5
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


def _drips_the_head(peer: Peer) -> None:
    peer.drip(HEAD, 0.1)


def _drips_the_body(peer: Peer) -> None:
    peer.send(HEAD)
    peer.drip(b" " * 200, 0.1)


def _drips_chunks(peer: Peer) -> None:
    peer.send(CHUNKED)
    for _ in range(200):
        peer.send(b"1\r\n \r\n")
        if peer.stop.wait(0.1):
            return


def _drips_an_error(peer: Peer) -> None:
    peer.send(HEAD.replace(b"200 OK", b"404 Not Found"))
    peer.drip(b" " * 200, 0.1)


def _drips_trailers(peer: Peer) -> None:
    peer.send(CHUNKED + b"2\r\n{}\r\n0\r\n")
    peer.drip(b"X-Long: " + b"y" * 200, 0.1)


def _says_continue(peer: Peer) -> None:
    while not peer.stop.wait(0.02):
        peer.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3)


def _floods_of_continue(peer: Peer) -> None:
    while not peer.stop.is_set():
        peer.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def _floods(peer: Peer) -> None:
    peer.send(CHUNKED)
    while not peer.stop.is_set():
        peer.send(b"1\r\n \r\n" * 50)


def _is_silent(peer: Peer) -> None:
    peer.stop.wait(20)


SERVERS = (
    *(_drips_the_head, _drips_the_body, _drips_chunks, _drips_an_error, _drips_trailers),
    *(_says_continue, _floods_of_continue, _floods, _is_silent),
)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def _after_a_request(script: Any) -> Any:
    def run(peer: Peer) -> None:
        peer.request()
        script(peer)

    return run


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("script", SERVERS)
@pytest.mark.parametrize(("name", "expected"), [("read", ConnectionFailed), ("change", OutcomeUnknown)])
def test_the_timeout_bounds_the_whole_call(kind: str, script: Any, name: str, expected: type[SdkError]) -> None:
    with scripted(_after_a_request(script)) as server:
        began = time.monotonic()
        with pytest.raises(expected, match="in time"):
            calling(kind, server.origin, name, timeout=TIMEOUT)
        assert TIMEOUT * 0.8 < time.monotonic() - began < TIMEOUT + SLACK


def _failover(kind: str, origin: str, timeout: Any) -> None:
    """A call that reads a state before it."""
    if kind == "synchronous":
        with VCenter(origin, token="token", retries=0) as client:
            client.cluster.failover(planned=True, timeout=timeout)
        return

    async def run() -> None:
        async with AsyncVCenter(origin, token="token", retries=0) as client:
            await client.cluster.failover(planned=True, timeout=timeout)

    asyncio.run(run())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("script", SERVERS)
def test_the_timeout_bounds_a_call_with_what_is_read_before_it(kind: str, script: Any) -> None:
    with scripted(_after_a_request(script)) as server:
        began = time.monotonic()
        with pytest.raises(OutcomeUnknown, match="in time"):
            _failover(kind, server.origin, TIMEOUT)
        assert TIMEOUT * 0.8 < time.monotonic() - began < TIMEOUT + SLACK


@pytest.mark.parametrize("timeout", [TIMEOUT, httpx2.Timeout(TIMEOUT / 2)], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_before_a_call_leaves_it_time(kind: str, timeout: Any) -> None:
    sent: list[bytes] = []

    def hides_the_state(peer: Peer) -> None:
        while request := peer.request():
            sent.append(request.partition(b" HTTP")[0])
            if b"action=get" in request:
                peer.stop.wait(3)
                return
            peer.send(answer(b'"task-1"', status="202 Accepted"))

    with scripted(hides_the_state) as server, within(TIMEOUT + SLACK):
        _failover(kind, server.origin, timeout)
    assert sent == [
        b"POST /api/vcenter/vcha/cluster?action=get",
        b"POST /api/vcenter/vcha/cluster?action=failover&vmw-task=true",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_of_a_stream_that_is_no_stream_is_bounded_as_a_whole(kind: str) -> None:
    with scripted(_after_a_request(_drips_the_body)) as server, within(TIMEOUT + SLACK):
        with pytest.raises(ConnectionFailed, match="in time"):
            calling(kind, server.origin, "lines", timeout=TIMEOUT)


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_takes_a_little_now_and_then_holds_nothing(kind: str) -> None:
    def takes_little(peer: Peer) -> None:
        while not peer.stop.wait(0.05):
            if not peer._connection.recv(4096):
                return

    with scripted(takes_little) as server, within(TIMEOUT + SLACK):
        with pytest.raises((OutcomeUnknown, ConnectionFailed), match="in time"):
            calling(kind, server.origin, "send", b"x" * 50_000_000, timeout=TIMEOUT)


def test_a_host_whose_address_nobody_tells_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3))
    with within(TIMEOUT + SLACK), pytest.raises(ConnectionFailed, match="nothing was sent"):
        Depot("http://slow.example", retries=0).things.change(timeout=TIMEOUT)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_streamed_is_bounded_by_its_head_and_each_silence(kind: str, tmp_path: Path) -> None:
    def slowly(peer: Peer) -> None:
        peer.request()
        peer.send(CHUNKED.replace(b"application/json", b"application/x-ndjson"))
        for number in range(12):
            peer.send(b"2\r\n%d\n\r\n" % (number % 10))
            peer.stop.wait(0.1)
        peer.send(b"0\r\n\r\n")

    with scripted(slowly) as server:
        began = time.monotonic()
        assert len(calling(kind, server.origin, "lines", timeout=0.5)) == 12
        assert saving(kind, server.origin, tmp_path / "kept", timeout=0.5) == 24
        assert time.monotonic() - began > 2.2
    for script in (_drips_the_head, _says_continue):
        with scripted(_after_a_request(script)) as server, within(TIMEOUT + SLACK):
            with pytest.raises(ConnectionFailed, match="in time"):
                calling(kind, server.origin, "lines", timeout=TIMEOUT)

    def falls_silent(peer: Peer) -> None:
        peer.request()
        peer.send(CHUNKED.replace(b"application/json", b"application/x-ndjson") + b"2\r\n1\n\r\n")
        peer.stop.wait(20)

    with scripted(falls_silent) as server, within(TIMEOUT + SLACK):
        with pytest.raises(ConnectionFailed, match="in time"):
            calling(kind, server.origin, "lines", timeout=TIMEOUT)


@pytest.mark.parametrize("kind", KINDS)
def test_a_stream_as_a_whole_is_bounded_where_that_is_asked_for(kind: str, tmp_path: Path) -> None:
    def forever(peer: Peer) -> None:
        peer.request()
        peer.send(CHUNKED.replace(b"application/json", b"application/x-ndjson"))
        while not peer.stop.wait(0.02):
            peer.send(b"2\r\n1\n\r\n")

    with scripted(forever) as server:
        with within(TIMEOUT + SLACK), pytest.raises(ConnectionFailed):
            calling(kind, server.origin, "lines", timeout=5, client={"max_stream_seconds": TIMEOUT})
        with within(TIMEOUT + SLACK), pytest.raises(ConnectionFailed):
            saving(kind, server.origin, tmp_path / "kept", timeout=5, client={"max_stream_seconds": TIMEOUT})
        with pytest.raises(AnswerTooLarge, match=r"more than 20 bytes .max_stream_bytes."):
            calling(kind, server.origin, "lines", client={"max_stream_bytes": 20})
        with pytest.raises(AnswerTooLarge):
            saving(kind, server.origin, tmp_path / "kept", client={"max_stream_bytes": 20})
    assert list(tmp_path.iterdir()) == []


def _silent_after_one(peer: Peer) -> None:
    peer.request()
    peer.send(CHUNKED.replace(b"application/json", b"application/x-ndjson") + b"2\r\n1\n\r\n")
    peer.stop.wait(20)


@pytest.mark.parametrize("kind", KINDS)
def test_a_stream_that_falls_silent_ends_when_all_of_it_takes_too_long(kind: str) -> None:
    with scripted(_silent_after_one) as server, within(TIMEOUT + SLACK), pytest.raises(ConnectionFailed):
        calling(kind, server.origin, "lines", timeout=20, client={"max_stream_seconds": TIMEOUT})


def _encodings(data: bytes) -> dict[str, bytes]:
    raw = zlib.compressobj(wbits=-15)
    return {
        "": data,
        "Content-Encoding: gzip": gzip.compress(data),
        "Content-Encoding: deflate": zlib.compress(data),
        "Content-Encoding: gzip, gzip": gzip.compress(gzip.compress(data)),
        "Content-Encoding: deflate ": raw.compress(data) + raw.flush(),
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("header", _encodings(b""))
@pytest.mark.parametrize(("name", "status"), [("read", "200 OK"), ("change", "200 OK"), ("read", "500 Broken")])
def test_an_answer_that_is_too_large_is_an_error_of_its_own(kind: str, header: str, name: str, status: str) -> None:
    seen = []

    def large(peer: Peer) -> None:
        seen.append(peer.request())
        peer.send(answer(_encodings(b'"' + b"x" * 3_000_000 + b'"')[header], *filter(None, [header]), status=status))

    with scripted(large) as server:
        with pytest.raises(AnswerTooLarge, match=r"more than 2000000 bytes .max_answer_bytes.") as caught:
            calling(kind, server.origin, name, client={"max_answer_bytes": 2_000_000, "retries": 3})
        assert (caught.value.status, caught.value.limit) == (int(status[:3]), 2_000_000)
        assert isinstance(caught.value, UnexpectedAnswer)
        assert len(seen) == 1
        if status == "200 OK":
            assert len(calling(kind, server.origin, name, client={"max_answer_bytes": 3_000_002})) == 3_000_000
            assert len(calling(kind, server.origin, name, client={"max_answer_bytes": None})) == 3_000_000


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "media"), [("lines", "application/x-ndjson"), ("events", "text/event-stream")])
def test_a_record_without_an_end_is_not_held_for_ever(kind: str, name: str, media: str) -> None:
    def endless(peer: Peer) -> None:
        peer.request()
        peer.send(CHUNKED.replace(b"application/json", media.encode()) + b"6\r\ndata: \r\n")
        while not peer.stop.is_set():
            peer.send(b"400\r\n" + b"x" * 1024 + b"\r\n")

    with scripted(endless) as server, pytest.raises(AnswerTooLarge, match="max_answer_bytes"):
        calling(kind, server.origin, name, client={"max_answer_bytes": 100_000})


@pytest.mark.parametrize("name", ["max_answer_bytes", "max_stream_bytes", "max_stream_seconds"])
@pytest.mark.parametrize("value", [0, -1, True, "many", float("nan")])
def test_a_bound_that_is_none_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ArgumentError, match=name):
        Depot("http://127.0.0.1:1", **{name: value})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seconds", [3e6, 4294968, 1e10, 1e300, 10**300])
def test_a_time_that_no_system_can_wait_for_is_a_long_one(kind: str, seconds: float) -> None:
    with scripted(lambda peer: [peer.send(answer(b"1")) for _ in iter(peer.request, b"")] and None) as server:
        assert calling(kind, server.origin, "read", timeout=seconds) == 1
        assert calling(kind, server.origin, "change", timeout=httpx2.Timeout(seconds)) == 1
        assert calling(kind, server.origin, "read", client={"timeout": seconds, "max_stream_seconds": seconds}) == 1


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), True, "3", b"3", 10**400, 1j, [], object()])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_time_is_refused_wherever_it_is_given(kind: str, seconds: Any) -> None:
    def options() -> None:
        Depot("http://127.0.0.1:1").with_options(timeout=seconds)

    for refused in (
        lambda: calling(kind, "http://127.0.0.1:1", "read", timeout=seconds),
        lambda: calling(kind, "http://127.0.0.1:1", "lines", timeout=seconds),
        lambda: calling(kind, "http://127.0.0.1:1", "read", client={"timeout": seconds}),
        lambda: calling(kind, "http://127.0.0.1:1", "read", client={"max_stream_seconds": seconds}),
        lambda: calling(kind, "http://127.0.0.1:1", "read", timeout=httpx2.Timeout(5, read=seconds)),
        options,
    ):
        with pytest.raises(ArgumentError, match="expected seconds greater than 0"):
            refused()
