"""A type of error that the description does not list is no finding: newer servers have more.  The run notes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vcsdk.simulator import Simulator

from .conftest import Finished
from .front import Front

UNKNOWN = ("-k", "unknown", "--level", "destructive")


@pytest.mark.parametrize("kind", ["NEWER_THAN_THE_LIST", "QUOTA_EXCEEDED", "E_42"])
def test_a_newer_type_is_a_note(
    kind: str, simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    front = Front(simulator().url, renamed=(b'"NOT_FOUND"', f'"{kind}"'.encode()))
    with front.running() as url:
        finished = run_suite(url, *UNKNOWN, module="test_tasks")

    assert finished.findings == [], finished.printed
    assert finished.results["verdict"] == "holds", finished.printed
    notes = finished.results["notes"]
    assert notes == sorted({*notes})
    assert any(
        f"answered 404 with the error type {kind}, which the description does not list" in line for line in notes
    )


@pytest.mark.parametrize("written", ['"not_found"', "404", '"No such task"', '""'])
def test_what_is_no_type_is_a_finding(
    written: str, simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    front = Front(simulator().url, renamed=(b'"NOT_FOUND"', written.encode()))
    with front.running() as url:
        finished = run_suite(url, *UNKNOWN, module="test_tasks")

    assert {found["check"] for found in finished.results["findings"]} == {"body-fits"}, finished.findings
    assert "notes" not in finished.results


def test_where_all_are_listed_nothing_is_noted(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished]
) -> None:
    assert "notes" not in run_suite(simulator().url, *UNKNOWN, module="test_tasks").results
