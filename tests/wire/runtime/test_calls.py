"""Calls over real HTTP: bytes, sessions, retries, what is never sent twice."""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
import time
import traceback
import warnings
from typing import Any

import httpx2
import pytest
from vcsdk.copied.runtime import (
    Answer,
    ApiFacts,
    ArgumentError,
    Body,
    Client,
    ClientClosed,
    ConnectionFailed,
    InsecureConnectionWarning,
    Operation,
    OutcomeUnknown,
    Parameter,
    RateLimitError,
    Retries,
    Secret,
    SecurityFacts,
    UnexpectedAnswer,
)
from vcsdk.copied.runtime.call import captured
from vcsdk.copied.runtime.request import Credentials, _url, build, prepare

from tests.wire.runtime.bytes_server import Peer, scripted
from tests.wire.runtime.server import Reply, Seen, Server, serving
from tests.wire.runtime.vcenter import (
    PASSWORD,
    USER,
    AsyncVCenter,
    NotAllowedInCurrentState,
    Simulated,
    Unauthenticated,
    VCenter,
    error,
)

GET = "POST /vcenter/vcha/cluster?action=get"
FAILOVER = "POST /vcenter/vcha/cluster?action=failover&vmw-task=true"
QUICK = Retries(count=3, first=0.01, longest=0.02)


def test_failover_is_byte_exact(vc: VCenter, server: Server) -> None:
    task = vc.cluster.failover(planned=True)
    sent = server.seen[-1]
    assert sent.line == "POST /api/vcenter/vcha/cluster?action=failover&vmw-task=true"
    assert sent.body == b'{"planned":true}'
    assert sent.headers["content-type"] == "application/json"
    assert task.id == "task-1"


def test_an_argument_that_does_not_fit_sends_nothing(vc: VCenter, server: Server) -> None:
    with pytest.raises(ArgumentError, match=r"^planned: expected bool, got str$"):
        vc.cluster.failover(planned="yes")  # type: ignore[arg-type]
    assert server.seen == []


def test_the_session_is_made_on_first_use_kept_and_deleted(simulated: Simulated, server: Server) -> None:
    with VCenter(server.origin, username=USER, password=Secret(PASSWORD)) as vc:
        assert server.seen == []
        vc.cluster.get()
        vc.cluster.get()
        assert list(vc._transport._driver._http.cookies.jar) == []
    assert server.lines == ["POST /api/session", f"{_on_wire(GET)}", f"{_on_wire(GET)}", "DELETE /api/session"]
    assert all("cookie" not in seen.headers for seen in server.seen)
    assert simulated.sessions == set()
    with pytest.raises(ClientClosed):
        vc.cluster.get()
    vc.close()
    assert len(server.seen) == 4


def test_a_client_that_never_called_says_nothing(server: Server) -> None:
    VCenter(server.origin, username=USER, password=PASSWORD).close()
    assert server.seen == []


