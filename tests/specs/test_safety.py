"""What every call of VMware's published descriptions can do, held by two lists that a person has read.

`safety/read.txt` has each operation that reads although its method is not GET, with VMware's own words for why;
`safety/destructive.txt` has each that interrupts or loses data, with the reason that was inferred.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from vcsdk.ir import Operation, Safety
from vcsdk.pipeline import read_api

from tests.specs.published import MISSING, SPECS

VERSIONS = {"7.0.3": "vcenter-7.0.3/*.json", "9.1.1": "vcenter-9.1.1/vcenter.yaml"}
pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason=MISSING)


@pytest.fixture(scope="module", params=VERSIONS)
def inferred(request: pytest.FixtureRequest) -> tuple[str, dict[str, Operation]]:
    files = sorted(SPECS.glob(VERSIONS[request.param]))
    apis = [read_api(file, use_config=False).api for file in files]
    return request.param, {o.request_line: o for api in apis for o in api.operations}


def listed(name: str, version: str) -> dict[str, str]:
    found = {}
    for line in (Path(__file__).parent / "safety" / name).read_text().splitlines():
        request, _, reason = line.partition("  # ")
        if request.startswith(version):
            found[request.removeprefix(f"{version} ")] = reason
    return found


def test_what_reads_without_get_is_listed_with_its_reason(inferred: tuple[str, dict[str, Operation]]) -> None:
    version, operations = inferred
    reading = {line for line, o in operations.items() if o.safety is Safety.READ and o.method != "GET"}
    expected = listed("read.txt", version)
    assert reading == set(expected)
    assert all(expected.values())


def test_what_interrupts_or_loses_data_is_listed_with_its_reason(inferred: tuple[str, dict[str, Operation]]) -> None:
    version, operations = inferred
    destructive = {line: o.safety_reason for line, o in operations.items() if o.safety is Safety.DESTRUCTIVE}
    assert destructive == listed("destructive.txt", version)
