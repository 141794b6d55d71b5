"""What two types say of each other, before it is known where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from vcsdk.diagnostics import Origin
from vcsdk.ir import Type

Types = tuple[Type, Type]
Origins = tuple[Origin | None, Origin | None]


@dataclass(frozen=True, slots=True)
class Delta:
    """A difference: both sides, one of them None where something came or went, and the way to it from the types."""

    old: object
    new: object
    path: str = ""
    origins: Origins = (None, None)


@dataclass(slots=True)
class Step:
    """The differences of two types themselves, and the pairs of types below them, each with the way to it."""

    deltas: list[Delta] = field(default_factory=list)
    below: list[tuple[str, Origins, Types]] = field(default_factory=list)
