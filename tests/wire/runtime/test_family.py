"""Whatever happens to a call, and whatever a server answers, ends in the family of `SdkError`."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx2
import pytest
from vcsdk.copied.runtime import (
    ApiError,
    ArgumentError,
    ClientClosed,
    ConnectionFailed,
    OutcomeUnknown,
    SdkError,
    ServerError,
    UnexpectedAnswer,
)

from tests.wire.runtime.bytes_server import Peer, answer, scripted
from tests.wire.runtime.server import Reply, Server
from tests.wire.runtime.things import KINDS, AsyncDepot, Depot, calling
from tests.wire.runtime.vcenter import PASSWORD, USER, Simulated, VCenter, error

HALF = "\udcff"


class Sent:
    """A server that counts, for a call that must not leave."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, peer: Peer) -> None:
        while peer.request():
            self.count += 1
            peer.send(answer(b"1"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("read", {"thing": f"a{HALF}b"}),
        ("read", {"filter": HALF}),
        ("read", {"trace": HALF}),
        ("read", {"crumb": f"x{HALF}"}),
        ("read", {"thing": "x" * 70_000}),
        ("read", {"filter": "x" * 200_000}),
        ("read", {"filter": "é" * 30_000}),
        ("read", {"trace": "a\r\nX-Evil: 1"}),
        ("read", {"trace": "a\0"}),
        ("change", {"thing": HALF}),
        ("change", {"thing": "x" * 70_000}),
        ("change", {"body": {"name": HALF}}),
        ("change", {"body": {HALF: 1}}),
        ("change", {"body": {"deep": [{"er": HALF}]}}),
        ("change", {"body": {"odd": object()}}),
        ("send", {"body": HALF}),
        ("send", {"body": 5}),
    ],
)
def test_an_argument_that_cannot_be_written_sends_nothing(kind: str, name: str, arguments: dict[str, Any]) -> None:
    with scripted(sent := Sent()) as server:
        with pytest.raises(ArgumentError) as caught:
            calling(kind, server.origin, name, **arguments)
        assert sent.count == 0
        assert not any(ord(c) > 0xD7FF for c in str(caught.value))
        assert caught.value.__context__ is None or caught.value.__suppress_context__


@pytest.mark.parametrize(
    "options",
    [
        {"username": f"u{HALF}", "password": PASSWORD},
        {"username": USER, "password": f"{PASSWORD}{HALF}"},
        {"token": f"{PASSWORD}{HALF}"},
        {"token": PASSWORD.encode()},
        {"username": USER, "password": PASSWORD.encode()},
        {"headers": {"X-A": HALF}},
        {"headers": {HALF: "a"}},
        {"headers": {"X A": "a"}},
        {"headers": {"": "a"}},
        {"headers": {"X-A:": "a"}},
        {"headers": {"X-A": "a\nb"}},
        {"headers": {"X-A": " a"}},
        {"headers": {"X-A": 5}},
        {"headers": {b"X-A": "a"}},
        {"headers": {"Content-Length": "5"}},
        {"headers": {"Transfer-Encoding": "chunked"}},
        {"headers": [("X-A", "a")]},
        {"language": "de\r\nX-A: 1"},
        {"proxy": f"ftp://user:{PASSWORD}@proxy.example.com"},
        {"proxy": f"socks4://user:{PASSWORD}@proxy.example.com"},
        {"proxy": f"http://user:{PASSWORD}{HALF}@proxy.example.com"},
        {"proxy": f"http://user:{PASSWORD}@[::1"},
        {"proxy": f"http://user:{PASSWORD}@proxy.example.com:99999999"},
        {"proxy": f"user:{PASSWORD}"},
        {"proxy": ""},
        {"proxy": 5},
        {"limits": 5},
        {"verify": "no"},
        {"ca_bundle": "a\0b"},
        {"ca_bundle": 5},
        {"timeout": "3"},
        {"retries": 1.5},
    ],
)
@pytest.mark.parametrize("kind", ["Depot", "VCenter"])
def test_an_argument_of_the_client_that_cannot_be_used(kind: str, options: dict[str, Any]) -> None:
    if kind == "Depot" and {"username", "token"} & options.keys():
        options = {"credentials": {"api_key": options.get("token", options.get("password"))}}
        if options["credentials"]["api_key"] == PASSWORD:
            return
    with pytest.raises(ArgumentError) as caught:
        (Depot if kind == "Depot" else VCenter)("http://127.0.0.1:1", **options)
    assert PASSWORD not in str(caught.value)
    assert HALF not in str(caught.value)
    assert caught.value.__context__ is None or PASSWORD not in repr(vars(caught.value.__context__))


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_proxy_of_the_environment_of_an_unknown_kind(
    kind: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, f"gopher://user:{PASSWORD}@proxy.example.com")
    monkeypatch.setenv("NO_PROXY", "")
    for name in ("read", "change"):
        with pytest.raises(ConnectionFailed, match=r"proxy of the environment.*nothing was sent") as caught:
            calling(kind, "http://vc.example.com", name, client={"retries": 3})
        assert caught.value.permanent
        assert PASSWORD not in str(caught.value)


