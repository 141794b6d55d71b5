"""`vcsdk contract score` and `checks`: what is tried, what is told, exit statuses."""

from __future__ import annotations

import json

import pytest
from vcsdk.cli.main import main
from vcsdk.contract import score_table
from vcsdk.contract.running import Outcome, Request
from vcsdk.contract.score import Row, Score, Trial, left_out, score, trials
from vcsdk.copied.suite.catalogue import CHECKS
from vcsdk.pipeline import Described
from vcsdk.simulator import known_faults
from vcsdk.simulator.faults import Fault, FaultInfo, UnknownFaultError, catalogue, fault

from tests.generated import read_spec

CLEAN = Row("(none, ENABLED)", "", True, "holds", (), 200, 900, 9.0, planted=False)
CAUGHT = Row(
    "action-ignored", "the action", True, "broken", ("constants-significant", "a", "b", "c"), 9, 90, 1.5, planted=True
)
MISSED = Row("slow-answers", "time", False, "holds", (), 9, 90, 1.5, planted=True)


@pytest.fixture(scope="module")
def described() -> Described:
    return read_spec()


@pytest.fixture
def harmless(monkeypatch: pytest.MonkeyPatch) -> FaultInfo:
    """A fault that breaks nothing, and can therefore not be caught."""
    declare = fault("harmless", breaks="nothing", needs={"members_down": ("witness",)})
    made = declare(type("Harmless", (Fault,), {}))
    monkeypatch.setattr(catalogue, "FAULTS", (*catalogue.FAULTS, made))
    return made


def test_everything_is_tried_unless_faults_are_named(described: Described) -> None:
    api = described.api
    names = [trial.name for trial in trials(api)]

    modes = ["ENABLED", "DISABLED", "MAINTENANCE"]
    assert names[:6] == [f"(none, {mode}{order})" for order in ("", ", privilege-first") for mode in modes]
    shown = [info.id for info in known_faults() if info.shows(api)]
    assert names[6:] == [*shown, *(f"{name}, privilege-first" for name in shown)]
    named = trials(api, ["slow-answers"])[6:]
    assert [(trial.name, trial.order) for trial in named] == [
        ("slow-answers", "body-first"),
        ("slow-answers, privilege-first", "privilege-first"),
    ]
    with pytest.raises(UnknownFaultError, match="no-such-fault"):
        trials(api, ["no-such-fault"])


def test_with_one_account_what_only_another_can_see_is_left_out_and_named(described: Described) -> None:
    api = described.api
    unseen = left_out(api)
    alone = trials(api, alone=True)

    assert set(unseen) == {"error-type-mismatch", "no-privilege-check", "privilege-refused-with-401"}
    planted = {trial.fault.id for trial in alone if trial.fault is not None}
    assert planted == {info.id for info in known_faults() if info.shows(api)} - set(unseen)
    assert {trial.order for trial in alone} == {"body-first"}
    assert left_out(api, ["slow-answers", "no-privilege-check"]) == ("no-privilege-check",)
    assert "only an account without the privilege sees them: a, b" in score_table.closing(Score((CLEAN,), ("a", "b")))
    assert Score((CLEAN,), ("a", "b")).as_dict()["left_out"] == ["a", "b"]
    with pytest.raises(UnknownFaultError, match="no-such-fault"):
        left_out(api, ["no-such-fault"])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The options of the runs that are asked for; none is made."""
    options: list[tuple[str, ...]] = []

    def ran(request: Request) -> Outcome:
        options.append(request.options)
        return Outcome({}, "", 0)

    monkeypatch.setattr("vcsdk.contract.score.run", ran)
    return options


@pytest.mark.parametrize("alone", [False, True])
def test_the_second_account_is_named_unless_there_is_one_only(
    alone: bool, described: Described, asked: list[tuple[str, ...]]
) -> None:
    score(described, [Trial(None)], workers=1, alone=alone)

    assert any(option.startswith("--powerless") for option in asked[0]) is not alone


@pytest.mark.parametrize("first", [False, True])
def test_only_a_run_with_a_fault_ends_with_its_first_finding(
    first: bool, described: Described, asked: list[tuple[str, ...]]
) -> None:
    known = {info.id: info for info in known_faults()}
    score(described, [Trial(None), Trial(known["slow-answers"])], workers=1, first=first)

    assert ["--maxfail=1" in arguments for arguments in asked] == [False, first]


@pytest.mark.slow
def test_a_fault_is_caught_or_missed_by_running_the_suite(described: Described, harmless: FaultInfo) -> None:
    told: list[Row] = []
    wanted = [Trial(info) for info in known_faults() if info.id in ("failover-in-degraded", "harmless")]

    found = score(described, wanted, workers=2, on_row=told.append)

    caught, missed = found.rows
    assert (caught.right, caught.verdict, caught.checks) == (True, "broken", ("state-refusal",))
    assert (missed.right, missed.verdict, missed.checks) == (False, "holds", ())
    assert set(told) == {caught, missed}
    assert (found.perfect, found.caught, found.planted) == (False, 1, 2)
    assert min(caught.requests, missed.requests) > 0


@pytest.mark.parametrize(("rows", "perfect"), [((CLEAN, CAUGHT), True), ((CLEAN, CAUGHT, MISSED), False)])
def test_a_score_is_perfect_or_not(rows: tuple[Row, ...], perfect: bool) -> None:
    found = Score(rows)

    assert found.perfect is perfect
    assert found.as_dict()["perfect"] is perfect
    assert json.loads(json.dumps(found.as_dict()))["rows"][0]["planted"] is False


def test_what_is_told() -> None:
    assert score_table.line(MISSED).startswith("MISSED  slow-answers")
    assert score_table.line(CAUGHT).endswith("constants-significant, a, b and 1 more")
    assert score_table.closing(Score((CLEAN, CAUGHT, MISSED))).startswith(
        "1 of 2 faults caught, 1 of 1 runs without a fault had no finding"
    )
    table = list(score_table.markdown(Score((CLEAN, CAUGHT, MISSED)), {"action-ignored": "missed"}, "peer"))
    assert table[0] == "| fault | what is broken | caught by | seconds | peer |"
    assert table[3] == "| action-ignored | the action | `constants-significant`, `a` … | 1.5 | missed |"
    assert "**missed**" in table[4]


def test_checks_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "checks"]) == 0
    text = capsys.readouterr().out
    assert main(["contract", "checks", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)

    assert [row["id"] for row in rows] == sorted(CHECKS)
    assert all(check in text for check in CHECKS)
    assert "proven by role-does-not-move" in text


def test_an_unknown_fault_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "score", "spec/vcha.yaml", "--fault", "no-such-fault"]) == 2
    assert "no fault 'no-such-fault'" in capsys.readouterr().err


def test_a_description_that_cannot_be_read_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "score", "no-such-file.yaml"]) == 2
    assert "no-such-file.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("beside", [["--fault=slow-answers"], ["--markdown"], ["--one-account"]])
def test_mutants_are_drawn_alone(beside: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "score", "--mutate", "5", *beside]) == 2
    assert "--mutate takes a number" in capsys.readouterr().err
