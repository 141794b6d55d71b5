"""Sessions, passwords, the log, options."""

from __future__ import annotations

import base64
import json
import stat

import pytest
from vcsdk.simulator.log import RequestLog
from vcsdk.simulator.options import SimulatorOptions
from vcsdk.simulator.password import NoPasswordError, find_password
from vcsdk.simulator.sessions import Sessions

OPTIONS = SimulatorOptions(password="s3cret:with colon", idle_timeout=60)


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.fixture
def sessions(agenda):
    return Sessions(OPTIONS, agenda.clock)


def test_the_password_is_checked(sessions):
    administrator = sessions.check_password(basic("administrator@vsphere.local:s3cret:with colon"))
    reader = sessions.check_password(basic("reader@vsphere.local:s3cret:with colon"))
    assert administrator.privileges == {"Global.VCServer", "System.Read"}
    assert reader.privileges == {"System.Read"}


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Basic",
        "Basic !!!",
        basic("administrator@vsphere.local:wrong"),
        basic("administrator@vsphere.local"),
        basic("nobody:s3cret:with colon"),
        "Bearer " + basic("administrator@vsphere.local:s3cret:with colon")[6:],
    ],
)
def test_anything_else_is_refused(sessions, header):
    assert sessions.check_password(header) is None


def test_a_session_lives_while_it_is_used(sessions, agenda):
    token = sessions.create("reader@vsphere.local")
    for _ in range(5):
        agenda.pass_time(50)
        assert sessions.check_token(token).user == "reader@vsphere.local"
    agenda.pass_time(61)
    assert sessions.check_token(token) is None
    assert len(sessions) == 0


def test_a_deleted_session_is_gone(sessions):
    token = sessions.create("x")
    sessions.delete(token)
    assert sessions.check_token(token) is None


def test_no_repr_shows_a_secret(sessions):
    token = sessions.create("reader@vsphere.local")
    shown = repr(sessions.check_token(token)) + repr(sessions.get(token)) + repr(OPTIONS)
    assert token not in shown
    assert OPTIONS.password not in shown


def test_secrets_are_masked(sessions):
    token = sessions.create("x")
    assert sessions.mask(f"/a?t={token}&p=s3cret:with colon") == "/a?t=***&p=***"
    assert sessions.mask("/tasks/e3e70682-c209-4cac-a29f-6fbed82c07cd").endswith("6fbed82c07cd")
    sessions.delete(token)
    assert token not in sessions.mask(token)


def test_the_log_counts_and_writes_lines(tmp_path):
    log = RequestLog(tmp_path / "log")
    for status in (202, 400):
        log.write(method="POST", target="/x?a=b", operation="f", status=status, milliseconds=1.26, phase="up")
    log.write(method="GET", target="/no", operation=None, status=404, milliseconds=1, phase="up")
    log.close()
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert lines[0] == {
        "seq": 1, "method": "POST", "target": "/x?a=b", "operation": "f", "status": 202, "ms": 1.3, "phase": "up"
    }  # fmt: skip
    assert [line["seq"] for line in lines] == [1, 2, 3]
    assert (log.received, log.accepted) == ({"f": 2}, {"f": 1})


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "ON"},
        {"members_down": ("node3",)},
        {"outage": -1},
        {"task_seconds": float("nan")},
        {"unavailable": float("inf")},
        {"session_outage_status": 200},
    ],
)
def test_options_are_checked(wrong):
    with pytest.raises(ValueError):
        SimulatorOptions(**wrong)


def test_where_the_password_comes_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_password({"A": "one", "VCSDK_SIMULATOR_PASSWORD": "two"}, "A") == ("one", "$A")
    assert find_password({"VCSDK_SIMULATOR_PASSWORD": "two"}) == ("two", "$VCSDK_SIMULATOR_PASSWORD")
    assert not list(tmp_path.iterdir())
    made, place = find_password({})
    assert len(made) >= 20
    assert place == "file .vcsdk-simulator-password"
    assert stat.S_IMODE((tmp_path / ".vcsdk-simulator-password").stat().st_mode) == 0o600
    assert find_password({})[0] == made
    (tmp_path / "mine").write_text("three\n")
    assert find_password({"VCSDK_SIMULATOR_PASSWORD": "two"}, None, tmp_path / "mine")[0] == "three"
    (tmp_path / "empty").touch()
    for variable, file in (("UNSET", None), (None, tmp_path / "empty")):
        with pytest.raises(NoPasswordError):
            find_password({}, variable, file)
