"""The report for merge requests and release notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from vcsdk.diff.causes import Cause
from vcsdk.diff.finding import Finding
from vcsdk.diff.formats.places import followed_by, row_text
from vcsdk.diff.report import Report
from vcsdk.diff.scale import Severity
from vcsdk.quoting.markdown import message

_HEADINGS = {Severity.BREAKING: "Breaking", Severity.RISKY: "Risky", Severity.SAFE: "Safe"}
_FEW = 4
_cell = partial(message, cell=True)


def render_markdown(report: Report, *, rows: bool = False) -> str:
    """A table a level: what changed, what it means for callers, the rule, the line in both files; long lists folded."""
    verdict = report.verdict if rows else report.summary
    parts = [f"## {verdict[:1].upper()}{verdict[1:]}\n"]
    for level, heading in _HEADINGS.items():
        if rows:
            lines = [_row(report, finding) for finding in report.shown if finding.level is level]
        else:
            lines = [_cause(report, cause) for cause in report.causes_of_level(level)]
        if lines:
            head = "| change | for callers | rule | old | new |\n| --- | --- | --- | --- | --- |"
            parts.append("\n".join([f"### {heading}\n", head, *lines]) + "\n")
    if report.ignored:
        lines = [
            f"- {message(each.finding.text)} (`{each.finding.fingerprint}`): {message(each.reason)}"
            for each in report.ignored
        ]
        parts.append("\n".join(["### Ignored\n", *lines]) + "\n")
    return "\n".join(parts)


def _row(report: Report, finding: Finding) -> str:
    return _line(report, finding, _cell(row_text(report, finding)))


def _cause(report: Report, cause: Cause) -> str:
    places = [place for place in cause.places if place and place not in cause.message]
    shown = [_cell(cause.message)]
    if len(places) > _FEW:
        shown.append(_folded(f"in {len(places):,} places", places))
    elif places:
        shown.append("in " + ", ".join(map(_cell, places)))
    if cause.own and len(cause.following) > _FEW:
        head = f"{len(cause.following):,} Python changes follow"
        shown.append(_folded(head, [finding.text for finding in cause.following]))
    elif followed := followed_by(cause):
        shown.append(_cell(followed))
    return _line(report, cause.first, "<br>".join(shown))


def _folded(head: str, lines: Sequence[str]) -> str:
    return f"<details><summary>{head}</summary>{'<br>'.join(map(_cell, lines))}</details>"


def _line(report: Report, finding: Finding, told: str) -> str:
    places = [f"{place.line}" if place is not None else "" for place in report.places(finding)]
    cells = (told, _cell(finding.rule.meaning), f"`{finding.rule.id}` {finding.fingerprint}", *places)
    return f"| {' | '.join(cells)} |"
