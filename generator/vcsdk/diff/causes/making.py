"""Makes causes of findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from vcsdk.diff.causes.cause import Cause, Kind
from vcsdk.diff.causes.grouping import MANY, Group, grouped
from vcsdk.diff.causes.names import Renamed, names_in
from vcsdk.diff.causes.python import Consequences
from vcsdk.diff.causes.words import about_names, about_python, about_the_api, about_wording
from vcsdk.diff.changes import Pair, Spelled
from vcsdk.diff.comparison import Comparison
from vcsdk.diff.finding import Finding
from vcsdk.diff.scale import Area, Severity
from vcsdk.surface import Alias, Class


def causes_of(findings: Iterable[Finding], comparison: Comparison | None = None) -> tuple[Cause, ...]:
    """Every finding under its cause, worst cause first.

    Args:
        findings: Of the API, and of the Python names made from it.
        comparison: What belongs together; without it a finding about a Python name follows from nothing.
    """
    api: list[Finding] = []
    wording: list[Finding] = []
    python: list[Finding] = []
    for finding in findings:
        kind = python if finding.rule.area is Area.SURFACE else wording if finding.rule.wording else api
        kind.append(finding)
    groups = grouped(api)
    following: dict[int, Group] = defaultdict(list)
    renamed: dict[Renamed, Group] = defaultdict(list)
    rest = []
    consequences = Consequences(groups, comparison) if comparison is not None and python else None
    for finding in python:
        cause = consequences.of(finding) if consequences is not None else None
        if isinstance(cause, Renamed):
            renamed[cause].append(finding)
        elif cause is None:
            rest.append(finding)
        else:
            following[cause].append(finding)
    causes = [
        Cause(Kind.API, about_the_api(group, comparison), tuple(group), tuple(following.get(number, ())))
        for number, group in enumerate(groups)
    ]
    causes += _of_wording(wording)
    causes += _of_names(renamed)
    causes += [Cause(Kind.PYTHON, about_python(group), tuple(group)) for group in _with_their_classes(grouped(rest))]
    return tuple(sorted(causes, key=lambda cause: cause.order))


def _with_their_classes(groups: Sequence[Group]) -> list[Group]:
    """What names a class that came or went, with that class."""
    owners = {
        finding.site.symbol.rpartition(".")[2]: group
        for group in groups
        for finding in group
        if isinstance(finding.change.sides[-1], Class | Alias) and not isinstance(finding.change, Pair)
    }
    found: dict[int, Group] = {}
    for group in groups:
        mentioned = [owners[name] for finding in group for name in _differing(finding) if name in owners]
        found.setdefault(id(mentioned[0] if mentioned else group), []).extend(group)
    return [sorted(group, key=lambda finding: finding.order) for group in found.values()]


def _differing(finding: Finding) -> list[str]:
    """The names that only one of the two types has."""
    change = finding.change
    if not isinstance(change, Pair) or not isinstance(change.new, Spelled):
        return []
    return sorted(set(names_in(change.old.text)) ^ set(names_in(change.new.text)))


def _of_wording(findings: Sequence[Finding]) -> list[Cause]:
    """One for all of a level: a new title is looked at, new wording of an operation is not."""
    by_level: dict[Severity, Group] = defaultdict(list)
    for finding in findings:
        by_level[finding.level].append(finding)
    return [Cause(Kind.WORDING, about_wording(group), tuple(group)) for group in by_level.values()]


def _of_names(renamed: dict[Renamed, Group]) -> list[Cause]:
    """A cause for each name; one for all where there are many."""
    by_kind: dict[str, dict[Renamed, Group]] = defaultdict(dict)
    for name, group in renamed.items():
        by_kind[name.what][name] = group
    found = []
    for names in by_kind.values():
        bundles = [names] if len(names) > MANY else [{name: group} for name, group in names.items()]
        for bundle in bundles:
            group = sorted((f for each in bundle.values() for f in each), key=lambda finding: finding.order)
            found.append(Cause(Kind.NAMES, about_names(list(bundle)), tuple(group)))
    return found
