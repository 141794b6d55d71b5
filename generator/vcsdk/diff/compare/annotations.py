"""What became of the values that a Python type allows."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Set

from vcsdk.diff.changes import Spelled


class Relation(enum.Enum):
    """How the values of one type lie to those of another."""

    SAME = "same"
    WIDER = "all of the old and more"
    MORE_LITERALS = "all of the old, and more of the listed values"
    NARROWER = "only some of them"
    OTHER = "other"


def relation(old: Spelled, new: Spelled) -> Relation:
    """What became of the values of a type."""
    before, after = old.members, new.members
    above = {**old.above, **new.above}
    if before == after:
        return Relation.SAME
    if "Any" in after:
        return Relation.WIDER
    if "Any" in before:
        return Relation.NARROWER
    wider, narrower = _within(before, after, above), _within(after, before, above)
    if wider and narrower:
        return Relation.SAME
    if wider:
        literals = all(_is_literal(member) for member in after - before) and any(map(_is_literal, before))
        return Relation.MORE_LITERALS if literals else Relation.WIDER
    return Relation.NARROWER if narrower else Relation.OTHER


def _is_literal(member: str) -> bool:
    return member.startswith("Literal[")


def _within(some: Set[str], others: Set[str], above: Mapping[str, Set[str]]) -> bool:
    return all(each in others or not others.isdisjoint(above.get(each, ())) for each in some)
