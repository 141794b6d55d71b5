"""The report for people, in the form of the toolkit's diagnostics."""

from __future__ import annotations

from vcsdk.diff.causes import Cause
from vcsdk.diff.formats.places import followed_by, row_text, shows_in
from vcsdk.diff.report import Report, counted
from vcsdk.diff.scale import Severity
from vcsdk.quoting.terminal import escape as clean
from vcsdk.reporting import render_entry


def render_text(report: Report, *, rows: bool = False, colour: bool = False) -> str:
    """`file:line:col: level: message [rule fingerprint]`, the source line, and where it was; the counts at the end.

    Under a cause stands where it shows and what follows from it.
    """
    if rows:
        entries = [
            render_entry(report.diagnose(finding, row_text(report, finding)), colour=colour, label=finding.level.value)
            for finding in report.shown
        ]
    else:
        entries = [
            part
            for level in Severity
            if (causes := report.causes_of_level(level))
            for part in (f"{counted(len(causes), level)}:\n", *(_entry(report, each, colour=colour) for each in causes))
        ]
    ignored = f" ({len(report.ignored):,} ignored)" if report.ignored else ""
    return "".join(entries) + f"{report.verdict if rows else report.summary}{ignored}.\n"


def _entry(report: Report, cause: Cause, *, colour: bool) -> str:
    found = report.diagnose(cause.first, cause.message, cause.level)
    lines = [f"      {clean(line)}\n" for line in (shows_in(cause), followed_by(cause)) if line]
    return render_entry(found, colour=colour, label=cause.level.value) + "".join(lines)
