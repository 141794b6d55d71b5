"""What a failed test says of the contract stands in fields: other ids, words and names of tests change none of it."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any, cast

import jsonschema_rs
import pytest
from schemathesis.core import failures as core
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.openapi import checks as openapi
from vcsdk.copied.suite import breach, evidence
from vcsdk.copied.suite.answers import Answer
from vcsdk.copied.suite.catalogue import CHECKS
from vcsdk.copied.suite.check import SEVERITIES, Check, Finding
from vcsdk.copied.suite.checks import constants_significant, expected_status, sign_in, task_cancel
from vcsdk.copied.suite.gate import Exchange
from vcsdk.copied.suite.masking import Secrets
from vcsdk.copied.suite.operations import Effect, Operation
from vcsdk.copied.suite.recording import Recorder

READ = Operation("thing.get", "get", "GET", "/thing", (), "#/paths/~1thing/get", Effect.READ)
WORDS = "the session's token, password and privilege: a header, a field, a schema in JSON"


def item(name: str = "test_it_holds", *, security: bool = False, doc: str | None = None) -> pytest.Item:
    function = SimpleNamespace(__doc__=doc)
    marker = pytest.Mark if security else None
    return cast("pytest.Item", SimpleNamespace(name=name, function=function, get_closest_marker=lambda _: marker))


def describe(error: BaseException, test: pytest.Item, status: int = 200) -> dict[str, Any]:
    return evidence.describe(test, error, "thing.get", [Exchange("thing.get", status, 0.1)], Recorder(Secrets()))


def answer(status: int, error_type: str = "") -> Answer:
    headers = {"content-type": "application/json"}
    return Answer("GET", "/thing", status, headers, f'{{"error_type": "{error_type}"}}'.encode(), READ)


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
@pytest.mark.parametrize("path", ["", "$.a"])
@pytest.mark.parametrize("status", [200, 503])
@pytest.mark.parametrize("security", [False, True])
def test_a_check_by_another_name_is_as_bad(check: Check, path: str, status: int, security: bool) -> None:
    renamed = dataclasses.replace(check, id="session-token-field")

    one = describe(Finding(check, "told", path=path), item(security=security), status)
    other = describe(Finding(renamed, WORDS, path=path), item("test_privilege_header", security=security), status)

    assert (other["severity"], other["rule"]) == (one["severity"], one["rule"])
    assert one["rule"] == check.summary
    assert (one["check"], other["check"]) == (check.id, "session-token-field")
    whole = security and not path
    at_fault = "behaviour" if check.severity == "content" and status == 503 else check.severity
    assert one["severity"] == ("security" if whole else at_fault)


@pytest.mark.parametrize(
    ("hold", "given", "severity"),
    [
        (constants_significant.hold, answer(200), "behaviour"),
        (constants_significant.hold, answer(400, "RESOURCE_BUSY"), "content"),
        (task_cancel.hold, answer(204), "behaviour"),
        (task_cancel.hold, answer(400, "NOT_FOUND"), "content"),
        (sign_in.accepted, answer(401), "behaviour"),
        (sign_in.refused, answer(201), "security"),
    ],
)
def test_a_breach_may_say_how_bad_it_is(hold: Any, given: Answer, severity: str) -> None:
    with pytest.raises(Finding) as caught:
        hold(given)

    assert describe(caught.value, item())["severity"] == severity
    if hold is sign_in.accepted:
        assert describe(caught.value, item(security=True))["severity"] == severity


def test_a_status_that_is_not_expected_is_told_in_fields() -> None:
    with pytest.raises(Finding) as caught:
        expected_status.hold(answer(503), (200, 403))

    finding = caught.value
    assert (finding.check, finding.status, finding.expected) == (expected_status.CHECK, 503, (200, 403))
    assert describe(finding, item())["observed"] == "status 503"


def test_the_answer_that_is_judged_counts_and_not_the_last_one() -> None:
    content = next(check for check in CHECKS.values() if check.severity == "content")

    assert describe(Finding(content, "told", answer(200)), item(), status=503)["severity"] == "content"
    assert describe(Finding(content, "told", answer(503)), item(), status=200)["severity"] == "behaviour"


def test_any_test_is_as_bad_as_it_is_marked_and_not_as_it_is_called() -> None:
    error = AssertionError(f"{WORDS}: 5bc1")

    for name in ("test_it_holds", "test_a_session_token_in_a_header"):
        assert describe(error, item(name))["severity"] == "behaviour"
        assert describe(error, item(name, security=True))["severity"] == "security"
    assert describe(error, item("test_it_holds"))["rule"] == "It holds."
    assert describe(error, item("test_it_holds", doc="It is so.\n\nMore."))["rule"] == "It is so."


def invalid() -> jsonschema_rs.ValidationError:
    (error,) = jsonschema_rs.validator_for({"type": "object"}).iter_errors(1)
    return error


FAILURES: tuple[tuple[Failure, str, str], ...] = (
    (core.ServerError(operation="o", status_code=500), "behaviour", "Server error"),
    (core.AcceptedNegativeData(operation="o", message="m", status_code=200, expected_statuses=[]), "behaviour", "m"),
    (
        openapi.UndefinedStatusCode(
            operation="o", status_code=418, defined_status_codes=[], allowed_status_codes=[], message=WORDS
        ),
        "behaviour",
        "received 418",
    ),
    (
        openapi.UndefinedContentType(
            operation="o", content_type="text/html; charset=x", defined_content_types=[], message=WORDS
        ),
        "content",
        "received text/html;",
    ),
    (
        openapi.MalformedMediaType(operation="o", actual="json", defined="application/json", message=WORDS),
        "content",
        "received json",
    ),
    (openapi.MissingHeaders(operation="o", missing_headers=["x"], message="m"), "content", "m"),
    (
        openapi.JsonSchemaError(operation="o", exc=invalid(), root_schema={}),
        "content",
        "<number> is not of type <text>",
    ),
    (openapi.IgnoredAuth(operation="o", message="m", scenario=openapi.AuthScenario.NO_AUTH), "security", "m"),
)


@pytest.mark.parametrize(("failure", "severity", "observed"), FAILURES, ids=[type(row[0]).__name__ for row in FAILURES])
def test_a_failure_of_schemathesis_is_read_by_its_code(failure: Failure, severity: str, observed: str) -> None:
    found = describe(failure, item())
    failure.__class__ = type("SessionToken", (type(failure),), {"__slots__": ()})

    renamed = describe(FailureGroup([failure]), item("test_header"))

    assert (found["severity"], found["observed"], found["rule"]) == (severity, observed, failure.title)
    assert {**renamed, "check": "", "fingerprint": ""} == {**found, "check": "", "fingerprint": ""}
    assert renamed["check"] == "fuzz.session-token"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (AssertionError("a is b\nseen"), "a is b\nseen"),
        (KeyError("status"), "KeyError: 'status'"),
        (pytest.fail.Exception("no answer"), "no answer"),
        (pytest.skip.Exception("too early"), "too early"),
        (FailureGroup([FAILURES[1][0], FAILURES[0][0]]), "Schema-violating request accepted\n\nm\n\nServer error"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_an_exception_is_told_without_what_says_nothing(error: BaseException, told: str) -> None:
    assert breach.text(error) == told


def test_severities_are_ranked() -> None:
    assert SEVERITIES == ("security", "behaviour", "content")
    assert {check.severity for check in CHECKS.values()} == set(SEVERITIES)


def test_a_secret_goes_into_no_message_and_no_fingerprint() -> None:
    marks = set()
    for secret in ("first-token", "other-token"):
        secrets = Secrets()
        secrets.add(secret)
        found = evidence.describe(item(), AssertionError(f"it shows {secret}"), "", [], Recorder(secrets))
        assert secret not in str(found)
        marks.add(found["fingerprint"])
    assert len(marks) == 1
