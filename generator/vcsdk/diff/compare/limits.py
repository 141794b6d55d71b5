"""The bounds of two types, of which some say the same in other words."""

from __future__ import annotations

from msgspec.structs import replace

from vcsdk.diff.compare.meaning import divides_one, whole
from vcsdk.diff.compare.resolve import Resolved
from vcsdk.ir import Constraints

_Bound = tuple[float, bool]


def bounds_of(old: Resolved, new: Resolved) -> tuple[Constraints, Constraints]:
    """The bounds of both, those of the old one also in the new one where they come to the same.

    A whole number above 3 is one from 4 on, and every one is a multiple of 1.
    """
    before, after = old.constraints, new.constraints
    integers = [side.shape.kind == "integer" for side in (old, new)]
    if _lower(before, whole_only=integers[0]) == _lower(after, whole_only=integers[1]):
        after = replace(after, minimum=before.minimum, exclusive_minimum=before.exclusive_minimum)
    if _upper(before, whole_only=integers[0]) == _upper(after, whole_only=integers[1]):
        after = replace(after, maximum=before.maximum, exclusive_maximum=before.exclusive_maximum)
    if _step(before, whole_only=integers[0]) == _step(after, whole_only=integers[1]):
        after = replace(after, multiple_of=before.multiple_of)
    return before, after


def _lower(bounds: Constraints, *, whole_only: bool) -> _Bound | None:
    return _bound(bounds.minimum, bounds.exclusive_minimum, 1, whole_only=whole_only)


def _upper(bounds: Constraints, *, whole_only: bool) -> _Bound | None:
    return _bound(bounds.maximum, bounds.exclusive_maximum, -1, whole_only=whole_only)


def _bound(inclusive: float | None, exclusive: float | None, sign: int, *, whole_only: bool) -> _Bound | None:
    known = [(value, excluded) for value, excluded in ((inclusive, False), (exclusive, True)) if value is not None]
    if not known:
        return None
    value, excluded = max(known, key=lambda bound: (sign * bound[0], bound[1]))
    return (whole(value, sign, excluded=excluded), False) if whole_only else (value, excluded)


def _step(bounds: Constraints, *, whole_only: bool) -> float | None:
    return None if whole_only and divides_one(bounds.multiple_of) else bounds.multiple_of
