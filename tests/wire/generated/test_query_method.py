"""The method QUERY (OpenAPI 3.2): a read with a body, sent again where a read is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from vcsdk.ir import Safety
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.suites import suite_of
from tests.unit.emitters.conftest import Generates, Reads, ref
from tests.wire.generated.calling import both, operation, sync
from tests.wire.runtime.server import Reply

ASK = {"type": "object", "properties": {"word": {"type": "string"}, "most": {"type": "integer"}}}
FOUND = {"type": "array", "items": {"type": "string"}}
BODY = {"required": True, "content": {"application/json": {"schema": ref("Ask")}}}
ANSWERS = {
    "200": {"description": "Found.", "content": {"application/json": {"schema": FOUND}}},
    "400": {"description": "Wrong."},
}


def description(**more: Any) -> dict[str, Any]:
    return {"openapi": "3.2.0", **operation(method="query", body=BODY, answers=ANSWERS, Ask=ASK), **more}


def test_it_is_sent_with_its_body(generate: Generates) -> None:
    package = generate(**description())
    seen, given = both(package, lambda c: c.x.call(word="a b"), lambda _: Reply(200, json=["a b c"]))
    assert [(each.method, each.target, json.loads(each.body)) for each in seen] == [
        ("QUERY", "/x", {"word": "a b"})
    ] * 2
    assert given == [["a b c"]] * 2


@pytest.mark.parametrize("name", ["search", "deleteOld", "call", "purge"])
def test_it_changes_nothing_whatever_it_is_called(name: str, read: Reads) -> None:
    data = description()
    data["paths"]["/x"]["query"]["operationId"] = name
    assert {each.safety for each in read(**data).api.operations} == {Safety.READ}


def test_it_is_sent_again_where_the_server_was_away(generate: Generates) -> None:
    package = generate(**description())
    answers = iter([Reply(503), Reply(200, json=["a"])])
    with sync(package, lambda _: next(answers)) as (client, server):
        assert client.with_options(retries=2).x.call(word="a") == ["a"]
    assert [each.method for each in server.seen] == ["QUERY", "QUERY"]


def test_beside_other_methods_each_is_its_own(generate: Generates) -> None:
    data = description()
    data["paths"]["/x"]["get"] = {"operationId": "list", "tags": ["things"], "responses": ANSWERS}
    package = generate(**data)
    seen, _ = both(package, lambda c: c.x.list(), lambda _: Reply(200, json=[]))
    assert {each.method for each in seen} == {"GET"}


def test_simulator_and_suite_know_it(read: Reads, tmp_path: Path) -> None:
    read(**description())
    with suite_of(tmp_path / "thing.json", tmp_path / "suite") as suite:
        simulator = Simulator(suite.described, SimulatorOptions())
        with simulator.running() as url:
            assert httpx2.request("QUERY", f"{url}/x", json={"word": "a"}).status_code == 200
            assert httpx2.request("QUERY", f"{url}/x", json={"most": "many"}).status_code == 400
            assert httpx2.request("POST", f"{url}/x", json={}).status_code == 405
            ran = suite.run(url, scratch=tmp_path)
    assert ran.findings == []
    assert simulator.log.accepted.total() > 1
