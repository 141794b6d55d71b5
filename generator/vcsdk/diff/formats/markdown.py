"""The report for merge requests and release notes."""

from __future__ import annotations

from vcsdk.diff.finding import Finding
from vcsdk.diff.formats.grouping import ending, grouped
from vcsdk.diff.report import Report
from vcsdk.diff.scale import Severity
from vcsdk.quoting.markdown import message

_HEADINGS = {Severity.BREAKING: "Breaking", Severity.RISKY: "Risky", Severity.SAFE: "Safe"}


def render_markdown(report: Report) -> str:
    """A table a level: what changed, what it means for callers, the rule, the line in both files."""
    parts = [f"## {report.verdict[:1].upper()}{report.verdict[1:]}\n"]
    for level, heading in _HEADINGS.items():
        groups = [group for group in grouped(report.findings) if group[0].level is level]
        if groups:
            rows = [_row(report, group) for group in groups]
            head = "| change | for callers | rule | old | new |\n| --- | --- | --- | --- | --- |"
            parts.append("\n".join([f"### {heading}\n", head, *rows]) + "\n")
    if report.ignored:
        rows = [
            f"- {message(each.finding.text)} (`{each.finding.fingerprint}`): {message(each.reason)}"
            for each in report.ignored
        ]
        parts.append("\n".join(["### Ignored\n", *rows]) + "\n")
    return "\n".join(parts)


def _row(report: Report, group: list[Finding]) -> str:
    finding = group[0]
    places = [f"{place.line}" if place is not None else "" for place in report.places(finding)]
    cells = (
        message(finding.text + ending(group), cell=True),
        message(finding.rule.meaning, cell=True),
        f"`{finding.rule.id}` {finding.fingerprint}",
        *places,
    )
    return f"| {' | '.join(cells)} |"
