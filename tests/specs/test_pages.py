"""Which operations of VMware's descriptions have pages; the expectation was looked through by hand."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from vcsdk.ir import Operation
from vcsdk.pipeline import read_api

from tests.generated import imported
from tests.specs.published import MISSING, SPECS, VCENTER, Generated
from tests.wire.generated.listed import query
from tests.wire.runtime.server import Reply, Seen, serving

EXPECTED = Path(__file__).parent / "expected" / "vcf-operations-pages.txt"
COUNTS = {
    "vcf/vcf-operations-openapi.json": {"page": 55},
    "vcf/vcf-installer-openapi.json": {"page": 1},
    "vcf/sddc-lcm-openapi.yaml": {"page": 2},
    "vcf/log-management-openapi.json": {},
    VCENTER: {"cursor": 1},
    "vcenter-9.1.1/vcenter.yaml": {"cursor": 7, "offset": 3},
}
ALERTS = [UUID(int=number) for number in range(25)]
pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason=MISSING)


def paged(name: str) -> list[Operation]:
    operations = read_api(SPECS / name, use_config=False).api.operations
    assert not [o.request_line for o in operations if o.unpaged], "nothing in them is unclear"
    return [operation for operation in operations if operation.paging is not None]


@pytest.mark.parametrize("name", COUNTS)
def test_how_many_have_pages(name: str) -> None:
    assert Counter(str(o.paging.kind) for o in paged(name) if o.paging is not None) == COUNTS[name]


def test_each_with_what_leads_on() -> None:
    lines = []
    for operation in paged("vcf/vcf-operations-openapi.json"):
        paging = operation.paging
        assert paging is not None
        ends = ".".join(paging.total) or "-"
        place = f"{paging.parameter} from {paging.first}, {paging.size} {paging.full}"
        lines.append(f"{operation.request_line} | {paging.kind} | {'.'.join(paging.items)} | {place} | {ends}")
    assert "\n".join(lines) + "\n" == EXPECTED.read_text()


def alerts(seen: Seen) -> Reply:
    """Twenty-five alerts in pages, in the words of the description."""
    number, size = (int(query(seen).get(name, usual)) for name, usual in (("page", 0), ("pageSize", 1000)))
    found = [{"alertId": str(each)} for each in ALERTS][number * size : (number + 1) * size]
    links = [{"href": "/suite-api/api/alerts?page=0", "rel": "SELF", "name": "current"}]
    info = {"totalCount": 25, "page": number, "pageSize": size}
    return Reply(json={"pageInfo": info, "links": links, "alerts": found})


def test_all_alerts_of_a_server(published: Callable[[str], Generated]) -> None:
    package = published("vcf/vcf-operations-openapi.json")
    with serving(alerts) as server, imported(package.source, package.module) as module:
        name = next(name for name in module.__all__ if name.startswith("AsyncVMware")).removeprefix("Async")
        client_class, async_class = getattr(module, name), getattr(module, f"Async{name}")
        with client_class(server.origin, api_key="k") as client:
            assert [alert.alert_id for alert in client.alerts.get_alerts(page_size=10).pages()] == ALERTS
            assert [query(seen).get("page") for seen in server.seen] == [None, "1", "2"], "25 are 25: no fourth page"
            found = client.alerts.query.query_alert(page=1, page_size=10).pages()
            assert [alert.alert_id for alert in found] == ALERTS[10:]
            assert {seen.headers["authorization"] for seen in server.seen} == {"k"}

        async def run() -> None:
            async with async_class(server.origin, api_key="k") as client:
                assert [a.alert_id async for a in client.alerts.get_alerts(page_size=10).pages()] == ALERTS

        asyncio.run(run())
