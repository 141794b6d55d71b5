"""Findings that say the same of the same place: a schema that many operations share is shown to people once."""

from __future__ import annotations

from collections.abc import Iterable

from vcsdk.diff.finding import Finding


def grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of one rule, message and place in both files together, in the order of their first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        site = finding.site
        key = (finding.rule.id, finding.message, site.old, site.new)
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def ending(group: list[Finding]) -> str:
    """What to add to the text of a group's first finding: " (also in 11 other operations)"."""
    others = len({finding.site.operation for finding in group}) - 1
    if others > 0:
        return f" (also in {others} other operation{'' if others == 1 else 's'})"
    places = len(group) - 1
    return f" (also in {places} other place{'' if places == 1 else 's'} of it)" if places else ""
