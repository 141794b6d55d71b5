"""What a test showed nothing of: sent by an account that is refused first, answered before it was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from vcsdk.contract.sentence import verdict
from vcsdk.copied.suite.answers import Answer
from vcsdk.copied.suite.careful import Careful
from vcsdk.copied.suite.check import Finding
from vcsdk.copied.suite.checks import expected_status, privilege, secret_shown
from vcsdk.copied.suite.checks.expected_status import unless_unknown
from vcsdk.copied.suite.contract import Contract
from vcsdk.copied.suite.existing import Existing
from vcsdk.copied.suite.lives import Life
from vcsdk.copied.suite.masking import Secrets, stands_in
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation
from vcsdk.copied.suite.results import Results
from vcsdk.copied.suite.target import Documented, Target
from vcsdk.copied.suite.untested import AWAY, FORBIDDEN, UNSENDABLE, Untested


class Account(Target):
    """Answers with the statuses it is given, one after another."""

    def __init__(self, *statuses: int) -> None:
        super().__init__(SimpleNamespace(), credentials={})  # type: ignore[arg-type]
        self.statuses, self.sent = list(statuses), 0

    def send(self, method: str, path: str, body: Any = None, **_: Any) -> Answer:
        self.sent += 1
        return Answer(method, path, self.statuses.pop(0), {}, b"")


class Both(Careful):
    """Judges nothing."""

    def hold(self, answer: Answer, **_: Any) -> Answer:
        return answer


@pytest.mark.parametrize(
    ("powerless", "able", "status", "sent"),
    [
        ((400,), (), 400, (1, 0)),
        ((204,), (), 204, (1, 0)),
        ((401,), (), 401, (1, 0)),
        ((403,), (400,), 400, (1, 1)),
        ((403,), (200,), 200, (1, 1)),
        ((403,), (404,), 404, (1, 1)),
    ],
)
def test_what_is_refused_for_the_privilege_alone_is_sent_again(
    powerless: tuple[int, ...], able: tuple[int, ...], status: int, sent: tuple[int, int]
) -> None:
    first, second = Account(*powerless), Account(*able)
    assert Both(first, second).send("POST", "/a").status == status
    assert (first.sent, second.sent) == sent


def test_what_nobody_has_the_privilege_for_is_untested() -> None:
    with pytest.raises(Untested, match=FORBIDDEN):
        Both(Account(403), Account(403)).send("POST", "/a")


def test_an_identifier_that_is_looked_for_first_leaves_a_test_untested() -> None:
    hold = unless_unknown((400,))
    with pytest.raises(Untested):
        hold(Answer("PUT", "/a", 404, {}, b""))
    with pytest.raises(Finding):
        hold(Answer("PUT", "/a", 200, {}, b""))
    hold(Answer("PUT", "/a", 400, {}, b""))


DECLARED = {"things.get": {"request": "GET /things", "effect": "read", "documented": ["200"]}}


def row(number: int, outcome: str, message: str = "", **more: bool) -> dict[str, Any]:
    return {
        "test": f"t{number}",
        "nodeid": f"t{number}",
        "operation": "things.get",
        "message": message,
        "outcome": outcome,
        "at": 0.0,
        "seconds": 0.1,
        "exchanges": [("things.get", 200, "")],
        "finding": None,
        **more,
    }


def results(*rows: Mapping[str, Any], strict: bool = False) -> Results:
    made = Results({"url": "http://t"}, DECLARED, strict=strict)
    for each in rows:
        made.add(dict(each))
    made.end(1.0)
    return made


UNTESTED = [row(2, "skipped", "refused", untested=True), row(3, "skipped", "refused", untested=True)]


def test_untested_is_not_exercised_whatever_else_its_operation_has_shown() -> None:
    made = results(row(1, "passed"), *UNTESTED, row(4, "skipped", "not allowed"))
    missing = {"operation": "things.get", "answer": "", "reason": "refused", "tests": 2}
    assert made.as_dict()["not_exercised"] == [missing]
    assert made.conclude() == "holds"
    assert verdict(made.as_dict()).endswith("1 operation, 1 check; 2 checks showed nothing.")


def test_a_strict_run_forgives_nothing_untested() -> None:
    assert results(row(1, "passed"), strict=True).conclude() == "holds"
    made = results(row(1, "passed"), *UNTESTED, strict=True)
    assert made.conclude() == "inconclusive"
    assert made.gaps() == ["things.get: refused (2 of its tests)"]


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [
        ("{}", '{"a": {}}', False),
        ("--", "a -- b", False),
        ("abc1", '{"token": "abc1"}', True),
        ("abc1", '{"token": "xabc12"}', False),
        ("1001", '{"id": 1001}', False),
        ("long-enough-token", "xlong-enough-tokeny", True),
        ("", "", False),
    ],
)
def test_a_short_value_is_shown_only_as_a_word(value: str, text: str, shown: bool) -> None:
    assert stands_in(value, text) is shown
    answer = Answer("GET", "/a", 200, {"content-type": "application/json"}, text.encode(), credentials=(value,))
    contract = Contract(None, Catalogue(()), Secrets())  # type: ignore[arg-type]
    if shown:
        with pytest.raises(Finding):
            secret_shown.hold(answer, contract)
    else:
        secret_shown.hold(answer, contract)


class Sender:
    """A client that fails in one way."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def request(self, *_: Any, **__: Any) -> Any:
        raise self.error


