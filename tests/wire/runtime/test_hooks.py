"""Hooks: what they are told of each request, what they add, and what becomes of what they raise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from vcsdk.copied.runtime import ArgumentError, ConnectionFailed, NotFoundError, OutcomeUnknown
from vcsdk.copied.runtime.hooks import HookRequest, HookResponse, Hooks

from tests.wire.runtime.server import Reply, Server, serving
from tests.wire.runtime.test_secrets import everything
from tests.wire.runtime.vcenter import PASSWORD, USER, AsyncVCenter, Simulated, VCenter, error, task

GET = "POST /vcenter/vcha/cluster?action=get"


class Told:
    """Hooks that note what they are told, sync or async."""

    def __init__(self, *, asynchronous: bool = False) -> None:
        self.notes: list[str] = []
        self.requests: list[HookRequest] = []
        self.errors: list[BaseException] = []
        self.hooks = Hooks(
            before_request=self._abefore if asynchronous else self._before,
            after_response=self._aafter if asynchronous else self._after,
            on_error=self._aerror if asynchronous else self._error,
        )

    def _before(self, request: HookRequest) -> None:
        self.requests.append(request)
        request.state[self] = len(self.requests)
        self.notes.append(f"before {request.purpose} {request.operation} {request.resend_count}")

    def _after(self, request: HookRequest, response: HookResponse) -> None:
        assert request.state[self] == len(self.requests)
        assert response.seconds > 0
        self.notes.append(f"after {request.operation} {response.status}")

    def _error(self, request: HookRequest, error: BaseException) -> None:
        self.errors.append(error)
        self.notes.append(f"error {request.operation} {type(error).__name__}")

    async def _abefore(self, request: HookRequest) -> None:
        await asyncio.sleep(0)
        self._before(request)

    async def _aafter(self, request: HookRequest, response: HookResponse) -> None:
        await asyncio.sleep(0)
        self._after(request, response)

    async def _aerror(self, request: HookRequest, error: BaseException) -> None:
        await asyncio.sleep(0)
        self._error(request, error)


def run(kind: str, origin: str, call: Callable[[Any], Any], **options: Any) -> Any:
    """A call of a client that is closed afterwards."""
    given = {"username": USER, "password": PASSWORD, "timeout": 5.0, **options}
    if kind == "sync":
        with VCenter(origin, **given) as vc:
            return call(vc)

    async def main() -> Any:
        async with AsyncVCenter(origin, **given) as vc:
            found = call(vc)
            return await found if hasattr(found, "__await__") else found

    return asyncio.run(main())


KINDS = pytest.mark.parametrize(("kind", "asynchronous"), [("sync", False), ("async", False), ("async", True)])
BOTH = pytest.mark.parametrize("kind", ["sync", "async"])


@KINDS
def test_a_login_a_call_and_a_logout_are_told_apart(kind: str, asynchronous: bool, server: Server) -> None:
    told = Told(asynchronous=asynchronous)
    run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=told.hooks)
    assert told.notes == [
        "before login session.create 0",
        "after session.create 201",
        "before call vcha.cluster.get 0",
        "after vcha.cluster.get 200",
        "before logout session.delete 0",
        "after session.delete 204",
    ]
    seen = told.requests[1]
    assert (seen.method, seen.template) == ("POST", "/vcenter/vcha/cluster")
    assert seen.url == f"{server.origin}/api/vcenter/vcha/cluster?action=get"
    assert PASSWORD not in repr(told.requests)


@KINDS
def test_repetitions_and_a_session_that_is_made_again_are_counted(
    kind: str, asynchronous: bool, server: Server, simulated: Simulated
) -> None:
    told = Told(asynchronous=asynchronous)
    simulated.on[GET] = [Reply(503, error("SERVICE_UNAVAILABLE")), Reply(401, error("UNAUTHENTICATED"))]
    run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=[told.hooks])
    assert [note for note in told.notes if "cluster" in note or "create" in note] == [
        "before login session.create 0",
        "after session.create 201",
        "before call vcha.cluster.get 0",
        "after vcha.cluster.get 503",
        "before call vcha.cluster.get 1",
        "after vcha.cluster.get 401",
        "before login session.create 0",
        "after session.create 201",
        "before call vcha.cluster.get 2",
        "after vcha.cluster.get 200",
    ]


@KINDS
def test_looks_at_a_task_are_told_apart(kind: str, asynchronous: bool, server: Server, simulated: Simulated) -> None:
    told = Told(asynchronous=asynchronous)

    def done(vc: Any) -> Any:
        started = vc.cluster.failover(planned=True)
        if kind == "sync":
            simulated.tasks["task-1"] = task("SUCCEEDED")
            return started.wait(timeout=5)

        async def wait() -> Any:
            handle = await started
            simulated.tasks["task-1"] = task("SUCCEEDED")
            return await handle.wait(timeout=5)

        return wait()

    run(kind, server.origin, done, hooks=told.hooks)
    before = [note for note in told.notes if note.startswith("before ")]
    assert before == [
        "before login session.create 0",
        "before poll vcha.cluster.get 0",
        "before call vcha.cluster.failover 0",
        "before poll cis.tasks.get 0",
        "before logout session.delete 0",
    ]


@KINDS
def test_an_answer_is_an_answer_and_no_answer_is_an_error(
    kind: str, asynchronous: bool, server: Server, simulated: Simulated
) -> None:
    told = Told(asynchronous=asynchronous)
    simulated.on[GET] = [Reply(404, error("NOT_FOUND")), Reply(cut="reset"), Reply(cut="reset")]
    with pytest.raises(NotFoundError):
        run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=told.hooks)
    with pytest.raises(ConnectionFailed) as failed:
        run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=told.hooks, retries=1)
    notes = [note for note in told.notes if "cluster" in note]
    assert notes == [
        "before call vcha.cluster.get 0",
        "after vcha.cluster.get 404",
        *("before call vcha.cluster.get 0", "error vcha.cluster.get ConnectionFailed"),
        *("before call vcha.cluster.get 1", "error vcha.cluster.get ConnectionFailed"),
    ]
    assert str(told.errors[-1]) == str(failed.value)
    simulated.on["POST /vcenter/vcha/cluster?action=failover&vmw-task=true"] = [Reply(cut="close")]
    with pytest.raises(OutcomeUnknown):
        run(kind, server.origin, lambda vc: vc.cluster.failover(planned=True), hooks=told.hooks)
    assert isinstance(told.errors[-1], OutcomeUnknown)


@KINDS
def test_headers_are_added_in_order_and_to_each_request(kind: str, asynchronous: bool, server: Server) -> None:
    met: list[dict[str, str]] = []

    def first(request: HookRequest) -> None:
        request.add_header("X-Trace", "1")
        request.add_header("X-Both", "1")

    def second(request: HookRequest) -> None:
        met.append(request.headers)
        request.add_header("x-both", "2")

    async def asecond(request: HookRequest) -> None:
        second(request)

    hooks = [Hooks(before_request=first), Hooks(before_request=asecond if asynchronous else second)]
    run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=hooks, headers={"X-Own": PASSWORD})
    assert [(seen.headers["x-trace"], seen.headers["x-both"]) for seen in server.seen] == [("1", "2")] * 3
    assert {(headers["x-trace"], headers["x-own"]) for headers in met} == {("1", "***")}
    assert [headers.get("authorization") for headers in met] == ["***", None, None]
    assert [headers.get("vmware-api-session-id") for headers in met] == [None, "***", "***"]
    assert met[1]["content-length"] == "0"
    assert server.seen[1].headers["x-own"] == PASSWORD


@BOTH
def test_secrets_are_masked_and_can_be_revealed(kind: str, server: Server, simulated: Simulated) -> None:
    shown: list[str] = []
    real: list[str] = []

    def before(request: HookRequest) -> None:
        shown.append(f"{request!r} {request.url} {request.headers} {vars(request)['state']}")
        real.append(str(request.reveal().headers.get("authorization", "")))

    def after(request: HookRequest, response: HookResponse) -> None:
        shown.append(f"{response!r} {response.headers}")
        real.append(response.reveal().content.decode())

    run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=Hooks(before_request=before, after_response=after))
    (token,) = {seen.headers["vmware-api-session-id"] for seen in server.seen[1:]}
    assert not any(secret in text for text in shown for secret in (PASSWORD, token))
    assert "'set-cookie': '***'" in shown[1]
    assert real[0].startswith("Basic ")
    assert token in real[1]


class Refusal(Exception):
    pass


@KINDS
@pytest.mark.parametrize("operation", ["session.create", "vcha.cluster.get"])
def test_what_a_hook_raises_before_a_request_reaches_the_caller(
    operation: str, kind: str, asynchronous: bool, server: Server
) -> None:
    refusal = Refusal("no")
    first = Told(asynchronous=asynchronous)
    last = Told(asynchronous=asynchronous)

    def refuse(request: HookRequest) -> None:
        if request.operation == operation:
            raise refusal

    async def arefuse(request: HookRequest) -> None:
        refuse(request)

    hooks = [first.hooks, Hooks(before_request=arefuse if asynchronous else refuse), last.hooks]
    with pytest.raises(Refusal) as caught:
        run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=hooks)
    assert caught.value is refusal
    assert PASSWORD not in everything(caught.value)
    name = "/session" if operation == "session.create" else "/vcenter/vcha/cluster?action=get"
    assert not any(line == f"POST /api{name}" for line in server.lines), "nothing was sent"
    assert first.errors == [refusal]
    assert last.errors == []
    assert not any(operation in note for note in last.notes)


@KINDS
def test_what_a_hook_raises_afterwards_changes_nothing(
    kind: str, asynchronous: bool, server: Server, simulated: Simulated, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise Refusal(PASSWORD)

    async def abroken(*_: Any) -> None:
        raise Refusal(PASSWORD)

    raising = abroken if asynchronous else broken
    told = Told(asynchronous=asynchronous)
    hooks = [Hooks(after_response=raising, on_error=raising), told.hooks]
    with caplog.at_level(logging.WARNING):
        assert run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=hooks).mode == "ENABLED"
        simulated.on[GET] = [Reply(cut="reset")]
        with pytest.raises(ConnectionFailed):
            run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=hooks, retries=0)
    assert "after vcha.cluster.get 200" in told.notes
    assert "error vcha.cluster.get ConnectionFailed" in told.notes
    assert "POST /vcenter/vcha/cluster?action=get: a hook raised Refusal" in caplog.text
    assert PASSWORD not in caplog.text


@BOTH
def test_a_session_ends_although_a_hook_keeps_the_logout_from_leaving(kind: str, server: Server) -> None:
    def refuse(request: HookRequest) -> None:
        if request.purpose == "logout":
            raise Refusal

    with pytest.raises(Refusal):
        run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=Hooks(before_request=refuse))
    assert not any(line.startswith("DELETE") for line in server.lines)


@pytest.mark.parametrize(
    ("hooks", "said"),
    [
        (print, "hooks: expected Hooks"),
        ([print], "hooks: expected Hooks"),
        ({}, "hooks: expected Hooks"),
        (Hooks(before_request="x"), "hooks: expected functions"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_hooks_is_refused(hooks: Any, said: str) -> None:
    for client in (VCenter, AsyncVCenter):
        with pytest.raises(ArgumentError, match=said):
            client("h", hooks=hooks)


def test_an_asynchronous_function_needs_the_asynchronous_client(server: Server) -> None:
    class Awaited:
        async def __call__(self, request: HookRequest) -> None:
            pass

    async def function(request: HookRequest) -> None:
        pass

    for each in (function, Awaited()):
        with pytest.raises(ArgumentError, match="asynchronous client"):
            VCenter("h", hooks=Hooks(before_request=each))
    # What does not look like one is found out when it is called; nothing is sent.
    hooks = Hooks(before_request=lambda request: (request.method and function)(request))
    with pytest.raises(ArgumentError, match="asynchronous client"):
        run("sync", server.origin, lambda vc: vc.cluster.get(), hooks=hooks)
    assert server.seen == []


@BOTH
@pytest.mark.parametrize(
    "header", [("Content-Length", "1"), ("a b", "c"), ("x", "a\nb"), ("x", "é"), (7, "a"), ("x", 7)]
)
def test_a_header_that_cannot_be_sent_is_refused_before_anything_is(
    kind: str, header: tuple[Any, Any], server: Server
) -> None:
    with pytest.raises(ArgumentError, match="headers: "):
        run(
            kind,
            server.origin,
            lambda vc: vc.cluster.get(),
            hooks=Hooks(before_request=lambda r: r.add_header(*header)),
        )
    assert server.seen == []


@BOTH
def test_a_request_that_has_left_takes_no_header(kind: str, server: Server) -> None:
    problems: list[BaseException] = []

    def late(request: HookRequest, response: HookResponse) -> None:
        with pytest.raises(ArgumentError) as caught:
            request.add_header("x", "1")
        problems.append(caught.value)

    run(kind, server.origin, lambda vc: vc.cluster.get(), hooks=Hooks(after_response=late))
    assert len(problems) == 3


def test_an_asynchronous_hook_before_a_request_is_bounded_by_the_time_of_the_call(server: Server) -> None:
    told = Told()

    async def endless(request: HookRequest) -> None:
        await asyncio.Event().wait()

    with pytest.raises(ConnectionFailed, match="a hook took too long; nothing was sent"):
        run(
            "async",
            server.origin,
            lambda vc: vc.cluster.get(),
            hooks=[told.hooks, Hooks(before_request=endless)],
            timeout=0.3,
        )
    assert server.seen == []
    assert told.notes == ["before login session.create 0", "error session.create ConnectionFailed"]


def test_an_error_hook_is_told_although_the_time_has_run_out() -> None:
    told = Told(asynchronous=True)
    with serving(lambda _: Reply(hang=2)) as server, pytest.raises(ConnectionFailed):
        run(
            "async",
            server.origin,
            lambda vc: vc.cluster.get(),
            hooks=told.hooks,
            timeout=0.3,
            token="t",
            username=None,
            password=None,
        )
    assert told.notes == ["before call vcha.cluster.get 0", "error vcha.cluster.get ConnectionFailed"]


def test_a_call_that_is_cancelled_is_told_of(server: Server, simulated: Simulated) -> None:
    told = Told(asynchronous=True)

    async def main() -> None:
        async with AsyncVCenter(server.origin, token="t", hooks=told.hooks) as vc:
            arrived = asyncio.Event()
            loop = asyncio.get_running_loop()

            def late(_: Any) -> Reply:
                loop.call_soon_threadsafe(arrived.set)
                return Reply(hang=2)

            simulated.on[GET] = late
            call = asyncio.ensure_future(vc.cluster.get())
            await arrived.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call

    asyncio.run(main())
    assert told.notes == ["before call vcha.cluster.get 0", "error vcha.cluster.get CancelledError"]
