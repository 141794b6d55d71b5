"""Where requests go: the description's servers, their variables, and what a caller names instead."""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import Any

import pytest
from vcsdk.diagnostics import Level
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, write_client
from tests.unit.emitters.conftest import Generates, Reads
from tests.wire.generated.calling import client_of, operation, serving
from tests.wire.runtime.server import Reply, Server
from tests.wire.simulator.conftest import QUICK


def api(url: str | None, variables: dict[str, Any] | None = None, own: list[Any] | None = None) -> dict[str, Any]:
    """`GET /x` below a server, and `GET /y` with servers of its own."""
    document = operation(method="get")
    there = {"operationId": "other", "responses": {"204": {"description": "Done."}}}
    document["paths"]["/y"] = {"get": {**there, **({"servers": own} if own is not None else {})}}
    if url is not None:
        document["servers"] = [{"url": url, "variables": variables or {}}]
    return document


def called(package: Any, *target: str, **options: Any) -> None:
    """Both operations, by both clients."""
    with client_of(package)(*target, retries=0, **options) as client:
        client.x.call()
        client.y.other()

    async def run() -> None:
        async with client_of(package, asynchronous=True)(*target, retries=0, **options) as client:
            await client.x.call()
            await client.y.other()

    asyncio.run(run())


def lines(server: Server) -> list[str]:
    """What the server was asked for, in order; both clients ask for the same."""
    found = [line.removeprefix("GET ") for line in server.lines]
    half = len(found) // 2
    assert found[:half] == found[half:]
    return found[:half]


def refused(package: Any, *target: str | None, **options: Any) -> str:
    said = []
    for asynchronous in (False, True):
        with pytest.raises(package.ArgumentError) as caught:
            client_of(package, asynchronous)(*target, **options)
        said.append(str(caught.value))
    assert said[0] == said[1]
    return said[0]


@pytest.mark.parametrize("path", ["", "/", "/v1", "/a%20b/v1/"])
def test_the_description_says_where_it_is(path: str, generate: Generates) -> None:
    with serving(lambda _: Reply(204)) as server:
        called(generate(**api(server.origin + path)))
    assert lines(server) == [f"{path.rstrip('/')}/x", f"{path.rstrip('/')}/y"]


@pytest.mark.parametrize("url", ["/v1", "v1", "./v1/", "https://api.example.com/v1", "https://{t}.example.com/v1"])
@pytest.mark.parametrize(
    ("path", "expected"), [("", "/v1"), ("/", "/v1"), ("/api/v2", "/api/v2"), ("/api/v2/", "/api/v2")]
)
def test_a_target_replaces_the_host_and_with_a_path_the_path(
    url: str, path: str, expected: str, generate: Generates
) -> None:
    package = generate(**api(url))
    with serving(lambda _: Reply(204)) as server:
        called(package, server.origin + path)
        shown = repr(client_of(package)(server.origin + path))
    assert lines(server) == [f"{expected}/x", f"{expected}/y"]
    assert shown == f"Thing('{server.origin}{path.rstrip('/')}')"


@pytest.mark.parametrize("url", [None, "/", "", "/v1", "{base}", "https://{tenant}.example.com"])
def test_without_a_host_a_target_is_needed(url: str | None, generate: Generates) -> None:
    package = generate(**api(url))
    parameter = inspect.signature(client_of(package)).parameters["target"]
    assert parameter.default is None
    if url and "{" in url:
        assert "needs it; or pass a target" in refused(package)
    else:
        assert "target" in refused(package)


VARIABLES = {
    "port": {"default": "1", "description": "Where it listens."},
    "basePath": {"enum": ["v1", "v2", "a/b"], "default": "v1"},
    "stage": {"default": ""},
}


