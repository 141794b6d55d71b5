"""No traceback with the locals of our frames, no `repr`, no pickle and no `vars()` shows a token or a password."""

from __future__ import annotations

import asyncio
import copy
import io
import pickle
import threading
import types
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from rich.console import Console
from rich.pretty import pretty_repr
from rich.traceback import Traceback
from vcsdk.copied.runtime import ArgumentError, Body, Model, Operation, SdkError, Secret
from vcsdk.copied.runtime import __file__ as runtime_file
from vcsdk.copied.runtime.effects import Send
from vcsdk.copied.runtime.raw import RawAnswer, RawResponse
from vcsdk.copied.runtime.request import Credentials, prepare
from vcsdk.copied.runtime.secret import Concealed, hidden

from tests.wire.runtime.bytes_server import Peer, answer, scripted
from tests.wire.runtime.server import Reply, Server
from tests.wire.runtime.things import KINDS
from tests.wire.runtime.vcenter import PASSWORD, USER, AsyncVCenter, Simulated, VCenter, error

TOKEN = "t0ken-0123456789-abcdef"
HEADER = "own-header-s3cr3t"
OURS = runtime_file.rsplit("/", 1)[0]
GET = "POST /vcenter/vcha/cluster?action=get"


def everything(problem: BaseException) -> str:
    """What rich shows of it with locals, and what stands in our own frames of the whole chain, suppressed or not."""
    found = Traceback.extract(
        type(problem), problem, problem.__traceback__, show_locals=True, locals_max_length=50, locals_max_string=2000
    )
    for stack in found.stacks:  # the frames of this file hold what was given to the client, and are the user's own
        stack.frames = [frame for frame in stack.frames if "/tests/" not in frame.filename]
    out = io.StringIO()
    Console(file=out, width=200).print(Traceback(found))
    parts = [out.getvalue()]
    seen: set[int] = set()
    rest: list[BaseException | None] = [problem]
    while rest:
        current = rest.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        rest += [current.__cause__, current.__context__]
        parts += [str(current), repr(current), repr(vars(current))]
        parts += [repr(getattr(current, name, None)) for name in ("object", "args")]
        trace = current.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename.startswith(OURS):
                for value in trace.tb_frame.f_locals.values():
                    parts += [repr(value), pretty_repr(value, max_length=50)]
            trace = trace.tb_next
    return "\n".join(parts)


def _raised(call: Callable[[], Any]) -> BaseException:
    try:
        call()
    except SdkError as problem:
        return problem
    raise AssertionError("nothing was raised")


def _failing(kind: str, origin: str, **options: Any) -> BaseException:
    def run() -> None:
        if kind == "synchronous":
            VCenter(origin, **options).cluster.failover(planned=True)
            return

        async def call() -> None:
            vc = AsyncVCenter(origin, **options)
            await vc.cluster.failover(planned=True)

        asyncio.run(call())

    return _raised(run)


def _login(reply: Reply) -> Callable[[Simulated], None]:
    def plan(simulated: Simulated) -> None:
        simulated.on["POST /session"] = lambda _: reply

    return plan


def _call(reply: Reply) -> Callable[[Simulated], None]:
    def plan(simulated: Simulated) -> None:
        simulated.on["POST /session"] = lambda _: _registered(simulated)
        simulated.on["POST /vcenter/vcha/cluster?action=failover&vmw-task=true"] = lambda _: reply

    return plan


def _registered(simulated: Simulated) -> Reply:
    simulated.sessions.add(TOKEN)
    return Reply(201, TOKEN, headers={"Set-Cookie": f"vmware-api-session-id={TOKEN};Path=/api"})


