"""The report for merge requests and release notes."""

from __future__ import annotations

import re

from vcsdk.diff.finding import Finding
from vcsdk.diff.formats.grouping import ending, grouped
from vcsdk.diff.report import Report
from vcsdk.diff.scale import Severity

_HEADINGS = {Severity.BREAKING: "Breaking", Severity.RISKY: "Risky", Severity.SAFE: "Safe"}
# What Markdown or the HTML in it would read as more than text; backticks stay, they mark code.
_SPECIAL = re.compile(r"([\\|*_<>\[\]#])")
_CODE = re.compile(r"`[^`]*`")


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
            f"- {_cell(each.finding.text)} (`{each.finding.fingerprint}`): {_cell(each.reason)}"
            for each in report.ignored
        ]
        parts.append("\n".join(["### Ignored\n", *rows]) + "\n")
    return "\n".join(parts)


def _row(report: Report, group: list[Finding]) -> str:
    finding = group[0]
    places = [f"{place.line}" if place is not None else "" for place in report.places(finding)]
    cells = (
        _cell(finding.text + ending(group)),
        _cell(finding.rule.meaning),
        f"`{finding.rule.id}` {finding.fingerprint}",
        *places,
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Text of a description on one line, in which only code spans mean something to Markdown."""
    line = "".join(character if character.isprintable() else " " for character in " ".join(text.split()))
    spans, at, parts = list(_CODE.finditer(line)), 0, []
    for span in spans:
        parts += [_SPECIAL.sub(r"\\\1", line[at : span.start()]), span.group().replace("|", "\\|")]
        at = span.end()
    return "".join([*parts, _SPECIAL.sub(r"\\\1", line[at:])])