def test_variables_are_keywords(generate: Generates) -> None:
    with serving(lambda _: Reply(204)) as server:
        variables = {**VARIABLES, "port": {"default": str(server.port)}}
        package = generate(**api("http://127.0.0.1:{port}/{basePath}{stage}", variables))
        called(package)
        called(package, base_path="a/b", stage="-x")
        called(package, port=str(server.port), base_path="v2")
        called(package, server.origin, stage="2")
        with serving(lambda _: Reply(204)) as other:
            called(package, port=str(other.port))
    asked = [line.removeprefix("GET ") for line in server.lines if line.endswith("/x")]
    assert asked == ["/v1/x"] * 2 + ["/a/b-x/x"] * 2 + ["/v2/x"] * 2 + ["/v12/x"] * 2
    assert lines(other) == ["/v1/x", "/v1/y"]
    parameters = inspect.signature(client_of(package)).parameters
    assert parameters["base_path"].annotation == "Literal['v1', 'v2', 'a/b'] | None"
    assert parameters["port"].annotation == "str | None"
    doc = inspect.getdoc(client_of(package).__init__) or ""
    assert "base_path: What stands for `{basePath}` in the address of the server. None means `v1`." in doc


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"region": "mars"}, "region: expected one of 'us', 'eu'; or pass a target"),
        ({"region": 7}, "region: expected text"),
        ({"tenant": "evil.example.net/"}, "tenant: has what cannot stand in a host name"),
        ({"tenant": "u@evil.example.net"}, "tenant: has what cannot stand in a host name"),
        ({"tenant": "evil.example.net#"}, "tenant: has what cannot stand in an address"),
        ({"tenant": "evil.example.net?"}, "tenant: has what cannot stand in an address"),
        ({"tenant": "evil.example.net\\"}, "tenant: has what cannot stand in an address"),
        ({"tenant": "a b"}, "tenant: has what cannot stand in an address"),
        ({"tenant": "evil.example.net:80"}, "tenant, region, version: is no address"),
        ({"tenant": ""}, "tenant: has what cannot stand in a host name"),
        ({"version": "v1?x=y"}, "version: has what cannot stand in an address"),
        ({"version": "../admin"}, "tenant, region, version: has a path that leads back"),
        ({"version": "%2e%2E"}, "tenant, region, version: has a path that leads back"),
    ],
)
def test_a_value_keeps_to_its_place(given: dict[str, Any], said: str, generate: Generates) -> None:
    variables = {
        "tenant": {"default": "demo"},
        "region": {"enum": ["us", "eu"], "default": "us"},
        "version": {"default": "v1"},
    }
    package = generate(**api("https://{tenant}.{region}.example.com/{version}", variables))
    assert said in refused(package, **given)


def test_a_variable_that_would_be_dropped_is_refused(generate: Generates) -> None:
    variables = {"tenant": {"default": "demo"}, "version": {"default": "v1"}}
    package = generate(**api("https://{tenant}.example.com/{version}", variables))
    assert "tenant: has no meaning beside this target" in refused(package, "h", tenant="a")
    assert "version: has no meaning beside this target" in refused(package, "https://h/v9", version="v2")
    with serving(lambda _: Reply(204)) as server:
        called(package, server.origin, version="v2")
    assert lines(server) == ["/v2/x", "/v2/y"]


def test_a_variable_may_be_the_whole_address(generate: Generates) -> None:
    with serving(lambda _: Reply(204)) as server:
        package = generate(**api("{baseUrl}/things", {"baseUrl": {"default": f"{server.origin}/one"}}))
        called(package)
        called(package, base_url=f"{server.origin}/two")
        called(package, server.origin)
    asked = [line.removeprefix("GET ") for line in server.lines if line.endswith("/x")]
    assert asked == ["/one/things/x"] * 2 + ["/two/things/x"] * 2 + ["/one/things/x"] * 2


@pytest.mark.parametrize(
    ("name", "keyword"),
    [
        ("target", "target_"),
        ("timeout", "timeout_"),
        ("settings", "settings_"),
        ("class", "class_"),
        ("self", "self_"),
        ("region-id", "region_id"),
        ("9", "n_9"),
        ("token", "token_2"),
    ],
)
def test_a_variable_has_a_keyword_of_its_own(name: str, keyword: str, generate: Generates) -> None:
    with serving(lambda _: Reply(204)) as server:
        document = api(f"{server.origin}/{{{name}}}", {name: {"default": "v1"}})
        document["components"] = {"securitySchemes": {"auth": {"type": "oauth2", "flows": {}}}}
        document["security"] = [{"auth": []}]
        called(generate(**document), token="t", **{keyword: "v7"})
    assert lines(server) == ["/v7/x", "/v7/y"]


def test_an_operation_has_a_server_of_its_own(generate: Generates, read: Reads) -> None:
    with serving(lambda _: Reply(204)) as main, serving(lambda _: Reply(204)) as own:
        document = api(f"{main.origin}/v1", own=[{"url": f"{own.origin}/up"}])
        package = generate(**document)
        called(package)
        assert (lines(main), lines(own)) == (["/v1/x"], ["/up/y"])
        called(package, main.origin)
        called(package, f"{main.origin}/gw")
    asked = [line.removeprefix("GET ") for line in main.lines[2:]]
    assert asked == ["/v1/x", "/up/y"] * 2 + ["/gw/x", "/gw/y"] * 2, "a target stands for every host"
    assert len(own.seen) == 2
    notes = [d for d in read(**document).diagnostics.found if d.rule == "operation-server"]
    assert [(d.level, d.message) for d in notes] == [(Level.NOTE, f"GET /y has a server of its own, `{own.origin}/up`")]
    doc = inspect.getdoc(client_of(package).__init__) or ""
    assert own.origin in doc


