"""Servers of an API and of its operations."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.ir import Server, ServerVariable

from .conftest import Builds

DONE = {"responses": {"200": {"description": ""}}}


def document(*servers: Any, **items: Any) -> dict[str, Any]:
    paths = {f"/{name}": {"get": {"operationId": name, **DONE}, **item} for name, item in (items or {"a": {}}).items()}
    return {"paths": paths, **({"servers": list(servers)} if servers else {})}


@pytest.mark.parametrize(
    ("url", "expected", "prefix"),
    [
        ("https://h/v1/", "https://h/v1", "/v1"),
        ("HTTP://h", "HTTP://h", ""),
        ("//h/v1", "https://h/v1", "/v1"),
        ("/", "", ""),
        ("/v1", "/v1", "/v1"),
        ("v1/x/", "/v1/x", "/v1/x"),
        ("../../v1", "/v1", "/v1"),
        (".", "", ""),
        ("api.example.com", "/api.example.com", "/api.example.com"),
    ],
)
def test_addresses(url: str, expected: str, prefix: str, api_of: Builds) -> None:
    api = api_of(document({"url": url}))
    assert (api.servers[""].url, api.prefix) == (expected, prefix)


def test_variables(api_of: Builds, diagnostics: Diagnostics) -> None:
    variables = {
        "a": {"default": "x", "enum": ["y"], "description": "It."},
        "b": {"default": 8443, "enum": [443, 8443]},
        "unused": {"default": ""},
    }
    api = api_of(document({"url": "https://{a}.h:{b}/{c}/{a}", "variables": variables}))
    assert api.servers[""].variables == (
        ServerVariable("a", "x", ("x", "y"), "It."),
        ServerVariable("b", "8443", ("443", "8443")),
        ServerVariable("c"),
    )
    assert api.prefix == "/host/x"
    told = {d.rule: d for d in diagnostics}
    assert told["unused-variable"].message == "`unused` stands nowhere in the server's address"
    assert "`{c}` has no default" in told["no-default"].message


@pytest.mark.parametrize(("server", "notes"), [("/v1", 1), ("/", 0), ("https://h", 0), (None, 0)])
def test_that_the_host_is_not_said_is_told(
    server: str | None, notes: int, api_of: Builds, diagnostics: Diagnostics
) -> None:
    api_of(document(*([{"url": server}] if server else [])))
    found = [d for d in diagnostics if d.rule == "no-host"]
    assert [d.level for d in found] == [Level.NOTE] * notes


def test_each_server_is_there_once(api_of: Builds) -> None:
    def up(default: str) -> dict[str, Any]:
        return {"servers": [{"url": "https://{r}.up", "variables": {"r": {"default": default}}}]}

    main = {"servers": [{"url": "https://h/v1/", "description": "The same."}]}
    api = api_of(document({"url": "https://h/v1"}, a=up("x"), b=up("y"), c=up("x"), d=main, e={}))
    assert [(o.operation_id, o.server) for o in api.operations] == [
        ("a", "https://{r}.up"),
        ("b", "https://{r}.up (2)"),
        ("c", "https://{r}.up"),
        ("d", ""),
        ("e", ""),
    ]
    assert [server.expanded for server in api.servers.values()] == ["https://h/v1", "https://x.up", "https://y.up"]


def test_a_vcenter_is_where_its_owner_put_it(api_of: Builds, diagnostics: Diagnostics) -> None:
    own = {"servers": [{"url": "https://elsewhere.example.com"}]}
    api = api_of(document({"url": "https://vc.example.com/api"}, a=own), profile="vapi")
    assert api.servers == {"": Server("/api")}
    assert [operation.server for operation in api.operations] == [""]
