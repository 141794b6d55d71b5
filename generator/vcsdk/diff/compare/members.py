"""Unions side by side.  Members are told apart by structure first: their names mean nothing on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from vcsdk.diff.changes import Member, Nullness, TagValue, Told
from vcsdk.diff.compare.resolve import Resolved, resolve
from vcsdk.diff.compare.step import Delta, Origins, Step, Types
from vcsdk.ir import Discriminator, Schema, Type


class Comparison(Protocol):
    """What is needed of the comparison of the types below."""

    old: Mapping[str, Schema]
    new: Mapping[str, Schema]

    def same(self, old: Type, new: Type) -> bool:
        """Whether nothing differs between two types."""


def compare_members(old: Resolved, new: Resolved, types: Types, comparison: Comparison) -> Step:
    """The differences of two types of which one at least is a union; the other is a union of one."""
    step, here = Step(), (old.origin, new.origin)
    if old.nullable != new.nullable:
        step.deltas.append(Delta(Nullness(old.nullable), Nullness(new.nullable), origins=here))
    before, after = list(old.members or types[:1]), list(new.members or types[1:])
    paired = _pair(before, after, old.discriminator, new.discriminator, comparison)
    for one, other in paired:
        before.remove(one)
        after.remove(other)
        label = _label(other, comparison.new)
        step.below.append((f"/<{label}>", (None, None), (one, other)))
    for gone in before:
        step.deltas.append(Delta(Member(_label(gone, comparison.old)), None, origins=here))
    for come in after:
        step.deltas.append(Delta(None, Member(_label(come, comparison.new)), origins=here))
    if old.members and new.members:
        _compare_tags(old.discriminator, new.discriminator, step, here)
    return step


def _pair(
    before: list[Type],
    after: list[Type],
    old: Discriminator | None,
    new: Discriminator | None,
    comparison: Comparison,
) -> list[Types]:
    """Members that belong together: of one tag, equal, of one name, or the only ones left of their kind."""
    old_keys, new_keys = _keys(before, old), _keys(after, new)
    rest, pairs = list(after), []

    def take(one: Type, candidates: list[Type]) -> bool:
        if len(candidates) != 1:
            return False
        pairs.append((one, candidates[0]))
        rest.remove(candidates[0])
        return True

    left = list(before)
    left = [one for one in left if not take(one, [o for o in rest if old_keys[one] and old_keys[one] == new_keys[o]])]
    left = [one for one in left if not take(one, [o for o in rest if comparison.same(one, o)][:1])]
    # What took too long to tell: the same words, whatever is below them.
    left = [one for one in left if not take(one, [other for other in rest if other == one][:1])]
    names = [(one, _label(one, comparison.old)) for one in left]
    left = [one for one, name in names if not take(one, [o for o in rest if _label(o, comparison.new) == name])]
    kinds = [(one, resolve(one, comparison.old).shape) for one in left if resolve(one, comparison.old).fields is None]
    for one, shape in kinds:
        take(one, [other for other in rest if resolve(other, comparison.new).shape == shape])
    return pairs


def _keys(members: list[Type], tags: Discriminator | None) -> dict[Type, str]:
    """The discriminator's value for each member, "" where it has none."""
    mapping = {schema: value for value, schema in tags.mapping} if tags is not None else {}
    return {member: mapping.get(getattr(member, "key", ""), "") for member in members}


def _label(member: Type, schemas: Mapping[str, Schema]) -> str:
    resolved = resolve(member, schemas)
    return resolved.name or resolved.shape.text


def _compare_tags(old: Discriminator | None, new: Discriminator | None, step: Step, here: Origins) -> None:
    if old is None or new is None:
        if old is not new:
            before, after = (Told(None if each is None else each.property) for each in (old, new))
            step.deltas.append(Delta(before, after, origins=here))
        return
    if old.property != new.property:
        step.deltas.append(Delta(old, new, origins=here))
    known, now = dict(old.mapping), dict(new.mapping)
    step.deltas += [Delta(TagValue(value), None) for value in known if value not in now]
    step.deltas += [Delta(None, TagValue(value)) for value in now if value not in known]
