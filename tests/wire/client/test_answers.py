"""What callers get for what the server says."""

from __future__ import annotations

import pickle
import traceback
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.wire.client.recording import Recorder

FAILOVER = "POST /api/vcenter/vcha/cluster?action=failover&vmw-task=true"
READ = "POST /api/vcenter/vcha/cluster?action=get"


def error(error_type: str | None, text: str = "No.") -> dict[str, Any]:
    value: dict[str, Any] = {"messages": [{"id": "m", "default_message": text, "args": []}], "data": {"why": 1}}
    return value if error_type is None else {**value, "error_type": error_type}


@pytest.fixture
def client(package, server: Recorder):
    server.answers[READ] = (200, {})
    with package.VCenter(server.origin, username="user", password="secret") as opened:
        yield opened


def test_models_are_decoded(package, client, server: Recorder) -> None:
    from vcenter_vcha.models import VchaClusterConfigState, VchaClusterInfo

    node = {"ha_ip": {"ip_family": "IPV4"}, "runtime": {"role": "ACTIVE"}}
    server.answers[READ] = (200, {"config_state": "CONFIGURED", "mode": "SLEEPING", "node1": node, "new": 1})
    info = client.vcha.cluster.get()
    assert isinstance(info, VchaClusterInfo)
    assert info.config_state is VchaClusterConfigState.CONFIGURED
    # An enumeration is open: a value of a newer server keeps its text.
    assert info.mode == "SLEEPING"
    assert info.node1.runtime.role == "ACTIVE"
    assert info.node2 is None


def test_date_times_have_a_zone(client, server: Recorder) -> None:
    server.answers["GET /api/session"] = (
        200,
        {"user": "u", "created_time": "2024-06-25T08:00:00.000Z", "last_accessed_time": "2024-06-25T08:05:12.417Z"},
    )
    assert client.session.get().created_time == datetime(2024, 6, 25, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "error_type", "name", "family"),
    [
        (403, "UNAUTHORIZED", "Unauthorized", "ForbiddenError"),
        (400, "NOT_ALLOWED_IN_CURRENT_STATE", "NotAllowedInCurrentState", "BadRequestError"),
        (404, "NOT_FOUND", "NotFound", "NotFoundError"),
        (500, "RESOURCE_BUSY", "ResourceBusy", "ServerError"),
        (418, "TEAPOT", "VapiError", "ApiError"),
        (409, None, "VapiError", "ConflictError"),
    ],
)
def test_errors_are_typed_by_error_type_then_by_status(
    status: int, error_type: str | None, name: str, family: str, package, client, server: Recorder
) -> None:
    server.answers[FAILOVER] = (status, error(error_type))
    with pytest.raises(getattr(package, name)) as caught:
        client.vcha.cluster.failover(planned=True)
    assert isinstance(caught.value, getattr(package, family))
    assert isinstance(caught.value, package.VapiError)
    assert (caught.value.status, caught.value.error_type) == (status, error_type)
    assert caught.value.operation == "vcha.cluster.failover"
    assert caught.value.message == "No."
    assert caught.value.data == {"why": 1}


def test_every_class_of_the_family_is_raised_for_its_type(package, client, server: Recorder) -> None:
    assert len(package.errors.FAMILY) == 25
    for value, kind in package.errors.FAMILY.items():
        server.answers[FAILOVER] = (kind.status, error(value))
        with pytest.raises(kind) as caught:
            client.vcha.cluster.failover(planned=True)
        assert type(caught.value) is kind


def test_a_task_can_be_attached_by_its_checkpoint(package, client, server: Recorder) -> None:
    server.answers[FAILOVER] = (202, "task-1")
    task = client.vcha.cluster.failover(planned=True)
    again = client.tasks.attach(task.checkpoint())
    assert (again.id, again.operation) == ("task-1", "vcha.cluster.failover")


def test_raw_response(client, server: Recorder) -> None:
    server.answers["GET /api/vcenter/vcha/cluster/mode"] = (200, {"mode": "ENABLED"})
    raw = client.with_raw_response(client.vcha.cluster.mode.get)()
    assert (raw.status, raw.content, raw.parsed.mode) == (200, b'{"mode": "ENABLED"}', "ENABLED")


def test_an_error_prints_as_its_reader_wants_it(package, client, server: Recorder) -> None:
    server.answers[FAILOVER] = (400, error("NOT_ALLOWED_IN_CURRENT_STATE", "The mode is DISABLED."))
    with pytest.raises(package.NotAllowedInCurrentState) as caught:
        client.vcha.cluster.failover(planned=True)
    shown = traceback.format_exception_only(caught.value)
    assert "".join(shown).startswith("vcenter_vcha.NotAllowedInCurrentState: The mode is DISABLED.\n")
    assert "POST /vcenter/vcha/cluster?action=failover&vmw-task=true → 400 NOT_ALLOWED_IN_CURRENT_STATE" in "".join(
        shown
    )
    assert type(pickle.loads(pickle.dumps(caught.value))) is type(caught.value)


def test_any_answer_can_be_read_piece_by_piece(client, server: Recorder) -> None:
    server.answers[READ] = (200, {"mode": "ENABLED"})
    with client.with_streaming_response(client.vcha.cluster.get)() as answer:
        assert b"".join(answer.iter_bytes(4)) == b'{"mode": "ENABLED"}'
    logins = sum(r.method == "POST" and r.target == "/api/session" for r in server.requests)
    assert logins == 1


def test_what_starts_a_task_is_not_streamed_and_not_sent(package, client, server: Recorder) -> None:
    server.answers[FAILOVER] = (202, "5299ddb8-3cd4:com.vmware.vcenter.vcha.cluster")
    with pytest.raises(package.ArgumentError, match="starts a task"):
        client.with_streaming_response(client.vcha.cluster.failover)(planned=True).__enter__()
    assert server.calls == []
