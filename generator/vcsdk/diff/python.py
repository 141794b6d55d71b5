"""What changed of the Python names of an API, beside what is known of the API itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vcsdk.diff.changes import Change, Pair, RangedReturn, ReturnType
from vcsdk.diff.compare.surfaces import surface_changes
from vcsdk.diff.comparison import Comparison
from vcsdk.diff.directions import directions
from vcsdk.ir import Operation
from vcsdk.surface import Method, Surface


def python_changes(before: Surface, after: Surface, comparison: Comparison) -> Iterator[Change]:
    """Every change from one surface to the other; of a method that sends the same request as before, none in that.

    `/api` may stand in the server or in each path.
    """
    same = {(one.origin, other.origin): (one, other) for one, other in comparison.operations}
    for change in surface_changes(before, after, directions(comparison.old, comparison.new)):
        pair = same.get((change.site.old, change.site.new)) if change.site.old and change.site.new else None
        if pair is None or not isinstance(change, Pair):
            yield change
        elif isinstance(change.new, Method):
            if change.old.asynchronous != change.new.asynchronous:
                yield Pair(change.site, change.old, replace(change.new, request=change.old.request))
        elif isinstance(change.new, ReturnType) and _may_be_silent(*pair) and _adds_none(change):
            old, new = change.old, change.new
            ranged = (RangedReturn(each.text, each.members, each.above) for each in (old, new))
            yield Pair(change.site, *ranged)
        else:
            yield change


def _may_be_silent(old: Operation, new: Operation) -> bool:
    """Whether the successful answers became a range of statuses."""
    before, after = ({r.status for r in o.responses if r.status.startswith("2")} for o in (old, new))
    return "2XX" in after and "2XX" not in before


def _adds_none(change: Pair[ReturnType]) -> bool:
    return change.new.members == change.old.members | {"None"}