@pytest.mark.parametrize("place", ["path", "operation", "both"])
def test_the_nearest_server_counts(place: str, generate: Generates) -> None:
    with serving(lambda _: Reply(204)) as server:
        document = api(f"{server.origin}/api")
        item = document["paths"]["/y"]
        if place in ("path", "both"):
            item["servers"] = [{"url": "/path"}]
        if place in ("operation", "both"):
            item["get"]["servers"] = [{"url": f"{server.origin}/operation"}]
        called(generate(**document))
    assert lines(server) == ["/api/x", f"/{'path' if place == 'path' else 'operation'}/y"]


def test_one_keyword_for_a_variable_of_several_servers(generate: Generates) -> None:
    with serving(lambda _: Reply(204)) as server:
        own = {"url": f"{server.origin}/up/{{region}}/{{kind}}"}
        own["variables"] = {"region": {"default": "all"}, "kind": {"default": "big"}}
        package = generate(**api(f"{server.origin}/{{region}}", {"region": {"default": "us"}}, [own]))
        called(package)
        called(package, region="eu", kind="small")
        called(package, server.origin, region="eu")
    asked = [line.removeprefix("GET ") for line in server.lines]
    assert asked == ["/us/x", "/up/all/big/y"] * 2 + ["/eu/x", "/up/eu/small/y"] * 2 + ["/eu/x", "/up/eu/big/y"] * 2


def test_the_only_server_may_stand_at_every_path(generate: Generates, read: Reads) -> None:
    with serving(lambda _: Reply(204)) as server:
        document = api(None)
        for item in document["paths"].values():
            item["servers"] = [{"url": f"{server.origin}/v1"}]
        called(generate(**document))
    assert lines(server) == ["/v1/x", "/v1/y"]
    assert "operation-server" not in {d.rule for d in read(**document).diagnostics.found}


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("wss://api.example.com/v1", "is not spoken to by HTTP, but by `wss`"),
        ("https://user:s3cret@api.example.com", "has a user in it"),
        ("https://api.example.com/v1?x=y", "has more than a path behind its host"),
        ("https:///v1", "is no address"),
        ("http://[::1", "is no address"),
        ("https://api.example.com:port", "is no address"),
    ],
)
def test_a_server_that_cannot_be_used_is_left_out(url: str, said: str, generate: Generates, read: Reads) -> None:
    with serving(lambda _: Reply(204)) as server:
        document = api(url)
        document["servers"].append({"url": f"{server.origin}/v2"})
        called(generate(**document))
    assert lines(server) == ["/v2/x", "/v2/y"]
    found = [d for d in read(**document).diagnostics.found if d.rule == "unusable-server"]
    assert [d.message for d in found] == [f"this server {said}; it is left out"]


def test_the_simulator_answers_where_a_target_leads(generate: Generates, tmp_path: Any) -> None:
    own = [{"url": "https://up.example.com/files/{v}", "variables": {"v": {"default": "1"}}}]
    package = generate(**api("https://api.example.com/v1", own=own))
    with Simulator(read_api(tmp_path / "thing.json"), SimulatorOptions(**QUICK)).running() as url:
        called(package, url)
        called(package, f"{url}/v1")


def test_what_a_secret_goes_to_is_told_apart(generate: Generates) -> None:
    document = api("https://api.example.com", own=[{"url": "http://files.example.com"}])
    document["components"] = {"securitySchemes": {"auth": {"type": "http", "scheme": "bearer"}}}
    document["security"] = [{"auth": []}]
    package = generate(**document)
    with pytest.warns(package.InsecureConnectionWarning, match=r"http://files\.example\.com") as caught:
        client_of(package)(token="t").close()
    assert [warning.filename for warning in caught] == [__file__]


@pytest.mark.parametrize("host", ["{tenant}.example.com", "<tenant>"])
def test_a_placeholder_of_swagger_2_has_no_default(host: str, tmp_path: Any) -> None:
    paths = {"/x": {"get": {"operationId": "call", "responses": {"204": {"description": "Done."}}}}}
    info = {"title": "Thing", "version": "1"}
    document = {"swagger": "2.0", "info": info, "host": host, "basePath": "/v1", "schemes": ["http"], "paths": paths}
    (tmp_path / "thing.json").write_text(json.dumps(document))
    described = read_api(tmp_path / "thing.json")
    source = write_client(described.api, described.config, described.document, tmp_path / "out")
    with imported(source, "thing") as package, serving(lambda _: Reply(204)) as server:
        assert "tenant: the address of the server needs it; or pass a target" in refused(package)
        with package.Thing(tenant="acme") as client:
            assert repr(client).startswith("Thing('http://acme")
        with package.Thing(server.origin) as client:
            client.x.call()
    assert server.lines == ["GET /v1/x"]