WHOLE = answer(b'{"name": "a"}', "X-Name: M\xfcller")


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_cuts_at_every_byte(kind: str) -> None:
    """A request that changes something is sent once, whatever comes of it."""
    cut, seen = [0], []

    def cuts(peer: Peer) -> None:
        seen.append(peer.request())
        peer.send(WHOLE[: cut[0]])

    with scripted(cuts) as server:
        for place in range(len(WHOLE)):
            cut[0] = place
            seen.clear()
            with pytest.raises(OutcomeUnknown):
                calling(kind, server.origin, "change", client={"retries": 3})
            assert len(seen) == 1
        for place in range(0, len(WHOLE), 7):
            cut[0] = place
            with pytest.raises(ConnectionFailed):
                calling(kind, server.origin, "read", client={"retries": 0})
        cut[0] = len(WHOLE)
        assert calling(kind, server.origin, "change") == {"name": "a"}


ODD_ANSWERS = (
    answer(b"{}", "X-Name: M\xfcller", "X-\xe9: \xff\xfe"),
    answer(b"{}", status="200 \xff\xfe\x80"),
    answer(b"{}", status="200"),
    answer(b"{}", "X-Long: " + "y" * 60_000),
    answer(b"\xff\xfe\x00{}"),
    answer(b"[" * 100_000),
    answer(b'{"a":' * 3000 + b"1" + b"}" * 3000),
    answer(b"1" * 5000),
    answer(b'"\\ud800"'),
    answer(b"x", kind="text/plain; charset=undefined"),
    answer(b"xn--\xff", kind="text/plain; charset=idna"),
    answer(b"x\xff", kind="text/plain; charset=punycode"),
    answer(b"x\xff", kind="text/plain; charset=\xff\xfe"),
    answer(b"x\xff", kind="text/plain; charset=unicode_escape"),
    answer(b"garbage", "Content-Encoding: gzip"),
    answer(b"\x1f\x8b\x08", "Content-Encoding: gzip, deflate, gzip"),
    answer(b"{}", "Content-Encoding: \xff"),
    answer(b"{}", status="600 Odd"),
    answer(b"{}", status="999 Odd"),
    answer(b"{}", status="101 Switching Protocols"),
    answer(b"{}", status="099 Odd"),
    answer(b"{}", status="302 Found").replace(b"Content-Type", b"Location: http://[::1\r\nContent-Type"),
    answer(b"{}", "Location: \xff\xfe//\x80", status="302 Found"),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Trailer: \xff\xfe\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\xff\xfe\0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"HTTP/9.9 200 OK\r\n\r\n",
    b"\xff\xfe\x00\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.6\r\n",
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000,
    b"HTTP/1.1 200 OK\r\n\0bad: 1\r\n\r\n{}",
    b"HTTP/1.1 \xff\xfe\xfd\r\n\r\n",
    answer(b"{}", "Retry-After: \xb2\xb2", status="503 Busy"),
    answer(b"{}", "Retry-After: Mon, 99 Foo 99999 99:99:99 GMT", status="429 Busy"),
    answer(b'{"message": "\\u001b[31m\\n\\u202e"}', "X-Request-Id: \xff", status="500 Broken"),
    answer(b'{"messages":[{"args":[{}],"default_message":"%s","params":{"a":{"i":%s}}}]}' % (b"%9s", b"1" * 4000)),
    answer(b'{"error_type":"\\u001b","messages":[{"id":5,"localized":{}}]}', status="400 \x1b"),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("odd", ODD_ANSWERS)
@pytest.mark.parametrize("name", ["read", "change", "lines", "events"])
def test_an_odd_answer_stays_in_the_family(kind: str, odd: bytes, name: str) -> None:
    def once(peer: Peer) -> None:
        peer.request()
        peer.send(odd)

    with scripted(once) as server:
        try:
            calling(kind, server.origin, name, timeout=5)
        except SdkError as problem:
            caught: Any = problem
        else:
            return
    assert name != "change" or not isinstance(caught, ConnectionFailed)
    assert all(character == "\n" or character.isprintable() for character in f"{caught}")


@pytest.mark.parametrize("seed", range(4))
def test_random_answers_stay_in_the_family(seed: int) -> None:
    """Bytes that are changed, dropped and doubled in a whole answer."""
    chosen = random.Random(seed)
    current = [b""]

    def once(peer: Peer) -> None:
        peer.request()
        peer.send(current[0])

    with scripted(once) as server, Depot(server.origin, retries=0, timeout=2) as depot:
        for _ in range(120):
            data = bytearray(chosen.choice(ODD_ANSWERS[:8])[:2000])
            for _ in range(chosen.randint(1, 6)):
                place = chosen.randrange(len(data))
                data[place : place + chosen.randint(0, 3)] = chosen.randbytes(chosen.randint(0, 3))
            current[0] = bytes(data)
            for call, odd in ((depot.things.read, OutcomeUnknown), (depot.things.change, ConnectionFailed)):
                found: list[SdkError] = []
                try:
                    call()
                except SdkError as problem:
                    found.append(problem)
                assert not any(isinstance(problem, odd) for problem in found), (odd, current[0])


@pytest.mark.parametrize("status", [404, 500])
def test_a_header_that_is_not_ascii_keeps_the_class_of_an_error(
    server: Server, simulated: Simulated, status: int
) -> None:
    reply = Reply(status, error("NOT_FOUND" if status == 404 else None), headers={"X-Name": "M\xfcller"})
    simulated.on["POST /vcenter/vcha/cluster?action=failover&vmw-task=true"] = lambda _: reply
    with VCenter(server.origin, username=USER, password=PASSWORD, timeout=5) as vc:
        with pytest.raises(ApiError) as caught:
            vc.cluster.failover(planned=True)
        assert type(caught.value).__name__ == ("NotFound" if status == 404 else "VapiServerError")
        assert caught.value.response is not None
        assert "ller" in caught.value.response.headers["x-name"]


EVIL = "\x1b]0;owned\x07\x1b[31m\r\nforged: line\u202e\u2028\x9b\ud800"


def test_what_a_server_says_has_no_power_over_a_terminal(server: Server, simulated: Simulated) -> None:
    def clean(text: str) -> None:
        assert "forged" in text
        assert "\\x1b" in text
        assert "\\n" in text
        assert all(c == "\n" or c.isprintable() for c in text), ascii(text)
        assert not any(line.startswith("forged") for line in text.splitlines())

    evil = EVIL.replace("\ud800", "")
    simulated.on["POST /vcenter/vcha/cluster?action=get"] = lambda _: Reply(
        500, error(evil, evil), headers={"X-Request-Id": "a\x9bb"}
    )
    with VCenter(server.origin, username=USER, password=PASSWORD, timeout=5) as vc:
        with pytest.raises(ServerError) as caught:
            vc.cluster.get(timeout=1)
        clean(str(caught.value))
        assert caught.value.messages[0].default_message == evil  # as data it is what came
        from tests.wire.runtime.vcenter import task

        task_error = {"status": "FAILED", "error": error(evil, evil)}
        simulated.tasks["task-1"] = task("RUNNING")
        handle = vc.cluster.failover(planned=True)
        shown: list[str] = []
        running = task(
            "RUNNING", progress={"total": 2, "completed": 1, "message": {"id": "x", "default_message": evil}}
        )
        simulated.tasks["task-1"] = running

        def told(progress: Any) -> None:
            shown.append(str(progress))
            simulated.tasks["task-1"] = {**running, **task_error}

        with pytest.raises(SdkError) as failed:
            handle.wait(timeout=5, poll=0.02, on_progress=told)
        clean(str(failed.value))
        clean(shown[0])


@pytest.mark.parametrize("kind", KINDS)
def test_closing_while_calls_run(kind: str) -> None:
    inside = threading.Semaphore(0)

    def never(peer: Peer) -> None:
        peer.request()
        inside.release()
        peer.stop.wait(20)

    found: dict[str, list[type]] = {"read": [], "change": []}
    with scripted(never) as server:
        if kind == "synchronous":
            depot = Depot(server.origin, timeout=15, retries=3)

            def call(name: str) -> None:
                try:
                    getattr(depot.things, name)()
                except BaseException as problem:
                    found[name].append(type(problem))

            threads = [threading.Thread(target=call, args=(name,)) for name in found for _ in range(8)]
            for thread in threads:
                thread.start()
            for _ in threads:
                assert inside.acquire(timeout=10)
            began = time.monotonic()
            depot.close()
            for thread in threads:
                thread.join()
            assert time.monotonic() - began < 3
        else:

            async def run() -> None:
                depot = AsyncDepot(server.origin, timeout=15, retries=3)
                calls = {asyncio.ensure_future(getattr(depot.things, name)()): name for name in found for _ in range(8)}
                for _ in calls:
                    while not inside.acquire(blocking=False):
                        await asyncio.sleep(0.01)
                await depot.close()
                done, running = await asyncio.wait(calls, timeout=3)
                assert not running
                for call in done:
                    found[calls[call]].append(type(call.exception()))

            asyncio.run(run())
    assert set(found["change"]) == {OutcomeUnknown}
    assert set(found["read"]) <= {ConnectionFailed, ClientClosed}
    assert len(found["read"]) == len(found["change"]) == 8


class Mine(Exception):
    pass


def _breaks() -> Iterator[bytes]:
    yield b"x" * 10
    raise Mine("secret of mine")


async def _abreaks() -> AsyncIterator[bytes]:
    yield b"x" * 10
    raise Mine("secret of mine")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", ["generator", "asynchronous", "texts", "exit"])
def test_a_body_whose_source_fails_is_an_outcome_nobody_knows(kind: str, source: str) -> None:
    if source == "asynchronous" and kind == "synchronous":
        return
    body: Any = {"generator": _breaks, "asynchronous": _abreaks, "texts": lambda: iter([b"x", "y"]), "exit": _breaks}[
        source
    ]()
    with scripted(Sent()) as server, pytest.raises(OutcomeUnknown, match="source of the body") as caught:
        calling(kind, server.origin, "send", body, client={"retries": 3})
    cause = caught.value.__cause__
    assert isinstance(cause, Mine | ArgumentError)
    trace, frames = cause.__traceback__, []
    while trace is not None:
        frames.append(trace.tb_frame.f_code.co_filename)
        trace = trace.tb_next
    assert frames
    assert not any("httpx2" in name or "httpcore2" in name for name in frames)


@pytest.mark.parametrize("kind", KINDS)
def test_an_exception_nobody_knows_after_the_head_left(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is called."""

    def strange(self: Any, piece: bytes) -> None:
        raise KeyError("strange")

    from vcsdk.copied.runtime import held

    monkeypatch.setattr(held.Held, "add", strange)
    with scripted(Sent()) as server:
        with pytest.raises(OutcomeUnknown, match="KeyError"):
            calling(kind, server.origin, "change", client={"retries": 3})
        with pytest.raises(ConnectionFailed, match="KeyError"):
            calling(kind, server.origin, "read")


@pytest.mark.parametrize("kind", KINDS)
def test_a_streamed_answer_is_read_once(kind: str) -> None:
    with scripted(Sent()) as server:
        if kind == "synchronous":
            with Depot(server.origin) as depot, depot.with_streaming_response(depot.things.read)() as answered:
                assert answered.read() == b"1"
                with pytest.raises(ClientClosed):
                    answered.read()
            with pytest.raises(ClientClosed):
                list(answered.iter_bytes())
            return

        async def run() -> None:
            async with AsyncDepot(server.origin) as depot:
                async with depot.with_streaming_response(depot.things.read)() as answered:
                    assert await answered.read() == b"1"
                    with pytest.raises(ClientClosed):
                        await answered.read()

        asyncio.run(run())


@pytest.mark.parametrize("count", [64, 500])
def test_an_outage_under_many_calls(count: int) -> None:
    """64 threads, 500 tasks: each call that changes something arrives at most once, and every answer is its own."""
    seen: list[bytes] = []
    lock, number = threading.Lock(), [0]

    def fails(peer: Peer) -> None:
        while request := peer.request():
            name = request.split(b" ", 2)[1].rsplit(b"/", 1)[1]
            with lock:
                seen.append(name)
                number[0] += 1
                turn = number[0] % 5
            whole = answer(b'"' + name + b'"')
            if turn == 0:
                return
            if turn == 1:
                peer.send(whole[:30])
                return
            peer.send(whole)

    wrong: list[Any] = []

    def judge(name: str, result: Any) -> None:
        if isinstance(result, BaseException):
            if not isinstance(result, OutcomeUnknown):
                wrong.append(result)
        elif result != name:
            wrong.append((name, result))

    with scripted(fails) as server:
        if count == 64:
            depot = Depot(server.origin, timeout=20)

            def work(who: int) -> None:
                for turn in range(5):
                    name = f"{who}-{turn}"
                    try:
                        judge(name, depot.things.change(thing=name))
                    except Exception as problem:
                        judge(name, problem)

            threads = [threading.Thread(target=work, args=(who,)) for who in range(count)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            depot.close()
        else:

            async def run() -> None:
                async with AsyncDepot(server.origin, timeout=20, limits=httpx2.Limits(max_connections=50)) as depot:
                    names = [str(who) for who in range(count)]
                    calls = [depot.things.change(thing=name) for name in names]
                    results = await asyncio.gather(*calls, return_exceptions=True)
                    for name, result in zip(names, results, strict=True):
                        judge(name, result)

            asyncio.run(run())
    assert wrong == []
    assert len(seen) == len(set(seen))


def test_an_answer_that_fits_nothing_is_unexpected() -> None:
    with scripted(lambda peer: (peer.request(), peer.send(answer(b"{")))[1]) as server:
        with pytest.raises(UnexpectedAnswer):
            calling("synchronous", server.origin, "read")
