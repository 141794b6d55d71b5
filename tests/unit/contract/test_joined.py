"""One fault is one finding, in a sentence; every fingerprint keeps its meaning."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from vcsdk.contract.compare import compare
from vcsdk.contract.fitting import SCHEMA
from vcsdk.copied.suite import breach, titles
from vcsdk.copied.suite.answers import Answer
from vcsdk.copied.suite.breach import Breach
from vcsdk.copied.suite.check import Finding, first_of
from vcsdk.copied.suite.checks import body_fits, expected_status, status_documented
from vcsdk.copied.suite.conformance import ANSWER_CHECKS
from vcsdk.copied.suite.gate import Exchange
from vcsdk.copied.suite.joined import joined

from .results import finding, results, row

GET, MODE = "vcha.cluster.get", "vcha.cluster.mode.get"


def found(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = results(*rows).as_dict()["findings"]
    return made


def failed(test: str, one: dict[str, Any]) -> dict[str, Any]:
    return row(test, "failed", one)


def status(number: int, **changes: Any) -> dict[str, Any]:
    response = {"status": number, "headers": [], "body": None}
    return finding(path="", observed=f"status {number}", response=response, **changes)


def test_the_same_departure_of_two_operations_is_one_finding_with_its_places() -> None:
    one, other = finding(GET), finding(MODE)

    (made,) = found(failed("test_a", one), failed("test_b", other), failed("test_c", finding(GET, path="$.else")))[:1]

    assert [place["operation"] for place in made["places"]] == [GET, MODE]
    assert [place["fingerprint"] for place in made["places"]] == [one["fingerprint"], other["fingerprint"]]
    assert made["fingerprint"] == one["fingerprint"]
    assert len(made["tests"]) == 2


@pytest.mark.parametrize(
    "changes",
    [{"path": "$.other"}, {"observed": "type: number"}, {"check": "header-documented"}, {"severity": "security"}],
)
def test_another_departure_is_another_finding(changes: dict[str, str]) -> None:
    assert len(found(failed("test_a", finding(GET)), failed("test_b", finding(MODE, **changes)))) == 2


def test_the_same_status_is_the_same_fault_only_after_the_same_request() -> None:
    bad = [status(500, operation=name, check="expected-status") for name in (GET, MODE)]

    assert len(found(failed("test_refused[null]", bad[0]), failed("test_refused[null]", bad[1]))) == 1
    assert len(found(failed("test_refused[null]", bad[0]), failed("test_refused[text]", bad[1]))) == 2


@pytest.mark.parametrize(("number", "findings"), [(404, 1), (500, 1), (200, 2)])
def test_what_is_refused_in_a_wrong_way_is_one_fault_and_what_is_let_in_a_hole_each(number: int, findings: int) -> None:
    """Seen with VMware's vcsim, which says of 350 operations that it does not have them before it asks who is there."""
    wrong = [status(number, operation=name, check="authentication") for name in (GET, MODE)]

    assert len(found(*(failed("test_without_a_session", each) for each in wrong))) == findings


def test_what_a_test_of_its_own_finds_stays_with_its_operation() -> None:
    assert len(found(*(failed("test_a", finding(name, check="my-own-rule")) for name in (GET, MODE)))) == 2


def test_a_known_place_is_a_finding_of_its_own() -> None:
    made = found(failed("test_a", finding(GET)), row("test_b", "known", finding(MODE)))

    assert [(one["operation"], one["known"]) for one in made] == [(GET, False), (MODE, True)]


@pytest.mark.parametrize(
    ("written", "number", "generated", "same"),
    [
        ("expected-status", 500, "fuzz.server-error", True),
        ("expected-status", 500, "fuzz.undefined-status-code", True),
        ("status-documented", 418, "fuzz.undefined-status-code", True),
        ("body-fits", 200, "fuzz.json-schema-error", True),
        ("expected-status", 200, "fuzz.accepted-negative-data", True),
        ("expected-status", 500, "fuzz.json-schema-error", False),
        ("body-fits", 200, "fuzz.accepted-negative-data", False),
        ("expected-status", 400, "fuzz.server-error", False),
    ],
)
def test_a_generated_request_that_repeats_a_written_one_joins_it(
    written: str, number: int, generated: str, same: bool
) -> None:
    first = status(number, check=written)
    again = status(number if number != 400 else 500, check=generated)

    made = found(failed("test_a", first), failed("test_fuzz", again))

    assert len(made) == (1 if same else 2)
    if same:
        assert made[0]["repeats"] == [again["fingerprint"]]
        assert made[0]["tests"] == [row("test_a")["test"], row("test_fuzz")["test"]]