def test_threads_log_in_once(vc: VCenter, simulated: Simulated) -> None:
    barrier, failures = threading.Barrier(8), []

    def call() -> None:
        try:
            barrier.wait()
            vc.cluster.get()
        except Exception as problem:
            failures.append(problem)

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert simulated.logins == 1
    simulated.sessions.clear()
    threads = [threading.Thread(target=vc.cluster.get) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert simulated.logins == 2


def test_tasks_log_in_once(simulated: Simulated, server: Server) -> None:
    async def run() -> None:
        async with AsyncVCenter(server.origin, username=USER, password=PASSWORD) as vc:
            await asyncio.gather(*(vc.cluster.get() for _ in range(8)))
            simulated.sessions.clear()
            await asyncio.gather(*(vc.cluster.get() for _ in range(8)))

    asyncio.run(run())
    assert simulated.logins == 2


def test_a_cancelled_login_does_not_keep_the_lock(simulated: Simulated, server: Server) -> None:
    slow = [Reply(201, "x", hang=1.0)]
    simulated.on["POST /session"] = slow

    async def run() -> None:
        async with AsyncVCenter(server.origin, username=USER, password=PASSWORD) as vc:
            first = asyncio.ensure_future(vc.cluster.get())
            while slow:
                await asyncio.sleep(0.01)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            assert (await vc.cluster.get()).mode == "ENABLED"

    asyncio.run(run())


def test_a_wrong_password_is_tried_once(simulated: Simulated, server: Server) -> None:
    vc = VCenter(server.origin, username=USER, password="wrong-p4ss", retries=QUICK)
    with pytest.raises(Unauthenticated, match="Invalid credentials") as caught:
        vc.cluster.failover(planned=True)
    assert server.lines == ["POST /api/session"]
    assert caught.value.status == 401
    assert_holds_nothing(caught.value, "wrong-p4ss")


def test_an_expired_session_is_made_again_once_and_the_call_repeated(
    vc: VCenter, simulated: Simulated, server: Server
) -> None:
    vc.cluster.get()
    simulated.sessions.clear()
    vc.cluster.failover(planned=False)
    assert simulated.logins == 2
    assert [line for line in server.lines if "failover" in line] == [_on_wire(FAILOVER)]


def test_a_server_that_always_says_401_ends_it(vc: VCenter, simulated: Simulated, server: Server) -> None:
    simulated.on[FAILOVER] = lambda seen: Reply(401, error("UNAUTHENTICATED"))
    with pytest.raises(Unauthenticated):
        vc.cluster.failover(planned=False)
    assert server.lines.count(_on_wire(FAILOVER)) == 2
    assert simulated.logins == 2


def test_a_token_is_used_as_it_is(simulated: Simulated, server: Server) -> None:
    simulated.sessions.add("given")
    with VCenter(server.origin, token="given") as vc:
        vc.cluster.get()
        simulated.sessions.clear()
        with pytest.raises(Unauthenticated):
            vc.cluster.get()
    assert server.lines == [_on_wire(GET)] * 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"username": "u"}, "username, password"),
        ({"password": "p4ss"}, "username, password"),
        ({"username": "u", "password": "p4ss", "token": "t0k"}, "token: pass either"),
        ({"token": 3}, "token: expected text"),
        ({"token": "p4ss\u00e9"}, "token: a header takes printable ASCII only"),
        ({"token": "p4ss\n"}, "token: a header takes printable ASCII only"),
        ({"username": "a:b", "password": "p4ss"}, "username: holds a colon"),
        ({"timeout": 0}, "timeout: expected seconds"),
        ({"timeout": "5"}, "timeout: expected seconds"),
        ({"retries": -1}, "retries: expected"),
        ({"ca_bundle": "/no/such.pem"}, "ca_bundle: there is no file"),
        ({"proxy": "nonsense://x"}, "proxy: expected an address"),
        ({"headers": {"X": "a\nb"}}, "headers: x takes"),
        ({"language": "d\u00e9"}, "headers: accept-language takes"),
    ],
)
def test_a_client_refuses_what_it_cannot_use(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ArgumentError, match=said) as caught:
        VCenter("vc.example.com", **arguments)
    assert "p4ss" not in str(caught.value)