PATHS = {
    "login refused": _login(Reply(401, error("UNAUTHENTICATED"))),
    "login cut": _login(Reply(cut="close")),
    "login answers no token": _login(Reply(201, {"token": TOKEN})),
    "login answers a token that no header carries": _login(Reply(201, TOKEN + "\n")),
    "login answers no JSON": _login(Reply(201, body=b'"' + TOKEN.encode())),
    "login answers another status": _login(Reply(302, TOKEN)),
    "call refused": _call(Reply(403, error("UNAUTHORIZED"), headers={"vmware-api-session-id": TOKEN})),
    "call cut": _call(Reply(cut="reset")),
    "call in vain": _call(Reply(hang=2)),
    "answer does not fit": _call(Reply(202, {"x": 1}, headers={"Set-Cookie": f"a={TOKEN}"})),
    "answer too large": _call(Reply(202, "x" * 5000, headers={"Set-Cookie": f"a={TOKEN}"})),
    "session lost": _call(Reply(401, error("UNAUTHENTICATED"))),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", PATHS)
def test_no_failure_shows_a_secret(kind: str, path: str, server: Server, simulated: Simulated) -> None:
    PATHS[path](simulated)
    problem = _failing(
        kind,
        server.origin,
        username=USER,
        password=PASSWORD,
        timeout=0.7,
        retries=0,
        max_answer_bytes=3000,
        headers={"X-Own-Key": HEADER},
    )
    text = everything(problem) + repr(pickle.loads(pickle.dumps(problem))) + _readable(pickle.dumps(problem))
    for secret in (PASSWORD, TOKEN, HEADER):
        assert secret not in text
    assert "drive_" in text  # our frames were there to be searched


def _readable(data: bytes) -> str:
    return data.decode("latin-1")


BAD = (
    {"username": "a:b", "password": PASSWORD},
    {"username": USER, "password": PASSWORD + "\udcff"},
    {"username": USER, "password": PASSWORD, "timeout": -1},
    {"username": USER, "password": PASSWORD, "token": TOKEN},
    {"username": USER, "password": PASSWORD.encode()},
    {"token": TOKEN + "\n"},
    {"token": TOKEN + "é"},
    {"token": TOKEN, "ca_bundle": "absent.pem"},
    {"token": TOKEN, "headers": {"Authorization": f"Bearer {HEADER}", "X A": HEADER}},
    {"token": TOKEN, "headers": {"Authorization": f"Bearer {HEADER}\n"}},
    {"token": TOKEN, "proxy": f"ftp://user:{PASSWORD}@proxy.example.com"},
    {"token": TOKEN, "proxy": f"http://user:{PASSWORD}@proxy.example.com", "retries": -1},
    {"token": TOKEN, "proxy": f"http://user:{PASSWORD}\udcff@proxy.example.com"},
    {"credentials": {"api_key": TOKEN + "\n", "other": PASSWORD}, "verify": 5},
    {"credentials": {"api_key": TOKEN.encode()}},
)


@pytest.mark.parametrize("client", [VCenter, AsyncVCenter])
@pytest.mark.parametrize("options", BAD)
def test_no_refused_argument_shows_a_secret(client: type, options: dict[str, Any]) -> None:
    problem = _raised(lambda: client("http://127.0.0.1:1", **options))
    assert isinstance(problem, ArgumentError)
    text = everything(problem)
    for secret in (PASSWORD, TOKEN, HEADER):
        assert secret not in text


class Spec(Model):
    name: str
    password: Secret | None = None
    count: int = 0


SET = Operation(name="set", method="POST", path="/set", body=Body(Spec), security="session")


@pytest.mark.parametrize(
    "spec", [Spec(name="a\udcff", password=Secret(PASSWORD)), Spec(name="a", password=PASSWORD, count="x")]
)  # type: ignore[arg-type]
def test_no_refused_body_shows_a_secret(spec: Spec) -> None:
    problem = _raised(lambda: prepare(SET, {}, spec))
    assert PASSWORD not in everything(problem)


def test_a_key_in_an_address_that_is_too_long_shows_nowhere(server: Server) -> None:
    from vcsdk.copied.runtime import ApiFacts, Client, SecurityFacts

    facts = ApiFacts(security={"k": SecurityFacts("query", "key", ("api_key",))})
    operation = Operation(name="a", method="GET", path="/a", security=(("k",),))

    class Keyed(Client):
        @classmethod
        def _describe(cls) -> ApiFacts:
            return facts

    keyed = Keyed(server.origin, credentials={"api_key": TOKEN * 5000})
    problem = _raised(lambda: keyed._transport.call(operation, {}))
    assert isinstance(problem, ArgumentError)
    assert TOKEN not in everything(problem)


def _reached(value: Any, seen: set[int], depth: int = 0) -> Iterator[Any]:
    """Everything that `vars()` leads to."""
    if id(value) in seen or depth > 12 or isinstance(value, type | types.ModuleType):
        return
    seen.add(id(value))
    yield value
    inside = list(vars(value).values()) if hasattr(value, "__dict__") else []
    if type(value) in (list, tuple, set, frozenset):
        inside += value
    if type(value) is dict:
        inside += value.values()
    for part in inside:
        yield from _reached(part, seen, depth + 1)


def test_vars_of_a_client_show_nothing(server: Server, simulated: Simulated) -> None:
    proxy = f"http://user:{PASSWORD}@127.0.0.1:1"
    with VCenter(server.origin, username=USER, password=PASSWORD, headers={"X-Own-Key": HEADER}) as vc:
        vc.cluster.get()
        (token,) = simulated.sessions
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
            pickle.dumps(vc)
        for client in (vc, VCenter(server.origin, token=TOKEN, proxy=proxy), AsyncVCenter(server.origin, token=TOKEN)):
            seen = list(_reached(client, set()))
            assert len(seen) > 20
            for value in seen:
                shown = repr(value)
                assert not any(secret in shown for secret in (PASSWORD, TOKEN, HEADER, token)), type(value)
                if not type(value).__module__.startswith(("httpx2", "httpcore2")):
                    shown = pretty_repr(value, max_length=20)
                    assert not any(secret in shown for secret in (PASSWORD, TOKEN, HEADER, token)), type(value)


@pytest.mark.parametrize(
    "value",
    [
        Credentials(headers={"authorization": TOKEN}),
        RawAnswer(200, httpx2.Headers({"x": TOKEN}), TOKEN.encode()),
        RawResponse(200, httpx2.Headers({"x": TOKEN}), TOKEN.encode(), TOKEN),
        Send(httpx2.Request("GET", f"http://h/?key={TOKEN}", headers={"x": TOKEN})),
        prepare(Operation(name="a", method="GET", path="/a"), {}, None),
        Spec(name="a", password=TOKEN),  # type: ignore[arg-type]
        [Spec(name="a", password=Secret(TOKEN))],
        Secret(TOKEN),
        Concealed(a=TOKEN),
        hidden(TOKEN.encode()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_neither_repr_nor_rich_shows_it(value: Any) -> None:
    assert TOKEN not in repr(value)
    assert TOKEN not in pretty_repr(value)
    assert TOKEN not in str(value)


def test_a_secret_is_left_out_of_a_pickle() -> None:
    secret = Secret(PASSWORD)
    data = pickle.dumps([secret, Spec(name="a", password=secret)])
    assert PASSWORD not in _readable(data)
    lost, spec = pickle.loads(data)
    assert repr(lost) == repr(secret)
    assert lost != secret
    assert spec.name == "a"
    with pytest.raises(ValueError, match="left out of pickles"):
        lost.reveal()
    with pytest.raises(ArgumentError):
        prepare(SET, {}, spec)
    assert copy.copy(secret) is secret
    assert copy.deepcopy([secret])[0].reveal() == PASSWORD
    with pytest.raises(TypeError):
        pickle.dumps(Credentials(headers={"authorization": PASSWORD}))


def test_an_interrupt_shows_nothing_in_our_frames() -> None:
    """Not ours to catch; our own frames are in its traceback all the same."""

    def never(peer: Peer) -> None:
        if b"/session" in peer.request():
            peer.send(answer(f'"{TOKEN}"'.encode(), status="201 Created"))
            peer.request()
        peer.stop.wait(20)

    async def run(origin: str) -> None:
        vc = AsyncVCenter(origin, username=USER, password=PASSWORD)
        call = asyncio.ensure_future(vc.cluster.failover(planned=True))
        await asyncio.sleep(0.3)
        call.cancel()
        await call

    with scripted(never) as server:
        try:
            asyncio.run(run(server.origin))
        except asyncio.CancelledError as problem:
            text = everything(problem)
        assert "drive_async" in text
        assert PASSWORD not in text
        assert TOKEN not in text
    assert threading.active_count() < 50
