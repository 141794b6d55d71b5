"""Whole programs against FastAPI and the simulator: where requests go, the environment, hooks, tracing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import httpx2
import pytest
from fastapi import FastAPI, Header, Security
from fastapi.security import APIKeyHeader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, read_spec, write_client
from tests.served import serving
from tests.wire.simulator.conftest import PASSWORD, QUICK

KEY = "k3y-s3cr3t"
KINDS = pytest.mark.parametrize("kind", ["sync", "async"])


def things() -> FastAPI:
    """An application with a key, below `/{region}`; it says what it was asked with."""
    api = FastAPI(title="Depot", servers=[{"url": "/{region}", "variables": {"region": {"default": "us"}}}])

    @api.get("/things", operation_id="list")
    def list_things(
        key: Annotated[str, Security(APIKeyHeader(name="X-Key"))],
        x_trace: Annotated[str | None, Header()] = None,
        traceparent: Annotated[str | None, Header(include_in_schema=False)] = None,
    ) -> list[str | None]:
        return [key, x_trace, traceparent]

    return api


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    whole = FastAPI(openapi_url=None)
    for region in ("us", "eu", "gw/v2"):
        whole.mount(f"/{region}", things())
    whole.mount("/", things())
    with serving(whole) as found:
        yield found


@pytest.fixture(scope="module")
def depot(origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    path = tmp_path_factory.mktemp("depot") / "openapi.json"
    path.write_bytes(httpx2.get(f"{origin}/openapi.json").content)
    described = read_api(path)
    source = write_client(described.api, described.config, described.document, path.parent)
    with imported(source, described.config.package.module) as module:
        yield module


@pytest.fixture(scope="module")
def vcenter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    described = read_spec()
    source = write_client(described.api, described.config, described.document, tmp_path_factory.mktemp("vcenter"))
    with imported(source, "vcenter_vcha") as module:
        yield module


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Simulator(read_spec(), SimulatorOptions(**QUICK)).running() as found:
        yield found


def run(kind: str, made: Callable[[str], Any], call: Callable[[Any], Any]) -> Any:
    """The same program of both clients; `made` has a prefix for the class."""
    if kind == "sync":
        with made("") as client:
            return call(client)

    async def main() -> Any:
        async with made("Async") as client:
            return await call(client)

    return asyncio.run(main())


def listed(client: Any) -> Any:
    return client.things.list()


@KINDS
def test_a_base_url_with_a_path_and_variables_of_servers(kind: str, depot: ModuleType, origin: str) -> None:
    paths: list[str] = []
    hooks = depot.hooks.Hooks(before_request=lambda request: paths.append(request.url.removeprefix(origin)))
    for where in (
        {"base_url": f"{origin}/gw/v2"},
        {"base_url": origin},
        {"target": origin},
        {"target": origin, "region": "eu"},
        {"target": f"{origin}/us"},
    ):
        made = lambda prefix, where=where: getattr(depot, f"{prefix}Depot")(**where, api_key=KEY, hooks=hooks)  # noqa: E731
        assert run(kind, made, listed)[0] == KEY
    assert paths == ["/gw/v2/things", "/things", "/us/things", "/eu/things", "/us/things"]


@KINDS
def test_settings_from_the_environment(
    kind: str, depot: ModuleType, origin: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    for name, value in (
        ("TARGET", origin),
        ("REGION", "eu"),
        ("API_KEY_FILE", str(tmp_path / "key")),
        ("TIMEOUT", "9"),
    ):
        monkeypatch.setenv(f"DEPOT_{name}", value)
    paths: list[str] = []
    hooks = depot.hooks.Hooks(before_request=lambda request: paths.append(request.url.removeprefix(origin)))
    for given in ({}, {"region": "us"}, {"base_url": f"{origin}/gw/v2"}):
        made = lambda prefix, given=given: getattr(depot, f"{prefix}Depot").from_env(**given, hooks=hooks)  # noqa: E731
        assert run(kind, made, listed)[0] == KEY
    assert paths == ["/eu/things", "/us/things", "/gw/v2/things"]


@KINDS
def test_hooks_of_a_task_from_login_to_logout(kind: str, vcenter: ModuleType, url: str) -> None:
    told: list[tuple[str, str, int]] = []

    def before(request: Any) -> None:
        assert PASSWORD not in f"{request.headers} {request.url}"
        request.add_header("X-Request-Id", str(len(told)))

    def after(request: Any, response: Any) -> None:
        told.append((request.purpose, request.operation, response.status))

    async def aafter(request: Any, response: Any) -> None:
        after(request, response)

    hooks = vcenter.hooks.Hooks(before_request=before, after_response=after if kind == "sync" else aafter)
    user = "administrator@vsphere.local"

    def failover(client: Any) -> Any:
        if kind == "sync":
            return client.vcha.cluster.failover(planned=True).wait(timeout=30, poll=0.1)

        async def wait() -> Any:
            return await (await client.vcha.cluster.failover(planned=True)).wait(timeout=30, poll=0.1)

        return wait()

    made = lambda prefix: getattr(vcenter, f"{prefix}VCenter")(url, username=user, password=PASSWORD, hooks=hooks)  # noqa: E731
    run(kind, made, failover)
    purposes = [purpose for purpose, _, _ in told]
    assert told[0] == ("login", "session.create", 201)
    assert ("call", "vcha.cluster.failover", 202) in told
    assert purposes.count("call") == 1
    assert ("poll", "tasks.get", 200) in told
    assert purposes[-1] == "logout"


@KINDS
def test_tracing_of_logins_calls_and_what_they_lead_to(
    kind: str, vcenter: ModuleType, depot: ModuleType, url: str, origin: str
) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    hooks = vcenter.tracing.Tracing(provider)
    user = "administrator@vsphere.local"
    made = lambda prefix: getattr(vcenter, f"{prefix}VCenter")(url, username=user, password=PASSWORD, hooks=hooks)  # noqa: E731
    run(kind, made, lambda client: client.vcha.cluster.mode.get())
    spans = exporter.get_finished_spans()
    assert [span.name for span in spans] == ["session.create", "vcha.cluster.mode.get", "session.delete"]
    assert [dict(span.attributes or {})["http.response.status_code"] for span in spans] == [201, 200, 204]
    exporter.clear()

    own = depot.tracing.Tracing(provider)
    made = lambda prefix: getattr(depot, f"{prefix}Depot")(origin, api_key=KEY, hooks=own)  # noqa: E731
    parent = run(kind, made, listed)[2]
    (span,) = exporter.get_finished_spans()
    assert parent.split("-")[2] == f"{span.context.span_id:016x}"
    assert dict(span.attributes or {})["url.full"] == f"{origin}/us/things"
    assert KEY not in span.to_json()
