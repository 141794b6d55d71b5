"""Failovers over real sockets: cut, refused, 503, sessions gone, roles swapped."""

from __future__ import annotations

import asyncio
import socket

import pytest
from vcsdk.simulator.outage import Listener, bind

from tests.wire.simulator.conftest import CLUSTER, FAILOVER, SET_MODE, Caller


@pytest.mark.parametrize("planned", [True, False])
def test_a_failover_from_the_outside(serve, planned):
    caller = Caller(serve().url)
    answer = caller.call("POST", FAILOVER, {"planned": planned})
    assert answer.status_code == 202
    task = answer.json()
    assert caller.task(task)["status"] in ("PENDING", "RUNNING")
    assert caller.call("POST", FAILOVER, {"planned": planned}).status_code == 400
    met = caller.survive()
    assert met[0] == 200
    assert met[-2:] == [503, 401]
    assert "ConnectError" in met
    caller.log_in()
    assert caller.active() == "node2"
    if planned:
        info = caller.task(task)
        assert (info["status"], info["progress"]["completed"]) == ("SUCCEEDED", 100)
        assert info["end_time"] >= info["start_time"]
    else:
        assert caller.call("GET", f"/api/cis/tasks/{task}").status_code == 404


def test_open_connections_are_reset_and_the_port_stays_taken(serve):
    simulator = serve(outage=0.6)
    caller = Caller(simulator.url)
    with socket.create_connection((simulator.host, simulator.port)) as idle:
        idle.settimeout(10)
        caller.call("POST", FAILOVER, {"planned": True})
        with pytest.raises(ConnectionResetError):
            idle.recv(1)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((simulator.host, simulator.port))
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind((simulator.host, simulator.port))
    caller.survive()


def test_many_failovers_in_a_row(serve):
    simulator = serve(failover_seconds=0.1, outage=0.05, unavailable=0.05)
    caller = Caller(simulator.url)
    for number in range(6):
        task = caller.call("POST", FAILOVER, {"planned": True}).json()
        caller.survive()
        caller.log_in()
        assert caller.task(task)["status"] == "SUCCEEDED"
        assert caller.active() == ("node1" if number % 2 else "node2")
    assert simulator.control.state()["operations"]["vcha.cluster.failover"] == {"received": 6, "accepted": 6}


def test_a_server_gone_for_good(serve):
    simulator = serve(gone_for_good=True, outage=0, unavailable=0)
    caller = Caller(simulator.url)
    caller.call("POST", FAILOVER, {"planned": True})
    with pytest.raises(AssertionError, match="ConnectError"):
        caller.survive(looks=60)


def test_the_session_service_can_stay_out(serve):
    caller = Caller(serve(session_outage=0.3, session_outage_status=500).url)
    caller.call("POST", FAILOVER, {"planned": True})
    met = caller.survive()
    assert met[-3:] == [503, 500, 401]


def test_a_failover_that_fails(serve):
    caller = Caller(serve(failover_fails=True).url)
    task = caller.call("POST", FAILOVER, {"planned": True}).json()
    assert caller.follow(task)[-1] == "FAILED"
    assert caller.task(task)["error"]["error_type"] == "RESOURCE_INACCESSIBLE"
    assert caller.active() == "node1"


@pytest.mark.parametrize("mode", ["ENABLED", "DISABLED", "MAINTENANCE"])
def test_the_mode_decides(serve, mode):
    caller = Caller(serve(mode=mode, failover_seconds=30).url)
    answer = caller.call("POST", FAILOVER, {"planned": True})
    if mode == "DISABLED":
        assert (answer.status_code, answer.json()["error_type"]) == (400, "NOT_ALLOWED_IN_CURRENT_STATE")
        assert len(answer.json()["messages"]) == 2
    else:
        assert answer.status_code == 202


def test_setting_the_mode_is_a_task(serve):
    caller = Caller(serve().url)
    task = caller.call("PUT", SET_MODE, {"mode": "MAINTENANCE"}).json()
    assert caller.follow(task)[-2:] == ["RUNNING", "SUCCEEDED"]
    assert caller.call("GET", f"{CLUSTER}/mode").json() == {"mode": "MAINTENANCE"}
    assert caller.call("POST", f"/api/cis/tasks/{task}?action=cancel").status_code == 400


def test_a_running_mode_change_can_be_cancelled(serve):
    caller = Caller(serve(task_seconds=30).url)
    task = caller.call("PUT", SET_MODE, {"mode": "MAINTENANCE"}).json()
    assert caller.call("POST", f"/api/cis/tasks/{task}?action=cancel").status_code == 204
    assert caller.task(task)["error"]["error_type"] == "CANCELED"
    assert caller.call("GET", f"{CLUSTER}/mode").json() == {"mode": "ENABLED"}


def test_a_port_that_somebody_took_is_taken_back():
    async def lose_and_regain() -> int:
        listener = Listener(bind("127.0.0.1", 0), asyncio.Protocol)
        listener.close(keep_port=False)
        with socket.create_server((listener.host, listener.port)) as thief:
            listener.close(keep_port=True)
            asyncio.get_running_loop().call_later(0.1, thief.close)
            await listener.open()
        with socket.create_connection((listener.host, listener.port), timeout=5):
            port = listener.port
        listener.close(keep_port=False)
        return port

    assert asyncio.run(lose_and_regain())