def test_a_ca_bundle_must_hold_certificates(tmp_path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(ArgumentError, match="holds no PEM certificate"):
        VCenter("vc.example.com", ca_bundle=tmp_path / "ca.pem")


def test_without_credentials_a_session_cannot_be_made(server: Server) -> None:
    with pytest.raises(ArgumentError, match="needs username and password, or a token"):
        VCenter(server.origin).cluster.get()


def test_verification_off_warns() -> None:
    with pytest.warns(InsecureConnectionWarning, match="not checked"):
        VCenter("vc.example.com", verify=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        VCenter("http://vc.example.com", verify=False)


def test_language_and_headers_travel(server: Server) -> None:
    with VCenter(server.origin, username=USER, password=PASSWORD, language="de-DE", headers={"X-A": "b"}) as vc:
        vc.cluster.get()
    assert {seen.headers["accept-language"] for seen in server.seen} == {"de-DE"}
    assert {seen.headers["x-a"] for seen in server.seen} == {"b"}


@pytest.mark.parametrize("cut", ["reset", "close"])
def test_a_cut_failover_is_never_sent_again(simulated: Simulated, server: Server, cut: str) -> None:
    simulated.on[FAILOVER] = lambda seen: Reply(cut=cut)
    vc = VCenter(server.origin, username=USER, password=PASSWORD, retries=QUICK)
    with pytest.raises(OutcomeUnknown) as caught:
        vc.cluster.failover(planned=True)
    assert server.lines.count(_on_wire(FAILOVER)) == 1
    assert caught.value.operation == "vcha.cluster.failover"
    assert "call vcha.cluster.get and see which of node1 or node2 has runtime.role ACTIVE" in str(caught.value)
    assert_holds_nothing(caught.value, PASSWORD, "t0ken")


def test_a_failover_that_is_not_answered_in_time_is_never_sent_again(simulated: Simulated, server: Server) -> None:
    simulated.on[FAILOVER] = lambda seen: Reply(202, "late", hang=5)
    vc = VCenter(server.origin, username=USER, password=PASSWORD, retries=QUICK)
    vc.cluster.get()
    with pytest.raises(OutcomeUnknown, match="no answer in time"):
        vc.cluster.failover(planned=True, timeout=0.2)
    assert server.lines.count(_on_wire(FAILOVER)) == 1


@pytest.mark.parametrize("reply", [Reply(cut="reset"), Reply(cut="close"), Reply(202, "late", hang=5)], ids=repr)
def test_nor_asynchronously(simulated: Simulated, server: Server, reply: Reply) -> None:
    simulated.on[FAILOVER] = lambda seen: reply

    async def run() -> None:
        async with AsyncVCenter(server.origin, username=USER, password=PASSWORD, retries=QUICK) as vc:
            await vc.cluster.get()
            with pytest.raises(OutcomeUnknown) as caught:
                await vc.cluster.failover(planned=True, timeout=0.5)
            assert_holds_nothing(caught.value, PASSWORD, "t0ken")

    asyncio.run(run())
    assert server.lines.count(_on_wire(FAILOVER)) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_an_error_answer_to_a_failover_is_an_answer(simulated: Simulated, server: Server, status: int) -> None:
    simulated.on[FAILOVER] = lambda seen: Reply(status, error(None), headers={"Retry-After": "0"})
    vc = VCenter(server.origin, username=USER, password=PASSWORD, retries=QUICK)
    with pytest.raises(Exception, match="No") as caught:
        vc.cluster.failover(planned=True)
    assert caught.value.status == status  # type: ignore[attr-defined]
    assert server.lines.count(_on_wire(FAILOVER)) == 1


def test_a_read_is_repeated(vc: VCenter, simulated: Simulated, server: Server) -> None:
    simulated.on[GET] = [Reply(cut="reset"), Reply(503), Reply(429, headers={"Retry-After": "0"})]
    assert vc.cluster.get().mode == "ENABLED"
    assert server.lines.count(_on_wire(GET)) == 4


def test_a_read_is_repeated_a_bounded_number_of_times(simulated: Simulated, server: Server) -> None:
    simulated.on[GET] = lambda seen: Reply(cut="reset")
    vc = VCenter(server.origin, username=USER, password=PASSWORD, retries=QUICK)
    with pytest.raises(ConnectionFailed) as caught:
        vc.cluster.get()
    assert server.lines.count(_on_wire(GET)) == 4
    assert_holds_nothing(caught.value, PASSWORD, "t0ken")


def test_a_retry_after_beyond_the_deadline_is_not_waited_for(simulated: Simulated, server: Server) -> None:
    simulated.on[GET] = lambda seen: Reply(429, headers={"Retry-After": "3600"})
    vc = VCenter(server.origin, username=USER, password=PASSWORD, retries=QUICK)
    with pytest.raises(RateLimitError):
        vc.cluster.get()
    assert server.lines.count(_on_wire(GET)) == 1


def test_an_unsafe_call_is_repeated_while_nothing_can_have_been_sent(simulated: Simulated, server: Server) -> None:
    vc = VCenter(server.origin, username=USER, password=PASSWORD, retries=Retries(count=50, first=0.02, longest=0.05))
    server.vanish()
    timer = threading.Timer(0.2, server.listen)
    timer.start()
    assert vc.cluster.failover(planned=True).id == "task-1"
    timer.join()
    assert server.lines.count(_on_wire(FAILOVER)) == 1


def test_refused_says_so_and_that_nothing_was_sent(server: Server) -> None:
    vc = VCenter(server.origin, username=USER, password=PASSWORD, retries=0)
    server.vanish()
    with pytest.raises(ConnectionFailed, match="connection refused; nothing was sent"):
        vc.cluster.failover(planned=True)


def test_a_connection_the_server_closed_while_idle_is_not_used(simulated: Simulated, server: Server) -> None:
    vc = VCenter(server.origin, username=USER, password=PASSWORD, retries=0)
    for _ in range(20):
        vc.cluster.get()
        server.vanish()
        server.listen()
        assert vc.cluster.failover(planned=True).id == "task-1"


def test_errors_are_typed_and_hold_no_token(vc: VCenter, simulated: Simulated) -> None:
    simulated.on[FAILOVER] = lambda seen: Reply(
        400,
        error("NOT_ALLOWED_IN_CURRENT_STATE", "Not now."),
        headers={"vmware-api-session-id": seen.headers["vmware-api-session-id"]},
    )
    with pytest.raises(NotAllowedInCurrentState, match="Not now") as caught:
        vc.cluster.failover(planned=True)
    assert_holds_nothing(caught.value, PASSWORD, "t0ken")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert str(copy) == str(caught.value)


def test_an_odd_login_answer_does_not_show_the_token(simulated: Simulated, server: Server) -> None:
    simulated.on["POST /session"] = lambda seen: Reply(201, {"t0ken-in": "t0ken-secret"})
    vc = VCenter(server.origin, username=USER, password=PASSWORD)
    with pytest.raises(UnexpectedAnswer) as caught:
        vc.cluster.get()
    assert_holds_nothing(caught.value, PASSWORD, "t0ken-secret")


def test_an_enveloped_server_is_understood(vc: VCenter, simulated: Simulated) -> None:
    simulated.envelope = True
    assert vc.cluster.get().node1.runtime.role == "ACTIVE"  # type: ignore[union-attr]


def test_the_log_says_what_happened_and_no_secret(
    vc: VCenter, simulated: Simulated, caplog: pytest.LogCaptureFixture
) -> None:
    simulated.on[GET] = [Reply(503)]
    with caplog.at_level(logging.DEBUG):
        vc.cluster.get()
        vc.close()
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("vcsdk")]
    assert any("POST /vcenter/vcha/cluster?action=get → 200 in" in line for line in ours)
    assert any("again in" in line and "status 503" in line for line in ours)
    for secret in (PASSWORD, "t0ken", "Basic "):
        assert secret not in caplog.text


def test_reprs_show_no_secret(vc: VCenter) -> None:
    task = vc.cluster.failover(planned=True)
    shown = f"{vc!r} {vc.cluster!r} {task!r} {vc.tasks!r} {task.info()!r} {vars(vc)!r} {vars(vc._transport)!r}"
    caller = vc._transport.caller
    shown += f"{vars(caller)!r} {vars(caller.session)!r} {vars(caller.line)!r} {vars(task)!r}"
    assert repr(vc) == f"VCenter('{vc._target}', username='{USER}')"
    assert PASSWORD not in shown
    assert "t0ken" not in shown


def test_raw_responses(vc: VCenter, server: Server) -> None:
    raw = vc.with_raw_response(vc.cluster.get)(timeout=3)
    assert raw.status == 200
    assert raw.headers["Content-Type"] == "application/json"
    assert raw.content.startswith(b'{"mode"')
    assert raw.parsed.mode == "ENABLED"
    started = vc.with_raw_response(vc.cluster.failover)(planned=True)
    assert (started.status, started.parsed.id) == (202, "task-1")
    assert captured.get() is None, "a later call must not be collected any more"

    async def run() -> None:
        async with AsyncVCenter(server.origin, username=USER, password=PASSWORD) as avc:
            both = await asyncio.gather(
                avc.with_raw_response(avc.cluster.get)(), avc.with_raw_response(avc.cluster.failover)(planned=True)
            )
            assert [both[0].status, both[1].status] == [200, 202]

    asyncio.run(run())


PLAIN = ApiFacts(
    security={
        "basic": SecurityFacts("basic"),
        "bearer": SecurityFacts("bearer"),
        "key": SecurityFacts("header", "X-Key"),
        "query": SecurityFacts("query", "api key"),
        "cookie": SecurityFacts("cookie", "sid"),
    }
)


class Plain(Client):
    @classmethod
    def _describe(cls) -> ApiFacts:
        return PLAIN


@pytest.mark.parametrize(
    ("security", "arguments", "expected"),
    [
        ("basic", {"username": "u", "password": "p"}, {"authorization": "Basic dTpw"}),
        ((("bearer",),), {"token": "t"}, {"authorization": "Bearer t"}),
        ((("key",),), {"token": "t"}, {"x-key": "t"}),
        ((("query",),), {"token": "t&x"}, {"target": "/x?c=d&a=1&api%20key=t%26x"}),
        ((("cookie",),), {"token": "t"}, {"cookie": "k=v; sid=t"}),
        ((("basic", "key"), ("bearer",)), {"token": "t"}, {"authorization": "Bearer t"}),
        ((("basic",), ()), {}, {}),
        ("none", {"token": "t"}, {}),
        ("basic", {}, {}),
    ],
)
def test_plain_security(security: Any, arguments: dict[str, str], expected: dict[str, str]) -> None:
    operation = Operation(
        name="x",
        method="GET",
        path="/x",
        query=(("c", "d"),),
        parameters=(Parameter("a", "a", "query", type=int), Parameter("k", "k", "cookie", type=str)),
        answers={"200": Answer(None)},
        security=security,
    )
    with serving(lambda seen: Reply(200)) as server, Plain(server.origin, **arguments) as client:
        client._transport.call(operation, {"a": 1, "k": "v"})
        seen = server.seen[0]
    found = {"target": seen.target, **seen.headers}
    assert {name: found.get(name) for name in expected} == expected
    if not expected:
        assert "authorization" not in found


def test_a_key_in_the_query_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    operation = Operation(name="x", method="GET", path="/x", answers={"200": Answer(None)}, security=(("query",),))
    with (
        caplog.at_level(logging.DEBUG),
        serving(lambda seen: Reply(200)) as server,
        Plain(server.origin, token="h1dden") as client,
    ):
        client._transport.call(operation, {})
    assert "api%20key=***" in caplog.text
    assert "h1dden" not in caplog.text


@pytest.mark.parametrize(
    "secret",
    [
        'h1dden\'and"both"',
        "h1dden\\'\"x",
        'h1dden"only',
        "h1dden'only",
        "h1dden\\",
        "h1dden'), (b'x', b'\"y",
        "h1ddenü'\"",
    ],
)
@pytest.mark.parametrize("name", ["Set-Cookie", "Location", "Authorization"])
def test_no_quotation_mark_ends_the_masking_of_a_header(
    caplog: pytest.LogCaptureFixture, secret: str, name: str
) -> None:
    operation = Operation(name="x", method="GET", path="/x", answers={"200": Answer(None)}, security=())

    def script(peer: Peer) -> None:
        while peer.request():
            head = f"HTTP/1.1 200 OK\r\n{name}: {secret}\r\nX-Plain: shown\r\nContent-Length: 0\r\n\r\n"
            peer.send(head.encode("latin-1"))

    with caplog.at_level(logging.DEBUG), scripted(script) as server, Plain(server.origin, token="t") as client:
        client._transport.call(operation, {})
    assert "shown" in caplog.text
    for part in (secret[:6], secret[-6:], repr(secret.encode("latin-1"))[-7:-1]):
        assert part not in caplog.text.replace("'X-Plain', b'shown'", "")


def test_a_streamed_upload_is_sent_once(tmp_path) -> None:
    operation = Operation(
        name="x",
        method="PUT",
        path="/x",
        body=Body(bytes, "application/octet-stream"),
        answers={"200": Answer(None)},
        security="none",
        safe=True,
    )
    (tmp_path / "f").write_bytes(b"a" * 100_000)

    def answer(seen: Seen) -> Reply:
        return Reply(503)

    with serving(answer) as server, Plain(server.origin) as client, (tmp_path / "f").open("rb") as file:
        with pytest.raises(Exception, match="503"):
            client._transport.call(operation, {}, body=file)
        assert [len(seen.body) for seen in server.seen] == [100_000]


def test_headers_given_twice_travel_once(server: Server) -> None:
    with VCenter(server.origin, username=USER, password=PASSWORD, headers={"USER-AGENT": "mine"}) as vc:
        vc.cluster.get()
    assert {seen.headers["user-agent"] for seen in server.seen} == {"mine"}


def test_a_header_cannot_be_split(server: Server) -> None:
    operation = Operation(name="x", method="GET", path="/x", parameters=(Parameter("h", "X-H", "header", type=str),))
    with pytest.raises(ArgumentError, match="h: a header takes printable ASCII only"):
        Plain(server.origin)._transport.call(operation, {"h": "a\r\nX-Evil: 1"})
    assert server.seen == []


@pytest.mark.parametrize("value", [" a", "a ", "Bearer ", " "])
def test_a_header_that_would_lose_its_blanks_is_not_sent(server: Server, value: str) -> None:
    operation = Operation(name="x", method="GET", path="/x", parameters=(Parameter("h", "X-H", "header", type=str),))
    with pytest.raises(ArgumentError, match="h: a header neither begins nor ends with a blank"):
        Plain(server.origin)._transport.call(operation, {"h": value})
    assert server.seen == []


@pytest.mark.parametrize("wire", ["header param", "h:", "é", ""])
def test_a_header_that_http_cannot_have_is_an_argument_error(server: Server, wire: str) -> None:
    operation = Operation(name="x", method="GET", path="/x", parameters=(Parameter("h", wire, "header", type=str),))
    with pytest.raises(ArgumentError, match="h: no header can be called"):
        Plain(server.origin)._transport.call(operation, {"h": "a"})
    assert server.seen == []


def _on_wire(line: str) -> str:
    return line.replace(" /", " /api/", 1)


def assert_holds_nothing(problem: BaseException, *secrets: str) -> None:
    """Neither the error, nor what it was raised from, nor anything they refer to holds a secret."""
    seen: set[int] = set()

    def walk(value: object, depth: int = 0) -> None:
        if id(value) in seen or depth > 8:
            return
        seen.add(id(value))
        assert not isinstance(value, httpx2.Request | httpx2.Response | httpx2.HTTPError), value
        if isinstance(value, bytes | str):
            text = value.decode("latin-1") if isinstance(value, bytes) else value
            assert not any(secret in text for secret in secrets), text
        elif isinstance(value, dict):
            for item in value.items():
                walk(item, depth + 1)
        elif isinstance(value, list | tuple | set | frozenset):
            for item in value:
                walk(item, depth + 1)
        elif isinstance(value, BaseException):
            walk([value.args, vars(value), value.__cause__, value.__context__], depth + 1)
        elif isinstance(value, httpx2.Headers):
            walk(value.multi_items(), depth + 1)
        elif hasattr(value, "__slots__") and not isinstance(value, type):
            walk([getattr(value, name, None) for name in value.__slots__], depth + 1)

    walk(problem)
    text = "".join(traceback.format_exception(problem))
    assert not any(secret in text for secret in secrets)


def test_the_pool_is_made_once_for_the_first_requests(server: Server, simulated: Simulated) -> None:
    with VCenter(server.origin, username=USER, password=PASSWORD) as vc:
        driver = vc._transport._driver
        pool = driver._pools._own.get()
        assert pool.made is None
        made: list[httpx2.Client] = []
        make = pool._make

        def slowly() -> httpx2.Client:
            time.sleep(0.05)
            made.append(make())
            return made[-1]

        pool._make = slowly
        threads = [threading.Thread(target=lambda: driver._http) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        vc.cluster.get()
        assert made == [pool.made]
    assert made[0].is_closed


def test_a_client_that_sent_nothing_closes(server: Server) -> None:
    async def asynchronous() -> None:
        async with AsyncVCenter(server.origin, token="t") as vc:
            pass
        assert vc._transport._driver._pools.get().made() == {}

    with VCenter(server.origin, token="t") as vc:
        pass
    assert vc._transport._driver._pools._own.get().made is None
    asyncio.run(asynchronous())
    assert server.seen == []


def test_an_argument_that_cannot_be_used_is_refused_before_any_request(server: Server) -> None:
    with pytest.raises(ArgumentError, match="ca_bundle"):
        VCenter("vc.example.com", token="t", ca_bundle="absent.pem")
    assert server.seen == []


def test_equal_urls_are_taken_apart_once_and_those_with_a_key_never_kept() -> None:
    operation = Operation(name="a", method="GET", path="/lamps")
    _url.cache_clear()
    for credentials in (Credentials(), Credentials(), Credentials(query=(("key", "secret"),))):
        request = build(prepare(operation, {}, None), "http://h", {}, credentials, {})
        assert str(request.url).startswith("http://h/lamps")
    assert (_url.cache_info().hits, _url.cache_info().currsize) == (1, 1)
