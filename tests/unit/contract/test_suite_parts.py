"""The parts of the suite that need no target: masking, schemas, task rules, checks of an answer."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.copied.suite import conformance, tasks
from vcsdk.copied.suite.answers import Answer
from vcsdk.copied.suite.check import Finding
from vcsdk.copied.suite.contract import Contract
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.masking import Secrets
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation

SCHEMAS: dict[str, Any] = {
    "Error": {
        "type": "object",
        "required": ["messages"],
        "properties": {"messages": {"type": "array"}, "error_type": {"type": "string", "nullable": True}},
    },
    "Open": {"type": "string", "enum": ["ON"], "x-ms-enum": {"modelAsString": True}},
    "Closed": {"type": "string", "enum": ["ON"], "x-ms-enum": {"modelAsString": False}},
    "Challenged": {"allOf": [{"$ref": "#/components/schemas/Error"}, {"properties": {"challenge": {}}}]},
}
READ = Operation("thing.get", "get", "GET", "/thing", (), "#/paths/~1thing/get", Effect.READ)
CATALOGUE = Catalogue((READ,), error_schema="#/components/schemas/Error", error_statuses=(("NOT_FOUND", 404),))


@pytest.fixture
def description(tmp_path: Path) -> Description:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Challenged"}}}
    headers = {"X-Total": {"$ref": "#/components/headers/Total"}, "X-Page": {"schema": {"type": "integer"}}}
    responses = {
        "200": {"description": "", "content": content},
        "203": {"description": "", "content": content, "headers": headers},
        "204": {"description": ""},
        "205": {"description": "", "content": content},
        "400": {"description": ""},
        "403": {"description": "", "content": refused},
    }
    document = {
        "openapi": "3.0.3",
        "paths": {"/thing": {"get": {"responses": responses}}},
        "components": {"schemas": SCHEMAS, "headers": {"Total": {"required": True, "schema": {"type": "integer"}}}},
    }
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return Description(path)


def answer(status: int, body: object, content_type: str = "application/json", credential: str = "") -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("GET", "/thing", status, {"content-type": content_type}, content, READ, (credential,))


def refused(given: Answer) -> tuple[int, ...]:
    """What a test that wants this refusal expects."""
    return (given.status,) if given.status >= 400 else ()


def test_a_required_header_must_be_there(description: Description) -> None:
    given = answer(203, {"messages": []})

    with pytest.raises(Finding, match="the documented header X-Total is missing") as found:
        conformance.check(given, description, CATALOGUE, Secrets())
    assert found.value.check.id == "header-documented"
    with_header = dataclasses.replace(given, headers={**given.headers, "x-total": "1"})
    conformance.check(with_header, description, CATALOGUE, Secrets())


def test_a_refusal_that_nobody_expects_must_be_documented(description: Description) -> None:
    with pytest.raises(Finding, match="404 is not among the documented answers") as caught:
        conformance.check(answer(404, {"messages": [1]}), description, CATALOGUE, Secrets())

    assert (caught.value.check.id, caught.value.observed) == ("status-documented", "status 404")


def test_what_a_finding_observed_holds_no_value(description: Description) -> None:
    with pytest.raises(Finding) as caught:
        conformance.check(answer(200, {"messages": "s3cret"}), description, CATALOGUE, Secrets())

    assert (caught.value.check.id, caught.value.path) == ("body-fits", "$.messages")
    assert caught.value.observed == "type: text"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (answer(200, {"messages": [1], "more": 1}), "more"),
        (answer(200, {"messages": [1], "error_type": 3}), "error_type"),
        (answer(200, {}), "messages"),
        (answer(200, b"{", "application/json"), "not JSON"),
        (answer(200, {"messages": []}, "text/plain"), "text/plain"),
        (answer(204, {"messages": []}), "documented to have no body"),
        (answer(205, {"messages": []}), "documented to have no body"),
        (answer(200, b"", ""), "content type '' is not documented"),
        (answer(202, {"messages": []}), "not among the documented"),
        (answer(404, {"messages": []}), "messages"),
        (answer(404, b"<html>", "text/html"), "must be JSON"),
        (answer(400, {"messages": [1], "error_type": "NOT_FOUND"}), "belongs to 404"),
        (answer(400, {"messages": ["Traceback (most recent call last)"]}), "stack trace"),
        (answer(400, {"messages": ["at com.vmware.Api.call(Api.java:12)"]}), "stack trace"),
        (answer(400, {"messages": ["no session t0ken"]}, credential="t0ken"), "session token"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_breach_is_named(given: Answer, told: str, description: Description) -> None:
    with pytest.raises(AssertionError, match=told):
        conformance.check(given, description, CATALOGUE, Secrets(), expected=refused(given))


@pytest.mark.parametrize(
    "given",
    [
        answer(200, {"messages": [1], "error_type": None}),
        answer(403, {"messages": [1], "challenge": "Basic"}),
        answer(409, {"messages": [1], "error_type": "NEWER_THAN_THE_LIST"}),
        answer(404, {"messages": [1], "error_type": "NOT_FOUND"}),
        answer(400, {"messages": [1]}),
        answer(205, b"", ""),
    ],
    ids=[
        "null where allowed",
        "field of another part",
        "unknown error type",
        "agreeing",
        "body not described",
        "body described where none can be",
    ],
)
def test_what_conforms_passes(given: Answer, description: Description) -> None:
    conformance.check(given, description, CATALOGUE, Secrets(), expected=refused(given))


def test_undocumented_fields_can_be_allowed(description: Description) -> None:
    conformance.check(answer(200, {"messages": [], "more": 1}), description, CATALOGUE, Secrets(), closed=False)


def record(status: str, **more: object) -> dict[str, Any]:
    ended = {"end_time": "2024-01-01T00:00:02Z"} if status in tasks.TERMINAL else {}
    error = {"error": {"messages": []}} if status == "FAILED" else {}
    return {"status": status, "start_time": "2024-01-01T00:00:01Z", **ended, **error, **more}


@pytest.mark.parametrize(
    "life",
    [["PENDING", "RUNNING", "SUCCEEDED"], ["RUNNING", "BLOCKED", "RUNNING", "FAILED"], ["SUCCEEDED", "SUCCEEDED"]],
    ids=" ".join,
)
def test_a_possible_life_of_a_task(life: list[str]) -> None:
    history: list[dict[str, Any]] = []
    for status in life:
        tasks.check(history, record(status))
        history.append(record(status))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (record("SUCCEEDED"), record("RUNNING"), "back to RUNNING"),
        (record("RUNNING"), record("PENDING"), "back to PENDING"),
        (record("SUCCEEDED"), record("FAILED"), "ended SUCCEEDED and is now FAILED"),
        (None, record("DONE"), "not a status"),
        (None, record("SUCCEEDED", end_time=None), "no `end_time`"),
        (None, record("RUNNING", end_time="2024-01-01T00:00:02Z"), "has an `end_time`"),
        (None, record("RUNNING", error={}), "belongs to FAILED"),
        (None, record("FAILED", error=None), "belongs to FAILED"),
        (None, record("RUNNING", progress={"total": 10, "completed": 11}), "no possible progress"),
        (None, record("SUCCEEDED", progress={"total": 10, "completed": 9}), "SUCCEEDED at 9 of 10"),
        (None, record("SUCCEEDED", end_time="2023-01-01T00:00:00Z"), "before it started"),
        (
            record("RUNNING", progress={"total": 10, "completed": 5}),
            record("RUNNING", progress={"total": 10, "completed": 4}),
            "went from 5 to 4",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_impossible_task_is_named(before: dict[str, Any] | None, after: dict[str, Any], told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        tasks.check([before] if before else [], after)


@pytest.mark.parametrize("form", ['pa"ss wörd/é', "plain-secret"])
def test_a_secret_is_masked_however_it_is_written(form: str) -> None:
    from urllib.parse import quote

    secrets = Secrets()
    secrets.add_login("me", form)

    for text in (form, json.dumps(form), repr(form), quote(form, safe="")):
        assert secrets.shown_in(text)
        assert form not in secrets.mask(text)
    assert form not in repr(secrets)


@pytest.mark.parametrize(
    ("name", "value", "fits"), [("Open", "NEWER", True), ("Open", 1, False), ("Closed", "NEWER", False)]
)
def test_an_open_enumeration_takes_newer_values(description: Description, name: str, value: object, fits: bool) -> None:
    for schema in ({"$ref": f"#/components/schemas/{name}"}, {"allOf": [{"$ref": f"#/components/schemas/{name}"}]}):
        assert (description.departures(schema, value) == []) is fits


CHALLENGED = {"messages": [], "challenge": None}
PAGE = b"<html><body>404</body></html>"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (answer(403, CHALLENGED, "application/jsonx"), "content-documented"),
        (answer(403, CHALLENGED, ""), "content-documented"),
        (answer(403, CHALLENGED, "text/html"), "content-documented"),
        (answer(403, CHALLENGED), ""),
        (answer(403, {"error": "no"}, "text/plain"), ""),  # of whoever stands before the server
        (answer(403, CHALLENGED, "application/problem+json"), ""),
        (answer(403, PAGE, "text/html"), ""),
        (answer(403, b"", ""), ""),
        (answer(403, b"{}", ""), ""),
        (answer(403, b'"messages"', "text/plain"), ""),
        (answer(404, CHALLENGED, "text/plain"), ""),  # documented nowhere
        (answer(403, {"messages": [], "error_type": "NOT_FOUND"}), "error-type"),
        (answer(404, {"messages": [], "error_type": "NOT_FOUND"}), ""),
        (answer(403, {"messages": [], "error_type": "NEWER"}), ""),
    ],
)
def test_what_is_held_whoever_answers(description: Description, given: Answer, found: str) -> None:
    contract = Contract(description, CATALOGUE, Secrets(), closed=True)
    told = ""
    for rule in conformance.BODY_RULES:
        try:
            rule(given, contract)
        except Finding as finding:
            told = finding.check.id
            break
    assert told == found