def test_it_joins_none_of_another_operation() -> None:
    first, again = status(500, check="expected-status"), status(500, operation=MODE, check="fuzz.server-error")

    assert len(found(failed("test_a", first), failed("test_fuzz", again))) == 2


def test_a_comparison_knows_what_has_joined_since() -> None:
    written, fuzz = status(500, check="expected-status"), status(500, check="fuzz.server-error")
    before = results(failed("test_fuzz", fuzz)).as_dict()
    after = results(failed("test_a", written), failed("test_fuzz", fuzz)).as_dict()

    assert [difference.state for difference in compare(before, after).differences] == ["still there"]


def test_a_comparison_tells_places_apart() -> None:
    before = results(failed("test_a", finding(GET))).as_dict()
    after = results(failed("test_a", finding(GET)), failed("test_b", finding(MODE))).as_dict()

    states = {d.finding["operation"]: d.state for d in compare(before, after).differences}
    assert states == {GET: "still there", MODE: "new"}


def test_all_that_is_wrong_with_an_answer_is_found() -> None:
    rows = [failed("test_a", finding(GET)) | {"also": [finding(GET, path="$.b"), finding(GET, path="$.c")]}]

    assert sorted(one["path"] for one in found(*rows)) == ["$.b", "$.c", "$.node1"]


def test_findings_of_one_answer_are_told_one_by_one() -> None:
    answer = Answer("GET", "/x", 200, {}, b"{}")
    parts = [Finding(body_fits.CHECK, f"wrong: {name}", answer, path=f"$.{name}") for name in "abc"]
    joint = first_of([first_of(parts[:2]), parts[2]])

    assert [each.path for each in breach.several(joint)] == ["$.a", "$.b", "$.c"]  # type: ignore[attr-defined]
    assert [each.path for each in breach.several(ExceptionGroup("g", [joint]))] == ["$.a", "$.b", "$.c"]  # type: ignore[attr-defined]
    assert breach.told(joint).count("wrong: ") == 3


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (Finding(expected_status.CHECK, "expected 400", expected=(400, 422)), 500, "answered 500, not 400 or 422"),
        (Finding(expected_status.CHECK, "the server failed"), 500, "answered 500"),
        (Finding(status_documented.CHECK, "418 is not"), 418, "answered 418, which is not documented"),
        (Finding(body_fits.CHECK, "long", short="1 is no text (at $.a)"), 200, "answered 200: 1 is no text (at $.a)"),
        (AssertionError("Nothing changed\nmore"), 200, "answered 200: nothing changed"),
        (KeyError("status"), 200, "answered 200: an answer has no member 'status'"),
        (AssertionError("Server error"), 503, "answered 503"),
        (AssertionError("no answer"), 0, "got no answer"),
    ],
)
def test_a_title_says_what_was_asked_and_what_came(error: BaseException, status: int, told: str) -> None:
    request = httpx2.Request("GET", "https://vc/items?cursor=text")
    exchange = Exchange("items.list", status, 0.1, request)
    of_check = isinstance(error, Finding)
    seen = Breach("check", "A rule.", "content", of_check=of_check)

    assert titles.title(error, seen, exchange, breach.told(error)) == f"GET /items?cursor=text {told}"


@pytest.mark.parametrize("error", [KeyError("a"), TypeError("no"), ValueError(), RecursionError("deep"), IndexError()])
def test_no_piece_of_a_traceback_is_told(error: Exception) -> None:
    told = breach.told(error)

    assert type(error).__name__ not in told
    assert "Traceback" not in told
    assert told


def test_the_results_fit_their_schema() -> None:
    import jsonschema_rs

    made = results(failed("test_a", finding(GET, title="t")), failed("test_b", finding(MODE))).as_dict()

    jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(made)
    assert {"body-fits", "error-shape"} <= ANSWER_CHECKS
    assert joined([], ANSWER_CHECKS) == []
