"""The control endpoint."""

from __future__ import annotations

import httpx2
from vcsdk.simulator.control import HEADER as CONTROL
from vcsdk.simulator.control import is_loopback

from tests.wire.simulator.conftest import CLUSTER, FAILOVER, HEADER, Caller


def test_counts_modes_members_and_reset(serve):
    simulator = serve(failover_seconds=30)
    caller = Caller(simulator.url)

    def control(name, body=None):
        return httpx2.post(f"{simulator.url}/_simulator/{name}", json=body, headers={CONTROL: "1"})

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


def test_an_invocation_counts_as_what_it_came_to(serve):
    simulator = serve()
    token = Caller(simulator.url).http.headers[HEADER]
    security = {"schemeId": "com.vmware.vapi.std.security.session_id", "sessionId": token}
    for mode in ("ENABLED", "MAINTENANCE"):
        params = {
            "serviceId": "com.vmware.vcenter.vcha.cluster.mode",
            "operationId": "set$task",
            "input": {"STRUCTURE": {"operation-input": {"mode": mode}}},
            "ctx": {"appCtx": {}, "securityCtx": security},
        }
        answer = httpx2.post(
            f"{simulator.url}/api", json={"jsonrpc": "2.0", "id": "0", "method": "invoke", "params": params}
        )
        assert (answer.status_code, [*answer.json()["result"]]) == (200, ["error" if mode == "ENABLED" else "output"])
    state = httpx2.get(f"{simulator.url}/_simulator/state").json()
    assert state["operations"]["vcha.cluster.mode.set"] == {"received": 2, "accepted": 1}


def test_wrong_control_requests(url):
    base = f"{url}/_simulator"
    assert httpx2.get(f"{base}/nothing").status_code == 404
    assert httpx2.get(f"{base}/reset").status_code == 405
    for name, body in (("mode", {"mode": "X"}), ("members", {"node9": "UP"}), ("members", []), ("mode", {})):
        assert httpx2.post(f"{base}/{name}", json=body, headers={CONTROL: "1"}).status_code == 400
    for content in (b"{", b"[" * 100_000):
        assert httpx2.post(f"{base}/mode", content=content, headers={CONTROL: "1"}).status_code == 400


def test_a_web_page_changes_nothing(url):
    base = f"{url}/_simulator"
    # What pages may send across origins without asking first, and what those may that a rebound name makes our own.
    for headers in ({}, {"content-type": "text/plain", "origin": "https://evil.example"}, {"x-requested-with": "x"}):
        for name in ("reset", "mode", "members"):
            answer = httpx2.post(f"{base}/{name}", content=b'{"mode": "DISABLED"}', headers=headers)
            assert answer.status_code == 403
            assert "Sec-Simulator-Control" in answer.json()["message"]
    assert httpx2.get(f"{base}/state").json()["mode"] == "ENABLED"


def test_only_this_machine_is_listened_to():
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "192.0.2.1", "", "localhost")] == [
        True,
        True,
        False,
        False,
        False,
    ]
