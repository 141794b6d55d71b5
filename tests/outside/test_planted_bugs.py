"""A FastAPI application with ten planted bugs: each is found, by the check that is for it, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outside.holding import held, told
from tests.outside.servers.fastapi_bugs import BUGS, application, described

LEVEL = ("--level", "destructive", "--token-env", "TRIED_TOKEN")

pytestmark = pytest.mark.slow


def test_all_ten_are_found(tmp_path: Path) -> None:
    results = held(application(*BUGS), described(), tmp_path, *LEVEL)

    assert results["exit"] == 1
    found = {(finding["operation"], finding["check"]) for finding in results["findings"]}
    assert set(BUGS.values()) - found == set()
    # A request that an operation takes although it must not is of that operation, whatever else it shows.
    assert {operation for operation, _ in found} - {operation for operation, _ in BUGS.values()} == set()
    # One fault, one finding.
    assert sorted(finding["operation"] for finding in results["findings"]) == sorted(
        operation for operation, _ in BUGS.values()
    )
    worst = {finding["operation"] for finding in results["findings"] if finding["severity"] == "security"}
    assert worst >= {"owners.list", "search.search"}


def test_nothing_is_found_without_them(tmp_path: Path) -> None:
    results = held(application(), described(), tmp_path, *LEVEL)

    assert told(results) == []
    assert results["exit"] == 0
    assert [row for row in results["not_exercised"] if not row["answer"]] == []


@pytest.mark.parametrize("bug", BUGS)
def test_each_is_found_by_itself(bug: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if not request.config.getoption("--full"):
        pytest.skip("all ten at once are enough: make outside")
    results = held(application(bug), described(), tmp_path, *LEVEL)

    assert BUGS[bug] in {(finding["operation"], finding["check"]) for finding in results["findings"]}
    assert {finding["operation"] for finding in results["findings"]} == {BUGS[bug][0]}
