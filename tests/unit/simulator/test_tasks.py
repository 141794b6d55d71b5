"""The life of a task: order of states, progress, cancelling, loss."""

from __future__ import annotations

import pytest
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.messages import Message
from vcsdk.simulator.tasks import Task, Tasks


@pytest.fixture
def tasks(agenda):
    return Tasks(agenda, seed=7)


def start(tasks: Tasks, **changes) -> Task:
    arguments = {
        "service": "com.vmware.vcenter.vcha.cluster",
        "operation": "failover",
        "user": "someone",
        "description": Message("vcha.failover"),
        "duration": 10.0,
        "cancelable": False,
    }
    return tasks.start(**{**arguments, **changes})


def test_a_task_is_pending_then_running_then_succeeded(tasks, agenda):
    task = start(tasks)
    seen = []
    for _ in range(12):
        info = tasks.info(tasks.get(task.id))
        seen.append((info["status"], info.get("progress", {}).get("completed")))
        agenda.pass_time(1)
    assert seen[0] == ("PENDING", None)
    assert seen[1:10] == [("RUNNING", 10 * second) for second in range(1, 10)]
    assert seen[10:] == [("SUCCEEDED", 100)] * 2


def test_end_time_is_there_only_at_the_end(tasks, agenda):
    task = start(tasks)
    assert "end_time" not in tasks.info(tasks.get(task.id))
    agenda.pass_time(10)
    assert tasks.info(tasks.get(task.id))["end_time"] == agenda.clock.timestamp()


def test_a_task_with_an_error_has_failed(tasks, agenda):
    def fail(task: Task) -> None:
        task.error = Refusal("RESOURCE_INACCESSIBLE", Message("vcha.failover-failed"))

    task = start(tasks, on_end=fail)
    agenda.pass_time(10)
    info = tasks.info(tasks.get(task.id))
    assert info["status"] == "FAILED"
    assert info["error"]["error_type"] == "RESOURCE_INACCESSIBLE"
    assert "result" not in info


def test_a_result_can_be_left_out(tasks, agenda):
    task = start(tasks, result={"a": 1})
    agenda.pass_time(10)
    assert tasks.info(task)["result"] == {"a": 1}
    assert "result" not in tasks.info(task, exclude_result=True)


def test_an_unknown_task_is_not_found(tasks):
    with pytest.raises(Refusal) as refused:
        tasks.get("nope")
    assert (refused.value.status, refused.value.error_type) == (404, "NOT_FOUND")


def test_cancelling_ends_a_task_for_good(tasks, agenda):
    ended = []
    task = start(tasks, cancelable=True, on_end=ended.append)
    tasks.cancel(task.id)
    agenda.pass_time(20)
    assert tasks.info(task)["status"] == "FAILED"
    assert tasks.info(task)["error"]["error_type"] == "CANCELED"
    assert ended == []


@pytest.mark.parametrize(
    ("cancelable", "ended", "error_type"),
    [
        (False, False, "UNSUPPORTED"),
        (False, True, "UNSUPPORTED"),
        (True, True, "NOT_ALLOWED_IN_CURRENT_STATE"),
    ],
    ids=["never cancelable", "never cancelable, and finished", "finished"],
)
def test_why_a_task_is_not_cancelled(tasks, agenda, cancelable, ended, error_type):
    task = start(tasks, cancelable=cancelable)
    if ended:
        agenda.pass_time(10)
    with pytest.raises(Refusal) as refused:
        tasks.cancel(task.id)
    assert (refused.value.status, refused.value.error_type) == (400, error_type)


def test_the_seed_settles_the_ids(agenda):
    first, same, other = Tasks(agenda, 1), Tasks(agenda, 1), Tasks(agenda, 2)
    assert start(first).id == start(same).id != start(other).id
