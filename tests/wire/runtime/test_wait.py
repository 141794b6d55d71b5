"""Waiting for tasks over real HTTP: outages, lost sessions, lost records, deadlines."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest
from vcsdk.copied.runtime import (
    ArgumentError,
    AuthenticationError,
    NotFoundError,
    OutcomeUnknown,
    TaskFailed,
    TaskProgress,
    TaskTimeout,
)

from tests.wire.runtime.server import Reply, Seen, Server
from tests.wire.runtime.vcenter import (
    FAILOVER,
    PASSWORD,
    USER,
    AsyncVCenter,
    Failover,
    NotAllowedInCurrentState,
    Simulated,
    VCenter,
    error,
    task,
)

GET = "POST /vcenter/vcha/cluster?action=get"
TASK = "GET /cis/tasks/task-1"
POLL = 0.02


def outage(simulated: Simulated, server: Server, *, keep_task: bool, moved: bool = True, login: int = 0) -> None:
    """What a failover does: connections cut, refused for a while, then 503, then the other node without sessions."""
    busy = [Reply(503) for _ in range(3)]

    def run() -> None:
        server.vanish()
        time.sleep(0.15)
        simulated.sessions.clear()
        simulated.active = "node2" if moved else "node1"
        simulated.tasks = {"task-1": task("SUCCEEDED")} if keep_task else {}
        simulated.on[TASK] = busy
        simulated.on["POST /session"] = [Reply(500) for _ in range(login)]
        server.listen()

    threading.Timer(0.05, run).start()


@pytest.mark.parametrize("login", [0, 3])
def test_a_planned_failover_is_followed_through_the_outage(
    vc: VCenter, simulated: Simulated, server: Server, login: int
) -> None:
    running = vc.cluster.failover(planned=True)
    outage(simulated, server, keep_task=True, login=login)
    seen: list[TaskProgress] = []
    assert running.wait(timeout=20, poll=POLL, on_progress=seen.append) is None
    assert running.decided_by == "task"
    assert simulated.logins == 2
    assert [line for line in server.lines if "failover" in line] == [
        "POST /api/vcenter/vcha/cluster?action=failover&vmw-task=true"
    ]
    notes = {progress.note for progress in seen}
    assert "server not reachable: connection refused" in notes
    assert "server answers 503" in notes
    assert seen[-1].status == "SUCCEEDED"
    assert seen[-1].note == ""


def test_the_same_asynchronously(simulated: Simulated, server: Server) -> None:
    seen: list[str] = []

    async def tell(progress: TaskProgress) -> None:
        await asyncio.sleep(0)
        seen.append(str(progress))

    async def run() -> Any:
        async with AsyncVCenter(server.origin, username=USER, password=PASSWORD, timeout=5.0) as vc:
            running = await vc.cluster.failover(planned=False)
            outage(simulated, server, keep_task=False)
            await running.wait(timeout=20, poll=POLL, on_progress=tell)
            return running.decided_by

    assert asyncio.run(run()) == "cluster state"
    assert any("connection refused" in line for line in seen)
    assert seen[-1].endswith("SUCCEEDED (task record gone; decided by cluster state: node2 is ACTIVE now)")


def test_a_lost_record_is_decided_by_the_cluster(vc: VCenter, simulated: Simulated, server: Server) -> None:
    running = vc.cluster.failover(planned=False)
    outage(simulated, server, keep_task=False)
    running.wait(timeout=20, poll=POLL)
    assert running.decided_by == "cluster state"


def test_a_lost_record_and_an_unchanged_cluster_is_unknown(vc: VCenter, simulated: Simulated, server: Server) -> None:
    running = vc.cluster.failover(planned=False)
    outage(simulated, server, keep_task=False, moved=False)
    with pytest.raises(OutcomeUnknown, match="task record gone; node1 is ACTIVE"):
        running.wait(timeout=20, poll=POLL)
    assert running.decided_by is None


@pytest.mark.parametrize("attached", [False, True])
def test_a_proxy_that_knows_no_address_yet_is_part_of_the_outage(
    vc: VCenter, simulated: Simulated, server: Server, attached: bool
) -> None:
    running: Any = vc.cluster.failover(planned=True)
    if attached:
        running = vc.tasks.attach(running.id)
    unready = [Reply(503), *(Reply(404, body=b"<html>no such page</html>") for _ in range(25))]
    simulated.on[TASK] = unready
    simulated.on[GET] = [Reply(404) for _ in range(25)]
    simulated.tasks["task-1"] = task("SUCCEEDED")
    running.wait(timeout=20, poll=0.01)
    assert running.decided_by == "task"
    assert unready == []


def test_a_role_that_moves_late_still_counts(vc: VCenter, simulated: Simulated) -> None:
    running = vc.cluster.failover(planned=False)
    simulated.tasks.clear()
    threading.Timer(0.1, setattr, (simulated, "active", "node2")).start()
    running.wait(timeout=20, poll=0.05)
    assert running.decided_by == "cluster state"


def test_without_a_look_before_the_start_a_lost_record_is_unknown(vc: VCenter, simulated: Simulated) -> None:
    simulated.on[GET] = [Reply(500, error("ERROR"))]
    running = vc.cluster.failover(planned=False)
    simulated.tasks.clear()
    simulated.active = "node2"
    with pytest.raises(OutcomeUnknown, match="task record gone"):
        running.wait(timeout=20, poll=POLL)


def test_what_was_checked_ahead_of_the_look_is_what_starts_the_task(
    vc: VCenter, simulated: Simulated, server: Server
) -> None:
    body = Failover(planned=True)

    def look(_: Seen) -> None:
        body.planned = "no longer what the description allows"  # type: ignore[assignment]

    simulated.on[GET] = look
    vc._transport.start(FAILOVER, {}, body=body)
    assert server.seen[-1].body == b'{"planned":true}'


@pytest.mark.parametrize("odd", [{"timeout": 0}, {"planned": "yes"}])
def test_a_start_is_checked_before_anything_is_sent(vc: VCenter, server: Server, odd: dict[str, Any]) -> None:
    with pytest.raises(ArgumentError, match="expected"):
        vc.cluster.failover(**{"planned": True, **odd})
    assert not server.seen


def test_a_server_that_is_gone_for_good_ends_in_a_timeout(vc: VCenter, simulated: Simulated, server: Server) -> None:
    running = vc.cluster.failover(planned=True)
    running.info()
    server.vanish()
    with pytest.raises(TaskTimeout, match=r"did not end within 0\.5 s") as caught:
        running.wait(timeout=0.5, poll=POLL)
    assert "connection refused" in caught.value.note
    assert caught.value.task == "task-1"
    assert isinstance(caught.value, TimeoutError)


@pytest.mark.parametrize(
    "reply", [Reply(200, hang=30), Reply(200, {"status": "RUNNING"} | {"x": "y" * 500}, trickle=True)]
)
def test_a_server_that_never_ends_its_answer_ends_in_a_timeout(
    vc: VCenter, simulated: Simulated, server: Server, reply: Reply
) -> None:
    running = vc.cluster.failover(planned=True)
    simulated.on[TASK] = lambda seen: reply
    done = threading.Event()
    found: list[BaseException] = []

    def wait() -> None:
        try:
            running.wait(timeout=0.4, poll=POLL)
        except BaseException as problem:
            found.append(problem)
        done.set()

    threading.Thread(target=wait, daemon=True).start()
    assert done.wait(8)
    assert [type(problem) for problem in found] == [TaskTimeout]


@pytest.mark.parametrize("reply", [Reply(200, hang=30), Reply(200, {"x": "y" * 500}, trickle=True)])
def test_nor_does_an_asynchronous_wait_hang(simulated: Simulated, server: Server, reply: Reply) -> None:
    async def run() -> None:
        async with AsyncVCenter(server.origin, username=USER, password=PASSWORD, timeout=5.0) as vc:
            running = await vc.cluster.failover(planned=True)
            simulated.on[TASK] = lambda seen: reply
            async with asyncio.timeout(8):
                with pytest.raises(TaskTimeout):
                    await running.wait(timeout=0.4, poll=POLL)

    asyncio.run(run())


def test_a_login_that_hangs_does_not_hold_the_wait(vc: VCenter, simulated: Simulated) -> None:
    running = vc.cluster.failover(planned=True)
    simulated.sessions.clear()
    simulated.on["POST /session"] = lambda seen: Reply(201, "x", hang=30)
    with pytest.raises(TaskTimeout):
        running.wait(timeout=0.5, poll=POLL)


def test_a_task_that_does_not_end_carries_its_last_information(vc: VCenter, simulated: Simulated) -> None:
    running = vc.cluster.failover(planned=True)
    simulated.tasks["task-1"]["progress"] = {
        "total": 4,
        "completed": 1,
        "message": {"id": "m", "localized": "Flushing"},
    }
    seen: list[str] = []
    with pytest.raises(TaskTimeout, match="last seen RUNNING") as caught:
        running.wait(timeout=0.2, poll=POLL, on_progress=lambda progress: seen.append(str(progress)))
    assert caught.value.info.progress.completed == 1
    assert [line.split("  ")[-1] for line in seen] == ["RUNNING 25 % Flushing"]


def test_a_failed_task_carries_the_typed_error(vc: VCenter, simulated: Simulated) -> None:
    running = vc.cluster.failover(planned=True)
    simulated.tasks["task-1"] = task("FAILED", error=error("NOT_ALLOWED_IN_CURRENT_STATE", "The mode is DISABLED."))
    with pytest.raises(TaskFailed, match="The mode is DISABLED") as caught:
        running.wait(timeout=5, poll=POLL)
    assert type(caught.value.error) is NotAllowedInCurrentState
    assert caught.value.error.message == "The mode is DISABLED."
    assert caught.value.info.status == "FAILED"


def test_a_password_changed_meanwhile_ends_the_wait(vc: VCenter, simulated: Simulated, server: Server) -> None:
    running = vc.cluster.failover(planned=True)
    simulated.sessions.clear()
    simulated.on["POST /session"] = lambda seen: Reply(401, error("UNAUTHENTICATED", "Wrong."))
    logins = server.lines.count("POST /api/session")
    with pytest.raises(AuthenticationError, match="Wrong"):
        running.wait(timeout=5, poll=POLL)
    assert server.lines.count("POST /api/session") == logins + 1


def test_a_refused_look_ends_the_wait(vc: VCenter, simulated: Simulated) -> None:
    running = vc.cluster.failover(planned=True)
    simulated.on[TASK] = lambda seen: Reply(403, error("UNAUTHORIZED"))
    with pytest.raises(Exception, match="403 UNAUTHORIZED"):
        running.wait(timeout=5, poll=POLL)


def test_any_task_is_looked_at_again_however_few_repetitions_a_call_has(simulated: Simulated, server: Server) -> None:
    vc = VCenter(server.origin, username=USER, password=PASSWORD, retries=0)
    running = vc.cluster.set_mode()
    page = Reply(200, body=b"<html>starting</html>", headers={"Content-Type": "text/html"})
    troubles = [Reply(cut="reset"), Reply(500, error("ERROR")), Reply(429), page, Reply(401), Reply(401), Reply(503)]
    simulated.on["GET /cis/tasks/task-2"] = troubles
    assert running.wait(timeout=10, poll=POLL) == {"a": 1}
    assert troubles == []


def test_an_outage_in_the_middle_of_any_task_is_outlived(vc: VCenter, simulated: Simulated, server: Server) -> None:
    running = vc.cluster.set_mode()
    done = simulated.tasks["task-2"]
    server.vanish()
    simulated.sessions.clear()
    threading.Timer(0.3, server.listen).start()
    seen: list[str] = []
    assert running.wait(timeout=10, poll=POLL, on_progress=lambda p: seen.append(p.note)) == {"a": 1}
    assert "server not reachable: connection refused" in seen
    assert done["status"] == "SUCCEEDED"


def test_any_wait_ends_at_its_deadline(vc: VCenter, server: Server) -> None:
    running = vc.cluster.set_mode()
    server.vanish()
    with pytest.raises(TaskTimeout, match=r"did not end within 0\.5 s .*connection refused"):
        running.wait(timeout=0.5, poll=POLL)


def test_the_lost_record_of_any_task_is_unknown(vc: VCenter, simulated: Simulated) -> None:
    running = vc.cluster.set_mode()
    simulated.tasks.clear()
    with pytest.raises(OutcomeUnknown, match="task record gone"):
        running.wait(timeout=10, poll=POLL)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(401, error("UNAUTHENTICATED")),
        Reply(403, error("UNAUTHORIZED")),
        Reply(404, error("OPERATION_NOT_FOUND")),
        Reply(503),
        Reply(200, {"node1": 3}),
        Reply(200, body=b"<html>"),
        Reply(cut="reset"),
    ],
    ids=lambda reply: f"{reply.status}{reply.cut}",
)
def test_a_state_that_cannot_be_read_never_stops_the_start(vc: VCenter, simulated: Simulated, reply: Reply) -> None:
    simulated.on[GET] = lambda seen: reply
    assert vc.cluster.failover(planned=True).id == "task-1"


def test_a_refused_login_is_not_tried_twice_for_a_start(simulated: Simulated, server: Server) -> None:
    vc = VCenter(server.origin, username=USER, password="wrong")
    with pytest.raises(AuthenticationError):
        vc.cluster.failover(planned=True)
    assert server.lines == ["POST /api/session"]


def test_a_checkpoint_of_an_earlier_version_is_read(vc: VCenter, simulated: Simulated) -> None:
    vc.cluster.failover(planned=True)
    simulated.tasks["task-1"] = task("SUCCEEDED")
    saved = '{"v":1,"task":"task-1","operation":"vcha.cluster.failover","disrupts":false,"before":"node1"}'
    vc.tasks.attach(saved).wait(timeout=5, poll=POLL)


def test_a_checkpoint_resumes_with_all_that_is_known(vc: VCenter, simulated: Simulated, server: Server) -> None:
    saved = vc.cluster.failover(planned=False).checkpoint()
    assert PASSWORD not in saved
    assert "t0ken" not in saved
    outage(simulated, server, keep_task=False)
    with VCenter(server.origin, username=USER, password=PASSWORD, timeout=5.0) as other:
        resumed = other.tasks.attach(saved)
        assert resumed.operation == "vcha.cluster.failover"
        resumed.wait(timeout=20, poll=POLL)
        assert resumed.decided_by == "cluster state"
        assert resumed.checkpoint() == saved


def test_a_bare_identifier_outlives_an_outage_but_not_a_missing_record(
    vc: VCenter, simulated: Simulated, server: Server
) -> None:
    vc.cluster.failover(planned=True)
    outage(simulated, server, keep_task=True)
    attached = vc.tasks.attach("task-1")
    attached.wait(timeout=20, poll=POLL)
    assert attached.decided_by == "task"
    assert attached.checkpoint() == "task-1"
    with pytest.raises(NotFoundError):
        vc.tasks.attach("task-9").wait(timeout=5, poll=POLL)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "{", '{"v":2,"task":"x"}', '{"v":1,"task":"x","evil":1}', '{"v":1,"task":""}', '{"task":"\ud800"}'),
        *('{"v":' * 3000, '{"before":' + "[" * 3000 + "]" * 3000 + "}"),
    ],
)
def test_what_is_no_checkpoint_is_refused(vc: VCenter, text: str) -> None:
    with pytest.raises(ValueError, match=r"^task: "):
        vc.tasks.attach(text)


@pytest.mark.parametrize("odd", [{"timeout": 0}, {"poll": 0}, {"timeout": "x"}, {"timeout": None}])
def test_times_are_checked(vc: VCenter, odd: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected seconds"):
        vc.tasks.attach("x").wait(**odd)


def test_cancel_and_information(vc: VCenter, simulated: Simulated, server: Server) -> None:
    running = vc.cluster.failover(planned=True)
    simulated.on["POST /cis/tasks/task-1?action=cancel"] = [Reply(204)]
    running.cancel()
    assert server.lines[-1] == "POST /api/cis/tasks/task-1?action=cancel"
    simulated.envelope = True
    simulated.tasks["task-1"] |= {"start_time": "not a time", "user": 3, "brand_new": 1}
    info = running.info()
    assert (info.status, info.start_time, info.user) == ("RUNNING", None, None)


def test_what_on_progress_raises_ends_the_wait(vc: VCenter) -> None:
    class Enough(Exception):
        pass

    def stop(progress: TaskProgress) -> None:
        raise Enough

    with pytest.raises(Enough):
        vc.cluster.failover(planned=True).wait(timeout=5, poll=POLL, on_progress=stop)


def test_cancelling_an_asynchronous_wait_leaves_the_client_usable(simulated: Simulated, server: Server) -> None:
    async def run() -> str | None:
        async with AsyncVCenter(server.origin, username=USER, password=PASSWORD) as vc:
            running = await vc.cluster.failover(planned=True)
            waiting = asyncio.ensure_future(running.wait(timeout=20, poll=POLL))
            await asyncio.sleep(0.1)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            return (await vc.cluster.get()).mode

    assert asyncio.run(run()) == "ENABLED"


def test_an_identifier_is_one_path_segment(vc: VCenter, server: Server) -> None:
    def unknown(seen: Seen) -> None:
        return None

    with pytest.raises(NotFoundError):
        vc.tasks.attach("a/../b?x=1").info()
    assert server.lines[-1] == "GET /api/cis/tasks/a%2F..%2Fb%3Fx%3D1"
