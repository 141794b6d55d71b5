"""Puts findings of one change together: first what is written once, then what was done alike to one holder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from vcsdk.diff.changes import Added, Given, Pair
from vcsdk.diff.finding import Finding
from vcsdk.diff.scale import Severity
from vcsdk.diff.site import WHOLE
from vcsdk.ir import Api, Body, Field, Media, Operation, Parameter, Response, ResponseHeader

Group = list[Finding]

_WHOLES = (Api, Operation, Body, Media, Parameter, Given, Response, ResponseHeader)
"""What has so many sides that two rules that look at it speak of two things."""
MANY = 3
"""Up to so many breaking changes of which the same is said each stand for themselves."""
ALIKE = 10
"""Up to so many changes of one kind stand for themselves, whatever is said of each."""


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """The findings by what was changed, each group with its worst first."""
    changed = _joined(list(findings))
    held = _merged(changed, _held)
    said = _merged(held, _said, least=MANY)
    return _merged(said, _alike, least=ALIKE, each=True)


def _joined(findings: Sequence[Finding]) -> list[Group]:
    """Findings of one change: the same came, went or differs, and one of both places is the same.

    One place is enough: where forty copies became one component, only the new one is.
    """
    parents = list(range(len(findings)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    known: dict[Hashable, int] = {}
    for index, finding in enumerate(findings):
        what = (type(finding.change), _content(finding))
        site = finding.site
        for side, place in enumerate((site.old, site.new)):
            # Where something came, the old place is only what is around it.
            if place is not None and not (side == 0 and isinstance(finding.change, Added)):
                other = known.setdefault((what, side, place), index)
                parents[root(index)] = root(other)
    groups: dict[int, Group] = defaultdict(list)
    for index, finding in enumerate(findings):
        groups[root(index)].append(finding)
    return list(groups.values())


def _content(finding: Finding) -> Hashable:
    """What tells a change from others at the same place."""
    side = finding.change.sides[-1]
    if isinstance(side, Field):
        return (Field, side.wire_name)
    if isinstance(side, _WHOLES):
        # A type of content that came to hundreds of answers is at as many places.
        return (type(side), finding.rule.id, finding.site.position.text)
    return (type(side), *(repr(each) for each in finding.change.sides))


def _held(group: Group) -> Hashable:
    """What was done to which component, or to which part of which operation."""
    first, site = group[0], group[0].site
    if isinstance(first.change.sides[-1], Operation):
        return None
    holder = (site.holder,) if site.holder else (site.lasting, site.position.part, site.position.status)
    return (*_kind(group), holder)


def _said(group: Group) -> Hashable:
    """What was done, whatever it was done to."""
    first, site = group[0], group[0].site
    said: tuple[object, ...] = ()
    if not isinstance(first.change.sides[-1], Operation) or isinstance(first.change, Pair):
        said = (
            frozenset(finding.message for finding in group),
            frozenset((finding.site.position, finding.site.path) for finding in group if not finding.site.holder),
            frozenset(finding.site.within for finding in group if finding.site.holder),
        )
    # What is said of the API as a whole is said once.
    alone = site.lasting if site.lasting or site.position != WHOLE else id(group)
    return (*_kind(group), said, alone if not site.lasting else "")


def _alike(group: Group) -> Hashable:
    """What kind of change it is: a vendor that forgot what is required forgot it in eighty schemas."""
    whole = isinstance(group[0].change.sides[-1], Operation)
    messages = frozenset() if whole else frozenset(finding.message for finding in group)
    return (*_kind(group), messages, bool(group[0].site.lasting))


def _kind(group: Group) -> tuple[type, type, frozenset[str]]:
    change = group[0].change
    return (type(change), type(change.sides[-1]), frozenset(finding.rule.id for finding in group))


def _merged(
    groups: Sequence[Group], key_of: Callable[[Group], Hashable], least: int = 0, *, each: bool = False
) -> list[Group]:
    """Groups of the same key together, in the order of their first; None is the same as nothing.

    Of breaking ones only more than `least`; of all, with `each`.
    """
    buckets: dict[Hashable, list[Group]] = defaultdict(list)
    for group in groups:
        key = key_of(group)
        buckets[id(group) if key is None else key].append(group)
    return [merged for bucket in buckets.values() for merged in _of(bucket, least, each=each)]


def _of(bucket: list[Group], least: int, *, each: bool) -> Iterator[Group]:
    first = bucket[0][0].change
    # A few operations that came or went did so each for itself.
    each = each or (isinstance(first.sides[-1], Operation) and not isinstance(first, Pair))
    breaking = each or any(finding.level is Severity.BREAKING for finding in bucket[0])
    if breaking and len(bucket) <= least:
        yield from bucket
    else:
        yield sorted((finding for group in bucket for finding in group), key=lambda finding: finding.order)