@pytest.mark.parametrize("url", [None, "/v1", "https://api.example.com/v1", "https://{t}.example.com/{v}", "{t}/v1"])
@pytest.mark.parametrize("path", ["", "/", "/gw", "/gw/v2/", "/a%20b"])
def test_a_base_url_is_all_that_stands_before_a_path(url: str | None, path: str, generate: Generates) -> None:
    with serving(lambda _: Reply(204)) as server:
        package = generate(
            **api(url, {"t": {"default": "a"}, "v": {"default": "v1"}}, [{"url": "https://up.example.com/u"}])
        )
        called(package, base_url=server.origin + path)
        shown = repr(client_of(package)(base_url=server.origin + path))
    assert lines(server) == [f"{path.rstrip('/')}/x", f"{path.rstrip('/')}/y"], "every server is replaced"
    assert shown == f"Thing('{server.origin}{path.rstrip('/')}')"


def test_a_target_without_a_path_keeps_that_of_the_description_and_a_base_url_does_not(generate: Generates) -> None:
    package = generate(**api("/v1"))
    with serving(lambda _: Reply(204)) as server:
        called(package, server.origin)
        called(package, base_url=server.origin)
    assert [line for line in server.lines if line.endswith("/x")] == ["GET /v1/x"] * 2 + ["GET /x"] * 2


def test_both_may_be_given_where_they_lead_to_the_same(generate: Generates) -> None:
    package = generate(**api("/v1"))
    with serving(lambda _: Reply(204)) as server:
        called(package, server.origin, base_url=f"{server.origin}/v1/")
        called(package, f"{server.origin}/v2", base_url=f"{server.origin}/v2")
    assert [line for line in server.lines if line.endswith("/y")] == ["GET /v1/y"] * 2 + ["GET /v2/y"] * 2
    for other in ("http://h/v2", "http://h", "http://other/v1", "https://h/v1"):
        assert "target, base_url: lead to different addresses" in refused(package, "http://h", base_url=other)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("gw.example.com", "base_url: expected a whole address"),
        ("", "base_url: expected"),
        (7, "base_url: expected"),
        ("https://user:s3cret@h/v1", "base_url: holds a user name"),
        ("https://h/v1?x=s3cret", "base_url: goes no further than a path"),
        ("ftp://h/v1", "base_url: scheme"),
        ("https://h/../x", "base_url: has a path that leads back"),
    ],
)
def test_a_base_url_that_is_none(value: Any, said: str, generate: Generates) -> None:
    found = refused(generate(**api("https://api.example.com/v1")), base_url=value)
    assert said in found
    assert "s3cret" not in found


def test_a_variable_beside_a_base_url_is_refused(generate: Generates) -> None:
    package = generate(
        **api("https://{tenant}.example.com/{version}", {"tenant": {"default": "a"}, "version": {"default": "1"}})
    )
    for given in ({"tenant": "b"}, {"version": "2"}):
        assert "has no meaning beside this base URL" in refused(package, base_url="https://h/v1", **given)


NAMES = [
    "str",
    "literal",
    "unpack",
    "settings",
    "server",
    "variable",
    "supportsReveal",
    "securityFacts",
    "apiFacts",
    "target",
]


@pytest.mark.parametrize("name", [*NAMES, "credentials", "token"])
def test_a_resource_may_be_called_like_what_the_client_is_made_of(name: str, generate: Generates) -> None:
    with serving(lambda _: Reply(204)) as server:
        document = api(f"{server.origin}/{{v}}", {"v": {"default": "v1", "enum": ["v1"]}})
        get = {"operationId": "read", "tags": [name], "responses": {"204": {"description": "Done."}}}
        document["paths"][f"/{name}"] = {"get": get}
        document["components"] = {"securitySchemes": {"auth": {"type": "oauth2", "flows": {}}}}
        document["security"] = [{"auth": []}]
        package = generate(**document)
        called(package, token="t", v="v1")
        hints = inspect.get_annotations(client_of(package).__init__)
    spelled = {hints["target"], hints["v"], hints["token"], hints["verify"]}
    assert len(spelled) == 4
    assert ("builtins.str | None" in spelled) == (name == "str")
    assert lines(server) == ["/v1/x", "/v1/y"]
