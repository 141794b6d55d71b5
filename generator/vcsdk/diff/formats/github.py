"""The report as GitHub workflow commands, which show beside the lines of a pull request."""

from __future__ import annotations

from vcsdk.diagnostics import Diagnostics
from vcsdk.diff.formats.places import followed_by, row_text, shows_in
from vcsdk.diff.report import Report
from vcsdk.reporting import render_github as render_commands


def render_github(report: Report, *, rows: bool = False) -> str:
    """A command a cause or a finding: `error` for breaking, `warning` for risky, `notice` for safe ones."""
    if rows:
        return "".join(
            render_commands(Diagnostics([report.diagnose(finding, row_text(report, finding))]))
            for finding in report.shown
        )
    told = []
    for cause in report.causes:
        parts = [part for part in (cause.message, shows_in(cause), followed_by(cause)) if part]
        told.append(report.diagnose(cause.first, "; ".join(parts), cause.level))
    return "".join(render_commands(Diagnostics([each])) for each in told)
