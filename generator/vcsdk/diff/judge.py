"""Holds each change against the rules that look at its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from vcsdk.diff.changes import Change
from vcsdk.diff.finding import Finding
from vcsdk.diff.registry import Rule


def judge(changes: Iterable[Change], rules: Sequence[Rule]) -> list[Finding]:
    """What the rules have to say, worst first, each finding once."""
    table: dict[tuple[type, type], list[Rule]] = defaultdict(list)
    for rule in rules:
        table[rule.kind, rule.subject].append(rule)
    found: dict[tuple[object, ...], Finding] = {}
    for change in changes:
        for rule in table.get((type(change), type(change.sides[-1])), ()):
            if rule.direction and not rule.direction & change.site.direction:
                continue
            message = rule.judge(change)
            if message is not None:
                finding = Finding(rule, change, message)
                found.setdefault(finding.order, finding)
    return sorted(found.values(), key=lambda finding: finding.order)
