"""The report for other programs."""

from __future__ import annotations

import json
from typing import Any

from vcsdk.diagnostics import Location
from vcsdk.diff.causes import Cause
from vcsdk.diff.finding import Finding
from vcsdk.diff.report import Report
from vcsdk.diff.scale import Severity


def render_json(report: Report, *, rows: bool = False) -> str:  # noqa: ARG001  JSON has both
    """Causes and findings, what was ignored and why, and the counts by level, as indented JSON.

    `counts` leaves out what follows from a finding that is as bad or worse.
    """
    document = {
        "causes": [_cause(report, cause) for cause in report.causes],
        "findings": [_row(report, finding) for finding in report.shown],
        "ignored": [{**_row(report, each.finding), "reason": each.reason} for each in report.ignored],
        "counts": {level.value: report.counted(level) for level in Severity},
        "counts_of_causes": {level.value: len(report.causes_of_level(level)) for level in Severity},
    }
    return json.dumps(document, indent=2) + "\n"


def _cause(report: Report, cause: Cause) -> dict[str, Any]:
    """A cause, its findings by their fingerprints."""
    old, new = report.places(cause.first)
    return {
        "kind": cause.kind.value,
        "level": cause.level.value,
        "message": cause.message,
        "rules": sorted({finding.rule.id for finding in cause.own or cause.following}),
        "places": [place for place in cause.places if place],
        "old": _place(old),
        "new": _place(new),
        "findings": [finding.fingerprint for finding in cause.own],
        "following": [finding.fingerprint for finding in cause.following],
    }


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
    cause = report.followed.get(finding.fingerprint)
    return row if cause is None else {**row, "follows": cause.first.fingerprint}


def _place(place: Location | None) -> dict[str, str | int] | None:
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}
