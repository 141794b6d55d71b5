"""The report for other programs."""

from __future__ import annotations

import json
from typing import Any

from vcsdk.diagnostics import Location
from vcsdk.diff.finding import Finding
from vcsdk.diff.report import Report
from vcsdk.diff.scale import Severity


def render_json(report: Report) -> str:
    """The findings, what was ignored and why, and the counts by level, as indented JSON."""
    document = {
        "findings": [_row(report, finding) for finding in report.findings],
        "ignored": [{**_row(report, each.finding), "reason": each.reason} for each in report.ignored],
        "counts": {level.value: report.count(level) for level in Severity},
    }
    return json.dumps(document, indent=2) + "\n"


def _row(report: Report, finding: Finding) -> dict[str, Any]:
    site = finding.site
    old, new = report.places(finding)
    row: dict[str, Any] = {
        "rule": finding.rule.id,
        "level": finding.level.value,
        "area": finding.rule.area.value,
    }
    subject = "schema" if site.schema else "symbol" if site.symbol else "operation"
    row |= {subject: site.subject, "position": site.position.text, "path": site.path}
    row |= {"old": _place(old), "new": _place(new), "fingerprint": finding.fingerprint, "message": finding.message}
    return row


def _place(place: Location | None) -> dict[str, str | int] | None:
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}
