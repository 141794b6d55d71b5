"""A pytest plugin that carries the requests of a run to a simulator in the same process, and notes each of them.

Nothing is sent over a network: no socket is opened.  What a run would send is what it sends here, because the suite,
its options, its levels and limits are the same; only how often it asks until something has happened differs.
`planning` starts it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from vcsdk.copied.suite import paths, simulated
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator.application import Application, encode
from vcsdk.simulator.options import SimulatorOptions
from vcsdk.simulator.outage import Phase
from vcsdk.simulator.routing import Target

ORDER = "VCSDK_REHEARSAL"
"""Environment variable with an `Order` as JSON."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to rehearse: the package's description, the mode the target is assumed in, the folder for the notes."""

    description: str
    mode: str
    notes: str

    def as_text(self) -> str:
        """The value of the environment variable."""
        return json.dumps(asdict(self))


class Rehearsal(httpx2.BaseTransport):
    """Answers like a target without faults, at once.

    Each request is noted as a line of JSON: `operation` (its name, "" for none), `effect`, `method`, `target` (path and
    query), `body` (text or null), `test`, `fuzz`, `waiting` (repeated until something has happened).
    """

    def __init__(self, described: Described, options: SimulatorOptions, notes: Path) -> None:
        self._application = Application(described, options)
        self._notes = notes.open("w", encoding="utf-8")
        self.test = ""
        self.fuzzed = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the simulator.

        Raises:
            httpx2.ConnectError: The simulator plays an outage.
        """
        body = request.read()
        path, query = request.url.raw_path.decode().partition("?")[::2]
        named = {"Server": simulated.NAME}
        if simulated.PLACE in path:
            return httpx2.Response(200, headers=named, json={"simulator": simulated.NAME})
        self._note(request, path, query, body)
        self._application.agenda.run_due()
        if self._application.outage.phase is Phase.DOWN:
            raise httpx2.ConnectError("the simulator plays an outage", request=request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        reply, _ = self._application.serve(Target.parse(request.method, path, query), headers, body)
        content, fields = encode(reply)
        answer = httpx2.Response(reply.status, headers=fields, content=b"" if request.method == "HEAD" else content)
        answer.headers.update(named)
        return answer

    def _note(self, request: httpx2.Request, path: str, query: str, body: bytes) -> None:
        run = self._run()
        operation = run.catalogue.match(request.method, paths.as_sent(path), query)
        effect, _ = run.catalogue.effect(request.method, paths.as_sent(path), query)
        note = {
            "operation": operation.name if operation is not None else "",
            "effect": str(effect),
            "method": request.method,
            "target": run.secrets.mask(f"{path}?{query}" if query else path),
            "body": run.secrets.mask(body.decode("utf-8", "backslashreplace")) if body else None,
            "test": self.test,
            "fuzz": self.fuzzed,
            "waiting": run.gate.is_waiting,
        }
        self._notes.write(json.dumps(note) + "\n")
        self._notes.flush()

    def _run(self) -> Any:
        return _config[0].pluginmanager.get_plugin("contract-plugin").run

    def close(self) -> None:
        """Close the notes."""
        self._notes.close()


_playing: list[Rehearsal] = []
_config: list[Any] = []


def pytest_contract_transport(settings: Any) -> httpx2.BaseTransport:
    """Take the place of the network."""
    order = Order(**json.loads(os.environ[ORDER]))
    options = SimulatorOptions(
        username=settings.login[0],
        password=settings.login[1] or "rehearsal",
        reader=settings.powerless_login[0] or "reader@example.com",
        mode=order.mode,
        failover_seconds=0.1,
        outage=0.0,
        unavailable=0.0,
        task_seconds=0.02,
    )
    described = read_api(Path(order.description), use_config=False)
    _playing.append(Rehearsal(described, options, Path(order.notes) / f"{os.getpid()}.jsonl"))
    return _playing[-1]


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Know where the run is."""
    _config.append(config)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Know which test sends."""
    for rehearsal in _playing:
        rehearsal.test, rehearsal.fuzzed = item.nodeid, hasattr(item, "operation_label")
    try:
        return (yield)
    finally:
        for rehearsal in _playing:
            rehearsal.test, rehearsal.fuzzed = "", False
