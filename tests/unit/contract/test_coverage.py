"""What a run has not exercised: operations, documented answers, links from one operation to the next."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from vcsdk.copied.suite import coverage, links
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation

START = Operation("x.start", "start", "POST", "/x", (("vmw-task", "true"),), "#", Effect.WRITE)
READ = Operation("tasks.get", "get", "GET", "/tasks/{task}", (), "#", Effect.READ, role="task-get")
CATALOGUE = Catalogue((START, READ))
DECLARED = {"request": "POST /x", "effect": "write", "documented": ["202", "403", "default", "500"]}


def row(statuses: dict[str, int], followed: int = 0) -> dict[str, Any]:
    summary = coverage.operation_summary(DECLARED, Counter(statuses), Counter(), [])
    return {"x.start": summary | {"links": {"tasks.get": followed}}}


def missing(statuses: dict[str, int], followed: int = 0) -> list[tuple[str, str]]:
    return [(gap["answer"], gap["reason"]) for gap in coverage.not_exercised(row(statuses, followed))]


def test_everything_seen_is_no_gap() -> None:
    # 400 stands for `default`; no request can ask for a 500.
    assert missing({"202": 1, "403": 1, "400": 1}, followed=1) == []


@pytest.mark.parametrize(
    ("statuses", "followed", "gap"),
    [
        ({}, 0, "never called"),
        ({"403": 1, "400": 1}, 0, "never answered with a success"),
        ({"202": 1, "400": 1}, 1, "this documented answer was never seen"),
        ({"202": 1, "403": 1}, 1, "this documented answer was never seen"),
        ({"202": 1, "403": 1, "400": 1}, 0, "never used to call tasks.get"),
    ],
    ids=["no call", "no success", "no 403", "no default", "no link"],
)
def test_what_was_not_seen_is_a_gap(statuses: dict[str, int], followed: int, gap: str) -> None:
    found = missing(statuses, followed)

    # An operation that never succeeded has not shown its documented success either.
    assert len([reason for answer, reason in found if answer != "202"]) <= 1
    assert gap in found[0][1]


def test_a_link_is_followed_with_the_identifier_that_was_answered() -> None:
    seen = links.Links(CATALOGUE)

    assert list(links.declared(START, CATALOGUE)) == ["tasks.get"]
    assert seen.follow(START, "/api/x", 202, b'"a:b"') == ""
    assert seen.follow(READ, "/api/tasks/other", 200, b"{}") == ""
    assert seen.follow(READ, "/api/tasks/a%3Ab", 404, b"{}") == ""
    assert seen.follow(READ, "/api/tasks/a%3Ab", 200, b"{}") == "x.start"


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [({}, "never called: why"), ({"401": 1}, "called, but never answered with a success: why")],
)
def test_what_a_test_did_not_send_says_why(statuses: dict[str, int], reason: str) -> None:
    found = coverage.not_exercised(row(statuses), {"x.start": "why"})

    assert [gap["reason"] for gap in found if not gap["answer"]] == [reason]


@pytest.mark.parametrize(
    ("documented", "status", "gaps"),
    [
        (["307", "404"], "307", []),
        (["3XX", "404"], "302", []),
        (["200", "404"], "302", ["called, but never answered with a success"]),
    ],
)
def test_a_documented_redirection_is_a_success(documented: list[str], status: str, gaps: list[str]) -> None:
    summary = coverage.operation_summary({**DECLARED, "documented": documented}, Counter({status: 1}), Counter(), [])

    assert [gap["reason"] for gap in coverage.not_exercised({"x": summary}) if not gap["answer"]] == gaps
