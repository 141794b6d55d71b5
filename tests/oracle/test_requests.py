"""Our client and openapi-python-client with its own templates send the same requests, seen by a real HTTP server.

`requests.toml` lists where they do not and why the tool is wrong there.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from vcsdk.ir import Operation
from vcsdk.pipeline import Described, read_api

from tests.generated import SPEC, imported, write_client
from tests.oracle.calls import Arguments, Call, OurClient, Sent
from tests.oracle.peer import NotEmittedError, Peer, plain
from tests.specs.published import MISSING, SPECS, VCENTER
from tests.wire.client.recording import Recorder, recording

pytest.importorskip("openapi_python_client", reason="the extra `flavors` is not installed")

SAMPLE = 110
TABLE = tomllib.loads((Path(__file__).parent / "requests.toml").read_text(encoding="utf-8"))["difference"]
KINDS = {entry["operation"]: entry["kind"] for entry in TABLE}


@dataclass(frozen=True)
class Bench:
    """Two clients of one API, and the server that both talk to."""

    described: Described
    operations: list[Operation]
    ours: OurClient
    peer: Peer
    server: Recorder

    def compare(self, call: Call) -> tuple[str, Any, Any]:
        """How the requests differ ("same" if they do not), and both."""
        mine = self._sent(call, lambda: self.ours.call(call))
        assert isinstance(mine, Sent), (call.operation.python_path, mine)
        theirs = self._sent(call, lambda: self.peer.call(call, self.server.origin + self.described.api.prefix))
        if isinstance(theirs, NotEmittedError):
            return "left out", mine, theirs
        if not isinstance(theirs, Sent):
            return "no request", mine, theirs
        if mine == theirs:
            return "same", mine, theirs
        alone = (mine.method, mine.path, mine.body) == (theirs.method, theirs.path, theirs.body)
        return "query" if alone else "differs", mine, theirs

    def _sent(self, call: Call, act: Any) -> Sent | Exception:
        """The request that acting makes, else what it raised; the server answers 404 to everything."""
        self.server.requests.clear()
        raised: Exception = AssertionError("nothing was sent")
        try:
            act()
        except Exception as error:
            raised = error
        requests = [r for r in self.server.requests if self._is_the_call(call, Sent.of(r))]
        assert len(requests) <= 1, requests
        return Sent.of(requests[0]) if requests else raised

    def _is_the_call(self, call: Call, sent: Sent) -> bool:
        # A failover reads the cluster before it starts, so that its outcome can be told later.
        outcome = call.operation.outcome
        before = next(
            (o for o in self.described.api.operations if outcome and o.operation_id == outcome.operation), None
        )
        return before is None or not set(before.fixed_query) <= set(sent.query)


def make(described: Described, operations: list[Operation], folder: Path) -> Iterator[Bench]:
    folder.mkdir(parents=True, exist_ok=True)
    targets = {(o.method, o.path, o.fixed_query) for o in operations}
    peer = Peer(plain(described, targets), folder)
    source = write_client(described.api, described.config, described.document, folder / "ours")
    with recording() as server, peer.importable(), imported(source, described.config.package.module) as package:
        yield Bench(described, operations, OurClient(described, package, server.origin), peer, server)


@pytest.fixture(scope="module")
def fragment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    described = read_api(SPEC)
    yield from make(described, list(described.api.operations), tmp_path_factory.mktemp("fragment"))


@pytest.fixture(scope="module")
def vcenter(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Bench]:
    if not SPECS.is_dir():
        pytest.skip(MISSING)
    described = read_api(SPECS / VCENTER, use_config=False)
    operations = list(described.api.operations)
    if not pytestconfig.getoption("--full"):
        listed = [o for o in operations if o.python_path in KINDS]
        operations = [*random.Random("oracle").sample([o for o in operations if o not in listed], SAMPLE), *listed]
    yield from make(described, operations, tmp_path_factory.mktemp("vcenter"))


def test_every_operation_of_the_fragment_is_sent_alike(fragment: Bench) -> None:
    arguments = Arguments(fragment.described)
    assert len(fragment.operations) == 11
    for operation in fragment.operations:
        for optional in (True, False):
            kind, mine, theirs = fragment.compare(arguments.call(operation, optional=optional))
            assert kind == "same", (operation.python_path, mine, theirs)


def test_operations_of_vcenter_are_sent_alike_but_for_what_is_listed(vcenter: Bench) -> None:
    """With everything that can be given, and with only what must be; one test, because two clients are made for it."""
    arguments = Arguments(vcenter.described)
    found = {}
    for operation in vcenter.operations:
        kind, mine, theirs = vcenter.compare(arguments.call(operation))
        if kind != KINDS.get(operation.python_path, "same"):
            found[operation.python_path] = (kind, mine, theirs)
        if operation.python_path not in KINDS:
            kind, mine, theirs = vcenter.compare(arguments.call(operation, optional=False))
            if kind != "same":
                found[operation.python_path] = (kind, mine, theirs)
    assert found == {}
    assert len(vcenter.operations) >= SAMPLE
    assert {operation.python_path for operation in vcenter.operations} >= KINDS.keys()


def test_every_listed_difference_has_a_kind_and_a_reason() -> None:
    assert len(KINDS) == len(TABLE)
    assert set(KINDS.values()) <= {"left out", "no request", "query"}
    assert [entry["operation"] for entry in TABLE if len(entry["reason"]) < 20] == []
