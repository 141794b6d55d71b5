"""What the client of vCenter 7.0.3 puts on the wire where path and method do not tell operations apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from vcsdk.ir import Operation
from vcsdk.pipeline import Described, read_api

from tests.generated import imported
from tests.oracle.calls import ABSENT, Arguments, Call, OurClient, Sent
from tests.specs.published import MISSING, SPECS, VCENTER, Generated
from tests.wire.client.recording import Recorder, recording


@pytest.fixture(scope="module")
def described() -> Described:
    if not SPECS.is_dir():
        pytest.skip(MISSING)
    return read_api(SPECS / VCENTER, use_config=False)


@pytest.fixture(scope="module")
def server() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder


@pytest.fixture(scope="module")
def client(described: Described, vcenter: Generated, server: Recorder) -> Iterator[OurClient]:
    with imported(vcenter.source, vcenter.module) as package:
        yield OurClient(described, package, server.origin)


def sent(client: OurClient, server: Recorder, call: Call) -> Sent:
    """The one request that a call makes; the server knows nothing and answers 404."""
    server.requests.clear()
    with pytest.raises(Exception, match="404"):
        client.call(call)
    (request,) = server.requests
    assert request.headers["vmware-api-session-id"] == "t0ken"
    return Sent.of(request)


def text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def pairs(name: str, value: object) -> list[tuple[str, str]]:
    """A parameter in OpenAPI's default style for the query, `form` exploded."""
    if isinstance(value, dict):
        return [(key, text(member)) for key, member in value.items()]
    return [(name, text(member)) for member in (value if isinstance(value, list) else [value])]


def expected(call: Call) -> Sent:
    """The request by the description alone: each constant and each parameter once."""
    path, query = call.operation.path, list(call.operation.fixed_query)
    for (place, name), value in call.parameters.items():
        if place == "path":
            path = path.replace(f"{{{name}}}", quote(text(value), safe=""))
        elif place == "query":
            query += pairs(name, value)
    return Sent(call.operation.method, path, tuple(sorted(query)), None if call.body is ABSENT else call.body)


def test_a_query_in_the_key_and_declared_parameters_are_all_sent_once(
    described: Described, client: OurClient, server: Recorder
) -> None:
    """`services-applied-config?vmw-task=true` also declares `hostname` and `port`."""
    (operation,) = [
        o
        for o in described.api.operations
        if o.path.endswith("/services-applied-config") and "attestation" in o.path and o.method == "GET"
        if o.fixed_query == (("vmw-task", "true"),)
    ]
    server.requests.clear()
    method = client.client
    for name in operation.python_path.split("."):
        method = getattr(method, name)
    with pytest.raises(Exception, match="404"):
        method(cluster="c-1", hostname="h&x=1", port=443)
    (request,) = server.requests
    assert request.method == "GET"
    path, _, query = request.target.partition("?")
    assert path == operation.path.replace("{cluster}", "c-1")
    assert sorted(query.split("&")) == ["hostname=h%26x%3D1", "port=443", "vmw-task=true"]


def shared(described: Described) -> list[Operation]:
    """Operations that share method and path with another."""
    counts = Counter((o.method, o.path) for o in described.api.operations)
    return [o for o in described.api.operations if counts[(o.method, o.path)] > 1]


def test_every_operation_that_shares_method_and_path_sends_its_own_query(
    described: Described, client: OurClient, server: Recorder
) -> None:
    operations = shared(described)
    assert len(operations) == 84
    arguments = Arguments(described)
    lines = set()
    for operation in operations:
        call = arguments.call(operation)
        request = sent(client, server, call)
        assert request == expected(call), operation.python_path
        assert set(operation.fixed_query) <= set(request.query)
        lines.add((operation.method, operation.path, operation.fixed_query))
    assert len(lines) == 84


def test_every_operation_sends_what_its_description_says(
    described: Described, client: OurClient, server: Recorder
) -> None:
    arguments = Arguments(described)
    wrong = []
    for operation in described.api.operations:
        call = arguments.call(operation)
        if (request := sent(client, server, call)) != expected(call):
            wrong.append((operation.python_path, request, expected(call)))
    assert wrong == []
