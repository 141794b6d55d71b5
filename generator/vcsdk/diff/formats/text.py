"""The report for people, in the form of the toolkit's diagnostics."""

from __future__ import annotations

from vcsdk.diff.formats.grouping import ending, grouped
from vcsdk.diff.report import Report
from vcsdk.reporting import render_entry


def render_text(report: Report, *, colour: bool = False) -> str:
    """`file:line:col: level: message [rule fingerprint]`, the source line, and where it was; the counts at the end."""
    entries = [
        render_entry(report.diagnose(group[0], ending(group)), colour=colour, label=group[0].level.value)
        for group in grouped(report.findings)
    ]
    ignored = f" ({len(report.ignored):,} ignored)" if report.ignored else ""
    return "".join(entries) + f"{report.verdict}{ignored}.\n"
