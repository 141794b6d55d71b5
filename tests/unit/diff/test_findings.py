"""Fingerprints, the ignore file, and the forms a report is printed in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import Report, compare
from vcsdk.diff.formats import FORMATS, Format
from vcsdk.diff.ignore import read_ignore_file
from vcsdk.diff.read import read
from vcsdk.diff.scale import Severity

from tests.diff.descriptions import write

OLD = {"request": {"type": "string"}, "response": {"type": "string", "enum": ["a"]}}
NEW = {"request": {"type": "string", "maxLength": 5}, "response": {"type": "string", "enum": ["a", "b"]}}


@pytest.fixture
def report(tmp_path):
    sides = [
        read(write(case, tmp_path / side), None, use_config=True, overlays=(), diagnostics=Diagnostics())
        for side, case in (("old", OLD), ("new", NEW))
    ]
    found = [finding for finding in compare(*sides) if finding.rule.area != "surface"]
    return Report(sides[0].document, sides[1].document, found)


def test_findings_come_worst_first(report):
    assert [finding.level for finding in report.findings] == [Severity.BREAKING, Severity.RISKY]
    assert report.verdict == "1 breaking, 1 risky changes"
    assert report.reaches(Severity.BREAKING)
    assert not Report(report.old, report.new, report.findings[1:]).reaches(Severity.BREAKING)


def test_a_fingerprint_does_not_depend_on_where_something_is_written(report, tmp_path):
    longer = {**NEW, "merge": {"info": {"description": "One\nmore\nline."}, "x-first": [1, 2, 3]}}
    sides = [
        read(write(case, tmp_path / side), None, use_config=True, overlays=(), diagnostics=Diagnostics())
        for side, case in (("older", OLD), ("newer", longer))
    ]
    again = {finding.fingerprint for finding in compare(*sides)}
    for finding in report.findings:
        assert re.fullmatch("[0-9a-f]{12}", finding.fingerprint)
        assert finding.fingerprint in again
    assert len({finding.fingerprint for finding in report.findings}) == len(report.findings)


def test_json_has_what_other_programs_need(report):
    document = json.loads(FORMATS[Format.JSON](report))
    row = document["findings"][0]
    assert row["rule"] == "request-max-length-lowered"
    assert row["level"] == "breaking"
    assert row["operation"] == "POST /things"
    assert (row["position"], row["path"]) == ("request body", "/value")
    assert row["message"] == "maxLength is 5, was none"
    assert row["fingerprint"] == report.findings[0].fingerprint
    for side in ("old", "new"):
        assert row[side]["file"].endswith(f"{side}/things.json")
        lines = Path(row[side]["file"]).read_text().splitlines()
        assert '"value"' in lines[row[side]["line"] - 1]
    assert document["counts"] == {"breaking": 1, "risky": 1, "safe": 0}


def test_text_names_both_places(report):
    text = FORMATS[Format.TEXT](report)
    first = report.findings[0]
    assert re.search(
        r"new/things\.json:\d+:\d+: breaking: POST /things: request body /value: maxLength is 5, was none "
        rf"\[request-max-length-lowered {first.fingerprint}\]\n",
        text,
    )
    assert re.search(r"\^ old: .*old/things\.json:\d+:\d+\n", text)
    assert text.startswith("1 cause breaks callers:\n")
    assert text.endswith("1 cause breaks callers, 1 is risky (2 changes).\n")
    assert FORMATS[Format.TEXT](report, rows=True).endswith("1 breaking, 1 risky changes.\n")


def test_github_commands_say_how_bad_it_is(report):
    lines = FORMATS[Format.GITHUB](report).splitlines()
    assert sorted(line.split()[0] for line in lines) == ["::error", "::warning"]
    assert any("new/things.json,line=" in line for line in lines)


def test_markdown_escapes_what_a_description_says(tmp_path):
    hostile = "a | b <script> \x1b[31m [x](y)\nnext"
    cases = ({}, {"more_parameters": [{"name": hostile, "in": "query", "schema": {"type": "string"}}]})
    sides = [
        read(write(case, tmp_path / str(number)), None, use_config=True, overlays=(), diagnostics=Diagnostics())
        for number, case in enumerate(cases)
    ]
    report = Report(sides[0].document, sides[1].document, compare(*sides))
    text = FORMATS[Format.MARKDOWN](report)
    rows = [line for line in text.splitlines() if "optional-parameter-added" in line and "surface" not in line]
    assert len(rows) == 1
    assert "\x1b" not in text
    assert re.fullmatch(
        r"\|(?:[^|\\]|\\.)*\|(?:[^|\\]|\\.)*\|(?:[^|\\]|\\.)*\|(?:[^|\\]|\\.)*\|(?:[^|\\]|\\.)*\|", rows[0]
    )
    for form in (Format.TEXT, Format.GITHUB):
        assert "\x1b" not in FORMATS[form](report)


def ignore_file(tmp_path, text):
    path = tmp_path / "accepted.toml"
    path.write_text(text)
    diagnostics = Diagnostics()
    return read_ignore_file(path, diagnostics), diagnostics


def test_ignored_findings_do_not_stand_and_keep_their_reason(report, tmp_path):
    fingerprint = report.findings[0].fingerprint
    file, diagnostics = ignore_file(
        tmp_path,
        f'[fingerprints]\n{fingerprint} = "nobody sends more"\n'
        '[rules.response-enum-value-added]\n"GET /things/{thing}" = "clients keep unknown values"\n',
    )
    standing, ignored = file.apply(report.findings, diagnostics)
    assert standing == ()
    assert [each.reason for each in ignored] == ["nobody sends more", "clients keep unknown values"]
    assert len(diagnostics) == 0


def test_entries_that_name_nothing_are_reported(report, tmp_path):
    file, diagnostics = ignore_file(
        tmp_path, '[fingerprints]\n000000000000 = "old"\n[rules.operation-removed]\n"GET /x" = "old"\n'
    )
    standing, ignored = file.apply(report.findings, diagnostics)
    assert (len(standing), ignored) == (2, ())
    assert [(d.rule, d.location.line) for d in diagnostics] == [("unused-ignore", 2), ("unused-ignore", 4)]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[fingerprints]\nxyz = 'why'\n", 2, "no fingerprint"),
        ("[fingerprints]\n000000000000 = ''\n", 2, "must not be empty"),
        ("[fingerprints]\n000000000000 = 1\n", 2, "must be text"),
        ("[rules.operation-remove]\n'GET /x' = 'why'\n", 1, "there is no rule `operation-remove`"),
        ("[other]\n", 1, "there is no setting `other`"),
        ("[rules", 1, "not TOML"),
    ],
)
def test_a_wrong_ignore_file_is_refused_at_its_line(text, line, says, tmp_path):
    file, diagnostics = ignore_file(tmp_path, text)
    assert file is None
    found = list(diagnostics)
    assert [d.location.line for d in found] == [line], found
    assert says in found[0].message
