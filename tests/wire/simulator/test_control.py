"""The control endpoint."""

from __future__ import annotations

import httpx2
from vcsdk.simulator.control import is_loopback

from tests.wire.simulator.conftest import CLUSTER, FAILOVER, Caller


def test_counts_modes_members_and_reset(serve):
    simulator = serve(failover_seconds=30)
    caller = Caller(simulator.url)

    def control(name, body=None):
        return httpx2.post(f"{simulator.url}/_simulator/{name}", json=body)

    assert control("mode", {"mode": "DISABLED"}).json()["mode"] == "DISABLED"
    assert caller.call("POST", FAILOVER, {"planned": True}).status_code == 400
    control("mode", {"mode": "ENABLED"})
    assert control("members", {"node2": "DOWN"}).json()["health"] == "DEGRADED"
    assert caller.call("POST", f"{CLUSTER}?action=get").json()["health_warnings"]
    assert caller.call("POST", FAILOVER, {"planned": True}).status_code == 400
    control("members", {"node2": "UP"})
    assert caller.call("POST", FAILOVER, {"planned": True}).status_code == 202
    state = httpx2.get(f"{simulator.url}/_simulator/state").json()
    assert state["operations"]["vcha.cluster.failover"] == {"received": 3, "accepted": 1}
    assert (state["sessions"], state["tasks_running"], state["phase"]) == (1, 1, "up")
    state = control("reset").json()
    assert (state["operations"], state["sessions"], state["tasks_running"]) == ({}, 0, 0)
    assert caller.call("GET", "/api/session").status_code == 401


def test_wrong_control_requests(url):
    base = f"{url}/_simulator"
    assert httpx2.get(f"{base}/nothing").status_code == 404
    assert httpx2.get(f"{base}/reset").status_code == 405
    for name, body in (("mode", {"mode": "X"}), ("members", {"node9": "UP"}), ("members", []), ("mode", {})):
        assert httpx2.post(f"{base}/{name}", json=body).status_code == 400
    assert httpx2.post(f"{base}/mode", content=b"{").status_code == 400


def test_only_this_machine_is_listened_to():
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "192.0.2.1", "", "localhost")] == [
        True,
        True,
        False,
        False,
        False,
    ]
