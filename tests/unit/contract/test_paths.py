"""What a server, also a lenient one, may take a path for decides what a request can do."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
from vcsdk.copied.suite import paths
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.gate import Gate, LimitReached, Policy, RequestRefused
from vcsdk.copied.suite.ledger import Ledger
from vcsdk.copied.suite.masking import Secrets
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation
from vcsdk.copied.suite.shared import Shared

CATALOGUE = Catalogue(
    operations=(
        Operation("halt", "halt", "POST", "/cluster", (("action", "halt"),), "#/paths/halt", Effect.DESTRUCTIVE),
        Operation("read", "read", "POST", "/cluster", (("action", "get"),), "#/paths/get", Effect.READ),
        Operation("item", "item", "DELETE", "/items/{item}", (), "", Effect.DESTRUCTIVE),
    ),
    prefix="/api",
)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("/api/items/a%2Fb?x=1", "/api/items/a%2Fb"),
        ("/api/it%65ms/%C3%A4", "/api/items/ä"),
        ("/api/items/a;b", "/api/items/a;b"),
    ],
)
def test_an_encoded_slash_separates_nothing(raw: str, read: str) -> None:
    assert paths.as_sent(raw) == read


@pytest.mark.parametrize(
    "path", ["/api/cluster/", "//api//cluster", "/api/./cluster", "/api/x/../cluster", "/api/cluster;v=1"]
)
def test_lenient_servers_overlook_much(path: str) -> None:
    assert paths.loosened(path) == "/api/cluster"


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    shared = Shared(tmp_path)
    answers = httpx2.MockTransport(lambda request: httpx2.Response(404 if b"no-such" in request.url.query else 202))
    description = Description(tmp_path / "openapi.json")
    description.path.write_text('{"paths": {"halt": {"requestBody": {"required": true}}, "get": {}}}')
    policy = Policy(Effect.WRITE)
    return Gate(answers, CATALOGUE, policy, Ledger(shared.accepted, 1), Secrets(), shared, description)


@pytest.mark.parametrize(
    "target",
    [
        "/api/cluster?action=halt",
        "/api/clust%65r?action=halt",
        "/api/cluster/?action=halt",
        "//api/cluster?action=halt",
        "/api/cluster;v=1?action=halt",
        "/api/cluster?action=halt&action=get",
        "/api/cluster?action=HALT",
        "/api/cluster",
    ],
)
def test_no_spelling_gets_a_destructive_request_out(gate: Gate, target: str) -> None:
    with (
        httpx2.Client(transport=gate, base_url="http://h") as client,
        pytest.raises(RequestRefused, match="destructive"),
    ):
        client.post(target)


def test_a_harmless_neighbour_leaves(gate: Gate) -> None:
    with httpx2.Client(transport=gate, base_url="http://h") as client:
        assert client.post("/api/cluster?action=get").status_code == 202


@pytest.mark.parametrize("target", ["/api/items/1", "/api/items/a%2Fb", "/api/items/1/"])
def test_the_limit_counts_every_spelling(gate: Gate, target: str) -> None:
    gate.policy = Policy(Effect.DESTRUCTIVE, frozenset({"item"}))
    with httpx2.Client(transport=gate, base_url="http://h") as client:
        assert client.delete("/api/items/2").status_code == 202
        with pytest.raises(LimitReached):
            client.delete(target)
