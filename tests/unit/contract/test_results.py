"""The results of a run: verdict, findings, events, and the same again from the events."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from vcsdk.contract import artefacts, junit
from vcsdk.contract.fitting import SCHEMA
from vcsdk.copied.suite.known import Known
from vcsdk.copied.suite.replay import replay
from vcsdk.copied.suite.results import Results

from .results import finding, results, row

VALIDATOR = jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")), validate_formats=True)


def known(mark: str, expires: str = "2099-01-01", operation: str = "") -> dict[str, Known]:
    return {mark: Known(mark, "VCHA-1", "somebody", datetime.date.fromisoformat(expires), operation)}


MUTE = row(
    "m",
    "skipped",
    message="it cannot be written",
    untested=True,
    unsendable=True,
    exchanges=[("vcha.cluster.get", 0, "")],
)
REFUSED = [("vcha.cluster.get", 401, "")]


@pytest.mark.parametrize(
    ("rows", "options", "verdict"),
    [
        ([row("a")], {}, "holds"),
        ([row("a"), row("b", "failed", finding())], {}, "broken"),
        ([row("a"), row("b", "known", finding())], {}, "holds"),
        ([row("a", "skipped", message="not allowed")], {}, "inconclusive"),
        ([], {}, "inconclusive"),
        ([row("a")], {"strict": True}, "inconclusive"),
        ([row("a"), MUTE], {}, "holds"),
        ([row("a", exchanges=[]), MUTE], {}, "inconclusive"),
        ([row("a", exchanges=REFUSED), MUTE], {}, "inconclusive"),
        ([row("a", "failed", finding(), exchanges=REFUSED), MUTE], {}, "broken"),
    ],
    ids=["passed", "failed", "known", "skipped", "nothing", "strict", "one mute", "all mute", "refused", "found"],
)
def test_the_verdict(rows: list[dict[str, Any]], options: dict[str, Any], verdict: str) -> None:
    made = results(*rows, **options)

    assert made.conclude() == verdict
    assert VALIDATOR.is_valid(made.as_dict()), list(map(str, VALIDATOR.iter_errors(made.as_dict())))


def test_the_schema_refuses_what_is_no_result() -> None:
    made = results(row("a", "failed", finding())).as_dict()
    for broken in (
        made | {"verdict": "fine"},
        made | {"version": 2},
        {k: v for k, v in made.items() if k != "findings"},
    ):
        assert not VALIDATOR.is_valid(broken)


def test_one_breach_is_one_finding_however_many_tests_show_it() -> None:
    made = results(*(row(name, "failed", finding()) for name in "abc"), row("d", "failed", finding(path="$.node2")))

    content = made.as_dict()
    assert [len(found["tests"]) for found in content["findings"]] == [3, 1]
    assert content["operations"]["vcha.cluster.get"]["answers"]["200"] == {"documented": True, "seen": 4, "wrong": 4}


def test_findings_stand_worst_first() -> None:
    severities = ["content", "security", "behaviour"]
    rows = [row(s, "failed", finding(severity=s, check=s)) for s in severities]
    rows.append(row("known", "known", finding(severity="security", check="known")))

    found = results(*rows).as_dict()["findings"]

    assert [f["check"] for f in found] == ["security", "behaviour", "content", "known"]


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        (known(finding()["fingerprint"]), "matched"),
        (known("0" * 12), "unmatched"),
        (known(finding()["fingerprint"], "2026-11-23"), "expired"),
        (known("0" * 12, operation="vcha.cluster.mode.get"), "not tested"),
    ],
    ids=["matched", "unmatched", "expired", "not tested"],
)
def test_known_findings_have_a_state(entries: dict[str, Known], state: str) -> None:
    made = results(row("a", "known", finding()), known=entries)

    assert [entry["state"] for entry in made.as_dict()["known"]] == [state]
    stale = [gap for gap in made.gaps() if "known finding" in gap]
    assert bool(stale) == (state in ("unmatched", "expired"))


def events(tmp_path: Path) -> tuple[Results, list[str]]:
    path = tmp_path / artefacts.EVENTS
    made = Results(
        {"url": "https://vc.example.com"}, {}, known=known("0" * 12), events=path.open("w", encoding="utf-8")
    )
    made.begin()
    made.learn({"build": "24322831"})
    for name in "ab":
        made.start(row(name)["nodeid"])
        made.add(row(name, "failed", finding()))
    made.start(row("c")["nodeid"])
    made.add(row("c"))
    made.end(3.0)
    return made, path.read_text(encoding="utf-8").splitlines()


def test_the_events_give_the_same_results(tmp_path: Path) -> None:
    made, lines = events(tmp_path)

    assert json.loads(json.dumps(made.as_dict())) == replay(lines).as_dict()


def test_a_run_that_died_keeps_what_it_measured(tmp_path: Path) -> None:
    _, lines = events(tmp_path)
    # It died while the last test ran, in the middle of writing.
    (tmp_path / artefacts.EVENTS).write_text("\n".join([*lines[:-2], lines[-2][:40]]), encoding="utf-8")

    content = artefacts.write(tmp_path)

    assert content["verdict"] == "broken"
    assert not content["complete"]
    assert content["unfinished"] == [row("c")["nodeid"]]
    assert [len(found["tests"]) for found in content["findings"]] == [2]
    assert "did not come to its end" in content["trouble"]
    assert json.loads((tmp_path / artefacts.RESULTS).read_text(encoding="utf-8")) == content
    assert VALIDATOR.is_valid(content)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "there are no events"),
        ("[]\n{}\n", "line 1"),
        ('{"event": "test"}\n{}\n', "line 1"),
        ('{"event": "run", "version": 99}\n{}\n', "version 99"),
    ],
    ids=["empty", "no object", "no beginning", "version"],
)
def test_other_files_are_refused(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / artefacts.EVENTS).write_text(text, encoding="utf-8")

    with pytest.raises(artefacts.ReportError, match=told):
        artefacts.write(tmp_path)


def test_junit_says_the_same() -> None:
    hostile = finding(message="]]> & <b> \x00 \x1b[31m \ud800")
    made = results(
        row("a"), row("b[x::y]", "failed", hostile), row("c", "known", finding()), row("d", "skipped", message="why")
    ).as_dict()

    suite = ET.fromstring(junit.text(made).encode("utf-8")).find("testsuite")

    assert suite is not None
    assert {key: suite.get(key) for key in ("tests", "failures", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "skipped": "2",
    }
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == ["a", "b[x::y]", "c", "d"]
    assert cases[1].get("classname") == "contract.test_x.TestGet"
    failure = cases[1].find("failure")
    assert failure is not None
    assert "]]> & <b>" in str(failure.get("message"))
