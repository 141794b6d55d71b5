"""What became of the values that a Python type allows."""

from __future__ import annotations

import ast
import enum
import functools
from collections.abc import Mapping, Set

from vcsdk.diff.changes import Spelled
from vcsdk.unrolled import Calls, unrolled

_INVARIANT = frozenset({"list", "dict"})
"""Containers of which a type checker takes only one whose contents are declared alike, since they can be written to."""


class Relation(enum.Enum):
    """How the values of one type lie to those of another.

    Of contents is said what is so for the contents of lists and maps: at run time the same holds of these.
    """

    SAME = "same"
    WIDER = "all of the old and more"
    MORE_LITERALS = "all of the old, and more of the listed values"
    WIDER_CONTENTS = "the old ones with all they had in them and more"
    NARROWER_CONTENTS = "the old ones with only some of what they had in them"
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
    wider, narrower = (_within(*sides, above, inside=False) for sides in ((before, after), (after, before)))
    if wider and narrower:
        return Relation.SAME
    if wider:
        literals = all(_is_literal(member) for member in after - before) and any(map(_is_literal, before))
        return Relation.MORE_LITERALS if literals else Relation.WIDER
    if narrower:
        return Relation.NARROWER
    if _within(before, after, above, inside=True):
        return Relation.WIDER_CONTENTS
    return Relation.NARROWER_CONTENTS if _within(after, before, above, inside=True) else Relation.OTHER


def _is_literal(member: str) -> bool:
    return member.startswith("Literal[")


def _within(some: Set[str], others: Set[str], above: Mapping[str, Set[str]], *, inside: bool) -> bool:
    """Whether the others take each of some; what lists and maps hold counts where it is asked for `inside`."""
    return unrolled(_takes(some, others, above, inside=inside))


def _takes(some: Set[str], others: Set[str], above: Mapping[str, Set[str]], *, inside: bool) -> Calls[bool]:
    for each in some:
        if each in others or "Any" in others or not others.isdisjoint(above.get(each, ())):
            continue
        found = False
        for other in others:
            found = found or (yield _holds(each, other, above, inside=inside))
        if not found:
            return False
    return True


def _holds(one: str, other: str, above: Mapping[str, Set[str]], *, inside: bool) -> Calls[bool]:
    """Whether one type with contents takes the other, part by part."""
    before, after = contents(one), contents(other)
    if before is None or after is None or before[0] != after[0] or len(before[1]) != len(after[1]):
        return False
    if before[0] in _INVARIANT and not inside:
        return before[1] == after[1]
    for mine, theirs in zip(before[1], after[1], strict=True):
        if not (yield _takes(mine, theirs, above, inside=inside)):
            return False
    return True


@functools.lru_cache(maxsize=8192)
def contents(member: str) -> tuple[str, tuple[frozenset[str], ...]] | None:
    """What a type with parts is, and the union that each part comes to; None for one without, and for values."""
    if "[" not in member or _is_literal(member):
        return None
    node = ast.parse(member, mode="eval").body
    if not isinstance(node, ast.Subscript):
        return None
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return ast.unparse(node.value), tuple(frozenset(_alternatives(part)) for part in parts)


def _alternatives(node: ast.expr) -> list[str]:
    found = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        found.append(ast.unparse(node.right))
        node = node.left
    return [*found, ast.unparse(node)]
