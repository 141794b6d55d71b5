"""Clients of published descriptions go through pages of servers that nobody made of these descriptions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.ir import Api
from vcsdk.pipeline import read_api

from tests.corpus.files import CORPUS, MISSING
from tests.generated import imported, write_client
from tests.wire.generated.listed import query
from tests.wire.runtime.server import Handler, Reply, Seen, serving

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
NAMES = ["one", "two", "three", "four", "five"]


def by_token(seen: Seen) -> Reply:
    start = int(query(seen).get("pageToken", "t0").removeprefix("t"))
    more = {"nextPageToken": f"t{start + 2}"} if start + 2 < len(NAMES) else {}
    return Reply(json={"items": [{"title": name} for name in NAMES[start : start + 2]], **more})


def by_offset(seen: Seen) -> Reply:
    start = int(query(seen).get("offset", 0))
    results = [{"event_name": name} for name in NAMES[start : start + 2]]
    return Reply(json={"status": "OK", "num_results": len(results), "results": results})


def by_address(seen: Seen) -> Reply:
    number = int(query(seen).get("Page", 0))
    address = f"http://{seen.headers['host']}/v1/Alerts?PageSize=2&Page={number + 1}&PageToken=PA{number}"
    following = address if number < 2 else None
    alerts = [{"alert_text": name} for name in NAMES[number * 2 : number * 2 + 2]]
    return Reply(json={"alerts": alerts, "meta": {"page": number, "next_page_url": following, "key": "alerts"}})


CASES: dict[str, tuple[str, Handler, dict[str, Any], Callable[[Any], Any]]] = {
    "lite/specs/googleapis.com/tasks/v1.json": (
        "GET /users/@me/lists",
        by_token,
        {},
        lambda item: item.title,
    ),
    "lite/specs/nytimes.com/geo_api/1.0.0.json": (
        "GET /query.json",
        by_offset,
        {},
        lambda item: item.event_name,
    ),
    "twilio/spec/json/twilio_monitor_v1.json": (
        "GET /v1/Alerts",
        by_address,
        {"page_size": 2},
        lambda item: item.alert_text,
    ),
}


def method_of(api: Api, request: str, client: Any) -> Any:
    (operation,) = (each for each in api.operations if each.request_line == request)
    assert operation.paging is not None
    found = client
    for name in operation.python_path.split("."):
        found = getattr(found, name)
    return found


@pytest.mark.parametrize("name", CASES)
def test_all_pages(name: str, tmp_path: Path) -> None:
    request, handler, arguments, shown = CASES[name]
    described = read_api(CORPUS / name, use_config=False, diagnostics=Diagnostics())
    source = write_client(described.api, described.config, described.document, tmp_path)
    package = described.config.package
    keywords = {key for scheme in described.api.security_schemes.values() for key in scheme.keywords}
    with imported(source, package.module), serving(handler) as server:
        module = import_module(f"{package.module}.client")
        given: Any = {**dict.fromkeys(keywords, "k"), "retries": 0}
        with getattr(module, package.client)(server.origin, **given) as client:
            method = method_of(described.api, request, client)
            assert [shown(item) for item in method(**arguments).pages()] == NAMES

        async def run() -> None:
            async with getattr(module, f"Async{package.client}")(server.origin, **given) as client:
                method = method_of(described.api, request, client)
                assert [shown(item) async for item in method(**arguments).pages()] == NAMES

        asyncio.run(run())
