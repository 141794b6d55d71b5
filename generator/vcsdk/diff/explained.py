"""Differences of words that rules read, where no rule spoke of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from vcsdk.diagnostics import Origin
from vcsdk.diff.changes import Change, Choice, Given, Member, Pair, Shape, Unsent
from vcsdk.diff.compare.keywords import OF_FIELDS, OF_PARAMETERS
from vcsdk.diff.finding import Finding
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Part, Site
from vcsdk.ir import Body, Field, Media, Operation, Parameter, Response, ResponseHeader

_WHOLES = (Operation, Body, Media, Parameter, Response, ResponseHeader)
"""What a schema is only a part of."""
_PARAMETERS = (Parameter, Given)
_KINDS = (Shape, Member, Choice)
"""After a change of these nothing below is the same thing any more."""
_MEMBER = re.compile(r"<[^/]*>")

_Part = tuple[str, str, str, str]


def unexplained(changes: Sequence[Change], findings: Sequence[Finding]) -> Iterator[Change]:
    """Those changes of words of which no finding speaks: at its place, above it, or where the word shows below."""
    places: set[Origin | None] = set()
    fields: set[Origin | None] = set()
    said: dict[_Part, list[tuple[str, Finding]]] = defaultdict(list)
    holders: set[tuple[Direction, Origin]] = set()
    for finding in findings:
        side = finding.change.sides[-1]
        (fields if isinstance(side, Field) else places).update((finding.site.old, finding.site.new))
        if _is_about_being_there(finding.change):
            holders |= _holders(finding.site)
        if isinstance(side, _PARAMETERS) or not isinstance(side, _WHOLES):
            said[_part(finding.site)].append((_path(finding.site), finding))
    for change in changes:
        # What is said of a property tells nothing of the schema that it has.
        known = places | fields if change.sides[-1].word in OF_FIELDS else places
        if not known.isdisjoint({change.site.old, change.site.new} - {None}):
            continue
        if change.sides[-1].word == "required" and not holders.isdisjoint(_places(change.site)):
            # A schema that is met again is told where it was met first.
            continue
        told = said.get(_part(change.site), ())
        if not _is_told(_path(change.site), change.sides[-1].word, told):
            yield change


def _is_about_being_there(change: Change) -> bool:
    """Whether a property must be there on one side alone."""
    if not isinstance(change.sides[-1], Field | Unsent):
        return False
    return any(each.required for each in change.sides) and not (
        isinstance(change, Pair) and change.old.required == change.new.required
    )


def _places(site: Site) -> set[tuple[Direction, Origin]]:
    return {(site.direction, place) for place in (site.old, site.new) if place is not None}


def _holders(site: Site) -> set[tuple[Direction, Origin]]:
    """The schemas that a property is written in."""
    found = set()
    for direction, place in _places(site):
        holder, _, _ = place.pointer.rpartition("/properties/")
        found.add((direction, Origin(place.file, holder)))
    return found


def _is_told(path: str, word: str, told: Iterable[tuple[str, Finding]]) -> bool:
    for other, finding in told:
        below = other.removeprefix(path) if other.startswith(path) else None
        if isinstance(finding.change.sides[-1], _PARAMETERS) and word not in OF_PARAMETERS:
            # What is said of the parameter itself tells nothing of its schema.
            continue
        of_field = isinstance(finding.change.sides[-1], Field) and isinstance(finding.change, Pair)
        if below == "" and of_field and word not in OF_FIELDS:
            continue
        if below == "" or (path.startswith(f"{other}/") and isinstance(finding.change.sides[-1], _KINDS)):
            return True
        # What is required is told of the property, what tells kinds apart of each kind.
        named = word == "required" and _is_about_being_there(finding.change)
        if below is not None and ((named and below.count("/") == 1) or below.startswith("/<>")):
            return True
    return False


def _part(site: Site) -> _Part:
    """The part of an operation that a place is in; errors are told once for all that have them."""
    if site.direction is Direction.ERROR and site.position.part is not Part.HEADER:
        return ("", "", "", "")
    position = site.position
    return (site.operation, position.part.value, (position.name or "").lower(), position.status)


def _path(site: Site) -> str:
    """The way into a schema; members of a union are called by their names or by their numbers."""
    return _MEMBER.sub("<>", site.path)
