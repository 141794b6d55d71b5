"""Two runs against each other: what is new, changed, still there, fixed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.contract.compare import compare
from vcsdk.contract.compare_formats import html, sentence, text
from vcsdk.contract.history import history
from vcsdk.contract.history_formats import html as history_page

from .results import finding, results, row

OLD = finding(check="error-shape", path="", observed="not JSON")
SAME = finding(check="stays", message="seen by task 5bc1 at 10:00")
BEFORE_CHANGE, AFTER_CHANGE = (
    finding(check="moves", observed="status 500"),
    finding(check="moves", observed="status 503"),
)
NEW = finding(operation="vcha.cluster.mode.get", message="<script>alert(1)</script>, 100%: a\nb")


def write(folder: Path, *found: dict[str, Any], rows: list[dict[str, Any]] | None = None) -> Path:
    folder.mkdir()
    tests = [row(f["check"], "failed", f) for f in found] + (rows if rows is not None else [row("z")])
    (folder / "results.json").write_text(json.dumps(results(*tests).as_dict()), encoding="utf-8")
    return folder


@pytest.fixture
def runs(tmp_path: Path) -> tuple[str, str]:
    before = write(tmp_path / "a", OLD, SAME, BEFORE_CHANGE)
    again = SAME | {"message": "seen by task 77aa at 11:00"}
    after = write(tmp_path / "b", again, AFTER_CHANGE, NEW)
    return str(before), str(after)


def test_each_finding_has_one_state(runs: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["contract", "compare", *runs, "--format", "json"])

    content = json.loads(capsys.readouterr().out)
    assert status == 1
    states = {d["state"]: (d["after"] or d["before"])["check"] for d in content["differences"]}
    assert states == {"new": "body-fits", "changed": "moves", "still there": "stays", "fixed": "error-shape"}
    assert content["counts"] == {"new": 1, "changed": 1, "still there": 1, "fixed": 1, "not seen again": 0}


def test_the_other_way_round_new_is_fixed(runs: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["contract", "compare", *reversed(runs), "--format", "json"])

    states = {
        d["state"]: (d["after"] or d["before"])["check"] for d in json.loads(capsys.readouterr().out)["differences"]
    }
    assert states["new"] == "error-shape"
    assert "body-fits" in (states.get("fixed", ""), states.get("not seen again", ""))


def test_a_run_against_itself_has_nothing_new(runs: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "compare", runs[0], f"{runs[0]}/results.json"]) == 0
    assert "0 new, 0 changed, 3 still there, 0 fixed" in capsys.readouterr().out


def test_known_findings_are_no_regression() -> None:
    before, after = results(row("z")).as_dict(), results(row("a", "known", NEW)).as_dict()

    assert not compare(before, after).regressed


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([row(OLD["check"])], "fixed"),
        ([row(OLD["check"], "skipped", message="needs an account")], "not seen again"),
        ([row("z", exchanges=[("vcha.cluster.mode.get", 200, "")])], "not seen again"),
    ],
    ids=["passed", "skipped", "operation not called"],
)
def test_fixed_is_only_what_was_tested_again(rows: list[dict[str, Any]], state: str) -> None:
    before, after = results(row(OLD["check"], "failed", OLD)).as_dict(), results(*rows).as_dict()

    assert [difference.state for difference in compare(before, after).differences] == [state]


def test_text_names_every_difference(runs: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "compare", *runs]) == 1

    printed = capsys.readouterr().out
    for found in (NEW, AFTER_CHANGE, SAME, OLD):
        assert found["fingerprint"] in printed
    assert "status 500 → status 503" in printed


def test_github_annotations_are_one_line_each(runs: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["contract", "compare", *runs, "--format", "github"])

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error", "::error", "::notice"]
    assert "100%25: a" in lines[0]


def test_the_page_escapes_what_servers_said(runs: tuple[str, str], tmp_path: Path) -> None:
    output = tmp_path / "changes.html"
    main(["contract", "compare", *runs, "--format", "html", "--output", str(output)])

    page = output.read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "error: there is no such file"),
        ("{", ":1:2: error: is not JSON"),
        ("{}", "is no result of a run"),
        ('{"version": 7}', "version 7"),
        ("\xff", "is not UTF-8"),
        ("[" * 100_000, "error: "),
    ],
    ids=["missing", "not json", "something else", "version", "not utf-8", "too deep"],
)
def test_bad_input_exits_2(
    content: str | None, told: str, runs: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.json"
    if content is not None:
        path.write_text(content, encoding="latin-1")

    assert main(["contract", "compare", runs[0], str(path)]) == 2

    printed = capsys.readouterr().err
    assert told in printed
    assert "[contract-results]" in printed
    assert "Traceback" not in printed


def at(hour: int, *found: dict[str, Any]) -> dict[str, Any]:
    rows = [row(f"t{number}", "failed", one) for number, one in enumerate(found)] or [row("t0")]
    return results(*rows).as_dict() | {"started": f"2026-11-24T{hour:02}:00:00+00:00"}


def test_two_runs_of_one_name_are_told_apart_by_when_they_began() -> None:
    told = sentence(compare(at(9), at(11)))

    assert told.startswith(
        "https://vc.example.com of 2026-11-24 11:00:00 UTC against that of 2026-11-24 09:00:00 UTC: 0 new"
    )


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_worst_stands_first_of_each_state(order: tuple[int, ...]) -> None:
    found = [
        finding("vcha.cluster.get", severity="content", path="$.a"),
        finding("vcha.cluster.mode.get", severity="behaviour", path="$.b"),
        finding("vcha.cluster.mode.get", severity="security", path="$.c"),
    ]

    made = compare(at(9), at(10, *(found[number] for number in order)))

    assert [d.finding["severity"] for d in made.differences] == ["security", "behaviour", "content"]
    assert [line.split()[2] for line in text(made).splitlines() if line.startswith("  +")] == [
        "security,",
        "behaviour,",
        "content,",
    ]


@pytest.mark.parametrize(
    ("before", "after", "mark"),
    [
        ([], [], "✓"),
        ([finding()], [], "✓"),
        ([finding()], [finding()], "!"),
        ([], [finding()], "✕"),
    ],
    ids=["nothing", "fixed", "still there", "new"],
)
def test_a_page_with_findings_left_has_not_the_sign_of_one_without(
    before: list[dict[str, Any]], after: list[dict[str, Any]], mark: str
) -> None:
    runs = at(9, *before), at(10, *after)

    assert f'<span class="mark" aria-hidden="true">{mark}</span>' in html(compare(*runs))
    assert f'<span class="mark" aria-hidden="true">{mark}</span>' in history_page(history(runs))
