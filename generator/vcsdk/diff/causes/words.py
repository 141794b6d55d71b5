"""Causes in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vcsdk.diff.causes.grouping import MANY, Group
from vcsdk.diff.causes.names import Renamed
from vcsdk.diff.changes import Added, Pair, Removed
from vcsdk.diff.comparison import Comparison
from vcsdk.diff.finding import Finding
from vcsdk.ir import Operation


def about_the_api(group: Group, comparison: Comparison | None) -> str:
    """What was changed, and of what."""
    first = group[0]
    if isinstance(first.change.sides[-1], Operation):
        return _about_operations(group, comparison)
    if first.site.holder:
        holders = list(dict.fromkeys(finding.site.holder for finding in group))
        subject = f"schema {holders[0]}" if len(holders) == 1 else f"{len(holders)} schemas ({listed(holders)})"
        told = _told((finding.site.within, finding.message) for finding in group)
    else:
        subjects = list(dict.fromkeys(finding.site.subject for finding in group))
        if len(subjects) > 1:
            told = _told((_where(finding), finding.message) for finding in group)
            return f"each of {len(subjects):,} operations{':' if _where(first) else ''} {told}"
        subject = subjects[0]
        told = _told((_where(finding), finding.message) for finding in group)
    return f"{subject}: {told}" if subject else told


def _where(finding: Finding) -> str:
    site = finding.site
    return " ".join(part for part in (site.position.text, site.path) if part)


def _about_operations(group: Group, comparison: Comparison | None) -> str:
    first = group[0]
    count = len({finding.site.operation for finding in group})
    if count == 1:
        return first.site.subject + ": " + "; ".join(dict.fromkeys(finding.message for finding in group))
    if isinstance(first.change, Added):
        return f"{count:,} operations are new"
    if isinstance(first.change, Removed):
        return f"{count:,} operations are gone"
    if len({finding.message for finding in group}) > 1:
        return f"{count:,} operations: {_told((finding.site.operation, finding.message) for finding in group)}"
    newer = _replaced(group, comparison)
    ending = f"; for {newer:,} of them the description names a newer one" if newer else ""
    return f"each of {count:,} operations {first.message}{ending}"


def _replaced(group: Group, comparison: Comparison | None) -> int:
    """How many of the operations the description replaces by another one that it has."""
    if comparison is None:
        return 0
    known = comparison.replacements
    return sum(1 for f in group if isinstance(f.change, Pair) and f.change.new.key in known)


def about_wording(findings: Sequence[Finding]) -> str:
    """How much of the documentation is worded differently."""
    operations = list(dict.fromkeys(f.site.operation for f in findings if f.site.operation))
    schemas = list(dict.fromkeys(f.site.schema for f in findings if f.site.schema and not f.site.operation))
    if not operations and not schemas:
        return _told((_where(finding), finding.message) for finding in findings)
    if len(operations) + len(schemas) == 1:
        return f"{(operations or [f'schema {schemas[0]}'])[0]}: the documentation is worded differently"
    counted = ((len(operations), "operation"), (len(schemas), "schema"))
    said = " and ".join(f"{count:,} {noun}{'s' if count > 1 else ''}" for count, noun in counted if count)
    return f"the documentation of {said} is worded differently"


def about_names(renamed: Sequence[Renamed]) -> str:
    """Which Python things are called otherwise, and which names stand for something else."""
    what, pairs = renamed[0].what, dict.fromkeys(f"`{one.old}` is `{one.new}`" for one in renamed)
    if len(pairs) == 1:
        return f"{what} `{renamed[0].old}` is called `{renamed[0].new}` now; the API kept it"
    return f"{len(pairs):,} {_PLURAL[what]} that the API kept are called otherwise now ({listed(pairs)})"


_PLURAL = {"class": "classes", "method": "methods"}


def about_python(group: Group) -> str:
    """What became of Python names without a change of the API."""
    return _told((": ".join(filter(None, (f.site.subject, _where(f)))), f.message) for f in group)


def listed(names: Iterable[str]) -> str:
    """The first few of a list, and how many there are besides."""
    every = list(names)
    few = every if len(every) <= MANY + 1 else every[:MANY]
    return ", ".join(few) + (f" and {len(every) - len(few):,} more" if len(few) < len(every) else "")


def _told(said: Iterable[tuple[str, str]]) -> str:
    """What is said of which places, places of which the same is said together: "/a, /b: is gone"."""
    places: dict[str, list[str]] = {}
    for place, message in said:
        known = places.setdefault(message, [])
        if place not in known:
            known.append(place)
    messages: dict[tuple[str, ...], list[str]] = {}
    for message, where in places.items():
        messages.setdefault(tuple(where), []).append(message)
    parts = []
    for at, what in messages.items():
        parts.append(f"{listed(at)}: {listed(what)}" if any(at) else listed(what))
    few = parts if len(parts) <= MANY + 1 else parts[:MANY]
    return "; ".join(few) + (f"; and {len(parts) - len(few):,} more" if len(few) < len(parts) else "")
