"""Rows as the suite hands them to the results, for tests."""

from __future__ import annotations

from typing import Any

from vcsdk.copied.suite.evidence import fingerprint
from vcsdk.copied.suite.results import Results

OPERATIONS = {
    "vcha.cluster.get": {
        "request": "POST /vcenter/vcha/cluster?action=get",
        "effect": "read",
        "documented": ["200", "403", "default"],
        "links": [],
    },
    "vcha.cluster.mode.get": {
        "request": "GET /vcenter/vcha/cluster/mode",
        "effect": "read",
        "documented": ["200", "401"],
        "links": [],
    },
}


def finding(operation: str = "vcha.cluster.get", **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "severity": "content",
        "check": "body-fits",
        "operation": operation,
        "path": "$.node1",
        "observed": "type: null",
        "message": "the body departs from its schema\nPOST /x → 200 application/json\n{}",
        "rule": "A JSON body fits its documented schema.",
        "request": {"method": "POST", "url": "https://vc/api/x", "headers": [["accept", "*/*"]], "body": None},
        "response": {"status": 200, "headers": [["content-type", "application/json"]], "body": '{"node1": null}'},
        "curl": "curl -i -X POST https://vc/api/x",
    }
    made |= changes
    made["fingerprint"] = fingerprint(made["operation"], made["check"], made["path"], made["observed"])
    return made


def row(test: str, outcome: str = "passed", found: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    operation = found["operation"] if found else "vcha.cluster.get"
    made: dict[str, Any] = {
        "test": f"contract/test_x.py::TestGet::{test}",
        "nodeid": f"contract/test_x.py::TestGet::{test}",
        "operation": operation,
        "outcome": outcome,
        "message": found["message"] if found else "",
        "at": 0.5,
        "seconds": 0.25,
        "exchanges": [(operation, 200, "")],
        "finding": found,
    }
    return made | changes


def results(*rows: dict[str, Any], **options: Any) -> Results:
    made = Results({"url": "https://vc.example.com"}, OPERATIONS, started="2026-11-24T09:00:00+00:00", **options)
    made.begin()
    for one in rows:
        made.add(one)
    made.end(1.5)
    return made
