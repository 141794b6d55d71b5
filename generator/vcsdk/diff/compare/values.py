"""What two types allow a value to be: kind, null, format, listed values, bounds, further properties."""

from __future__ import annotations

from dataclasses import replace

from vcsdk.diff.changes import Choice, EnumValue, Format, FreeKeys, Nullness, Shape
from vcsdk.diff.compare.limits import bounds_of
from vcsdk.diff.compare.resolve import Resolved
from vcsdk.diff.compare.step import Delta, Step
from vcsdk.ir import ANY


def compare_values(old: Resolved, new: Resolved) -> Step:
    """The differences of two types that are no unions."""
    step = Step()
    here = (old.origin, new.origin)

    def note(before: object, after: object) -> None:
        step.deltas.append(Delta(before, after, origins=here))

    if old.nullable != new.nullable and "any" not in (old.shape.kind, new.shape.kind):
        note(Nullness(old.nullable), Nullness(new.nullable))
    if old.shape != new.shape:
        note(old.shape, new.shape)
        return step
    if old.format != new.format:
        note(Format(old.format), Format(new.format))
    before_bounds, after_bounds = bounds_of(old, new)
    if before_bounds != after_bounds:
        note(before_bounds, after_bounds)
    _compare_listed(old, new, step)
    before, after = _free_keys(old), _free_keys(new)
    if old.closed != new.closed:
        note(
            None if old.closed else replace(before, refused=True), None if new.closed else replace(after, refused=True)
        )
    elif before.typed != after.typed:
        note(before if before.typed else None, after if after.typed else None)
    elif old.extra is not None and new.extra is not None:
        step.below.append(("/{}", (None, None), (old.extra, new.extra)))
    if old.discriminator is not None and new.discriminator is not None and old.discriminator != new.discriminator:
        note(old.discriminator, new.discriminator)
    return step


def _free_keys(side: Resolved) -> FreeKeys:
    """What is said of properties beside the named ones; `true` says no more than nothing does."""
    return FreeKeys(typed=side.extra is not None and side.extra != ANY)


def _compare_listed(old: Resolved, new: Resolved, step: Step) -> None:
    here = (old.origin, new.origin)
    if old.values is None or new.values is None:
        if old.values is not None or new.values is not None:
            before, after = (Choice(len(side.values or ())) for side in (old, new))
            step.deltas.append(Delta(before, after, origins=here))
        return
    single = len(old.values) == 1 and len(new.values) == 1
    for value in old.values:
        if value not in new.values:
            step.deltas.append(Delta(EnumValue(value, single), None, origins=here))
    for value in new.values:
        if value not in old.values:
            step.deltas.append(Delta(None, EnumValue(value, single), origins=here))


def relation(old: Shape, new: Shape) -> str:
    """What became of the values allowed: "wider" (all of the old and more), "narrower" (only some of them), "other"."""
    if old.kind == new.kind == "object":
        return "wider" if new.free else "narrower"
    if new.kind == "any" or (old.kind, new.kind) == ("integer", "number"):
        return "wider"
    if old.kind == "any" or (old.kind, new.kind) == ("number", "integer"):
        return "narrower"
    return "other"
