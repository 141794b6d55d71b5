"""The control endpoint `/_simulator/…`: look inside and change what only an operator of the cluster could.

Outside the API's prefix, answered to loopback addresses only (404 to everyone else), never logged or counted.  What
changes something needs the header `Sec-Simulator-Control: 1`: a browser on this machine reaches the port too, and no
web page may set a header that begins with `Sec-` (Fetch, "forbidden request-header").

    GET  /_simulator/state     what this is, counts, roles, mode, health, phase, faults, open sessions
    POST /_simulator/reset     sessions, tasks, cluster and counters back to the beginning
    POST /_simulator/mode      {"mode": "DISABLED"}: set the mode at once, whatever the rules say
    POST /_simulator/members   {"node2": "DOWN"}: members appear and disappear; the health follows
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from typing import Any

from vcsdk.simulator.application import Application
from vcsdk.simulator.errors import Reply
from vcsdk.simulator.log import RequestLog
from vcsdk.simulator.options import MEMBERS, MODES

PREFIX = "/_simulator/"
NAME = "vcsdk-simulator"
"""What the server says it is, here and in the header `Server` of every answer."""
HEADER = "sec-simulator-control"
_JSON = "application/json"


def is_loopback(host: str) -> bool:
    """True for an address of the machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Control:
    """Answers control requests."""

    def __init__(self, application: Application, log: RequestLog) -> None:
        self._application = application
        self._log = log

    def serve(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """The answer to one request.

        404 for a path that is none, 405 for the wrong method, 403 without the header, 400 for a wrong body.
        """
        name = path.removeprefix(PREFIX)
        expected = {"state": "GET", "reset": "POST", "mode": "POST", "members": "POST"}.get(name)
        if expected is None:
            return _error(404, f"there is no control {name!r}")
        if method != expected:
            return Reply(405, {"message": f"{name} takes {expected}"}, _JSON, {"Allow": expected})
        if method != "GET" and headers.get(HEADER) != "1":
            return _error(403, "what changes something needs the header `Sec-Simulator-Control: 1`")
        try:
            wanted = json.loads(body) if body else {}
        except (ValueError, RecursionError):
            return _error(400, "the body is not JSON")
        self._application.agenda.run_due()
        problem = self._apply(name, wanted)
        return _error(400, problem) if problem is not None else Reply(200, self.state(), _JSON)

    def _apply(self, name: str, wanted: Any) -> str | None:
        cluster = self._application.cluster
        if not isinstance(wanted, dict):
            return "the body is no object"
        if name == "reset":
            self._application.reset()
            self._log.reset()
        elif name == "mode":
            if wanted.get("mode") not in MODES:
                return f"`mode` must be one of {', '.join(MODES)}"
            cluster.mode = wanted["mode"]
        elif name == "members":
            for member, state in wanted.items():
                if member not in MEMBERS or state not in ("UP", "DOWN"):
                    return f"members are {', '.join(MEMBERS)}, their states UP and DOWN"
            cluster.down = {m for m in MEMBERS if wanted.get(m, "DOWN" if m in cluster.down else "UP") == "DOWN"}
        return None

    def state(self) -> dict[str, Any]:
        """What `GET /_simulator/state` answers."""
        application = self._application
        cluster = application.cluster
        return {
            "simulator": NAME,
            "phase": application.outage.phase.value,
            "outages": application.outage.count,
            "mode": cluster.mode,
            "health": cluster.health,
            "roles": {"node1": _role(cluster.active, "node1"), "node2": _role(cluster.active, "node2")},
            "faults": list(application.faults.ids),
            "sessions": len(application.sessions),
            "tasks_running": len(application.tasks.running()),
            "operations": {
                name: {"received": count, "accepted": self._log.accepted[name]}
                for name, count in sorted(self._log.received.items())
            },
        }


def _role(active: str, node: str) -> str:
    return "ACTIVE" if active == node else "PASSIVE"


def _error(status: int, message: str) -> Reply:
    return Reply(status, {"message": message}, _JSON)
