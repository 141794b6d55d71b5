"""The report as GitHub workflow commands, which show beside the lines of a pull request."""

from __future__ import annotations

from vcsdk.diagnostics import Diagnostics
from vcsdk.diff.formats.grouping import ending, grouped
from vcsdk.diff.report import Report
from vcsdk.reporting import render_github as render_commands


def render_github(report: Report) -> str:
    """A command a finding: `error` for breaking, `warning` for risky, `notice` for safe ones."""
    found = Diagnostics()
    for group in grouped(report.findings):
        found.add(report.diagnose(group[0], ending(group)))
    return render_commands(found)
