"""Which operations of VMware's descriptions have pages; the expectation was looked through by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from vcsdk.ir import Operation
from vcsdk.pipeline import read_api

from tests.specs.published import MISSING, SPECS, VCENTER

EXPECTED = Path(__file__).parent / "expected" / "vcf-operations-pages.txt"
COUNTS = {
    "vcf/vcf-operations-openapi.json": {"page": 55},
    "vcf/vcf-installer-openapi.json": {"page": 1},
    "vcf/sddc-lcm-openapi.yaml": {"page": 2},
    "vcf/log-management-openapi.json": {},
    VCENTER: {"cursor": 1},
    "vcenter-9.1.1/vcenter.yaml": {"cursor": 7, "offset": 3},
}
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