def failing(error: Exception, *, away: bool = False) -> Target:
    run = SimpleNamespace(catalogue=Catalogue(()), client=Sender(error), url=lambda path: path, away_by_agreement=away)
    return Target(run, credentials={})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "error",
    [httpx2.LocalProtocolError("no header"), httpx2.InvalidURL("no"), UnicodeEncodeError("ascii", "ä", 0, 1, "no")],
)
def test_what_cannot_be_sent_is_untested(error: Exception) -> None:
    with pytest.raises(Untested, match=UNSENDABLE):
        failing(error).request("GET", "/a")


@pytest.mark.parametrize("error", [httpx2.ReadError("reset"), httpx2.RemoteProtocolError("disconnected")])
def test_a_missing_answer_is_a_finding_unless_the_target_is_away_by_agreement(error: Exception) -> None:
    with pytest.raises(Untested, match=AWAY):
        failing(error, away=True).request("GET", "/a")
    with pytest.raises(pytest.fail.Exception, match="no answer"):
        failing(error).request("GET", "/a")


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        (400, "Any answer but 400 fails it."),
        ((400, 422), "Any answer but 400 or 422 fails it."),
        (Documented.DOCUMENTED, ""),
        (unless_unknown((400,)), "Any answer but 400 fails it."),
        (privilege.hold, ""),
    ],
)
def test_an_expectation_says_what_fails_it(expected: object, told: str) -> None:
    assert expected_status.told(expected) == told


def test_each_test_says_in_the_results_what_would_have_failed_it() -> None:
    made = results(
        {**row(1, "passed"), "fails_if": "A body is refused. Any answer but 400 fails it."}, row(2, "passed")
    )
    assert [each["fails_if"] for each in made.as_dict()["tests"]] == [
        "A body is refused. Any answer but 400 fails it.",
        "",
    ]


LIFE = Life("/things", "things.make", "things.get")
GET = Operation("things.get", "get", "GET", "/things/{id}", (), "#/paths/~1things~1{id}/get", Effect.READ)
PART = Operation("things.part", "part", "PUT", "/things/{id}/parts/{n}", (), "#/x", Effect.WRITE)
OTHER = Operation("others.get", "other", "GET", "/others/{id}", (), "#/x", Effect.READ)


@pytest.mark.parametrize(
    ("operation", "path", "level", "found"),
    [
        (GET, "/things/no-such-id", Effect.WRITE, "/things/7"),
        (GET, "/things/no-such-id?limit=many", Effect.WRITE, "/things/7?limit=many"),
        (PART, "/things/no-such-id/parts/1?a=b", Effect.DESTRUCTIVE, "/things/7/parts/1?a=b"),
        (GET, "/things/no-such-id", Effect.READ, None),
        (OTHER, "/others/no-such-id", Effect.WRITE, None),
        (None, "/things/no-such-id", Effect.WRITE, None),
    ],
)
def test_a_malformed_request_names_what_the_run_made(
    operation: Operation | None, path: str, level: Effect, found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    there: set[str] = set()

    def make(_: Target, life: Life) -> Any:
        made.append(life.name)
        there.add("/things/7")
        return SimpleNamespace(path="/things/7")

    monkeypatch.setattr("vcsdk.copied.suite.making.make", make)
    catalogue = Catalogue((GET, PART, OTHER), lives=(LIFE,))
    gate = SimpleNamespace(made=SimpleNamespace(at=lambda place: place if place in there else None))
    run = SimpleNamespace(catalogue=catalogue, settings=SimpleNamespace(level=level), gate=gate)
    existing = Existing()
    for _ in range(2):
        assert existing(Target(run, credentials={}), operation, path) == found  # type: ignore[arg-type]
    assert made == (["/things"] if found else [])
    # It is removed after the test that needed it.
    there.clear()
    assert existing(Target(run, credentials={}), operation, path) == found  # type: ignore[arg-type]
    assert made == (["/things", "/things"] if found else [])


@pytest.mark.parametrize(
    ("statuses", "own", "outcome"),
    [
        ((400,), "/a/7", None),
        ((404, 400), "/a/7", None),
        ((404, 200), "/a/7", Finding),
        ((404, 404), "/a/7", Untested),
        ((404,), None, Untested),
    ],
)
def test_what_is_looked_for_first_is_asked_again_of_what_is_there(
    statuses: tuple[int, ...], own: str | None, outcome: type[BaseException] | None
) -> None:
    class Judging(Account):
        def hold(self, answer: Answer, *, expect: Any = 200) -> Answer:
            expect(answer)
            return answer

    account = Judging(*statuses)
    account.run = SimpleNamespace(existing=lambda *_: own)  # type: ignore[assignment]
    if outcome is None:
        account.put("/a/no-such", expect=unless_unknown((400,)))
    else:
        with pytest.raises(outcome):
            account.put("/a/no-such", expect=unless_unknown((400,)))
    assert account.statuses == []
