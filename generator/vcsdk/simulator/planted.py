"""The faults planted in one simulator, as the parts of the server see them: something to ask at each seam."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

S_co = TypeVar("S_co", covariant=True)
S = TypeVar("S")
T = TypeVar("T")


class Planted(Generic[S_co]):
    """What overrides seams of the kind `S_co`, asked in the order in which it was named."""

    def __init__(self, faults: Sequence[S_co]) -> None:
        self._faults = tuple(faults)

    def __iter__(self) -> Iterator[S_co]:
        return iter(self._faults)

    def around(self, ask: Callable[[S_co, Callable[[], T]], T], proceed: Callable[[], T]) -> T:
        """`proceed` as the planted faults would have it; `ask` calls one seam of one fault."""
        for fault in reversed(self._faults):
            proceed = _wrapped(ask, fault, proceed)
        return proceed()


def _wrapped(ask: Callable[[S, Callable[[], T]], T], fault: S, proceed: Callable[[], T]) -> Callable[[], T]:
    return lambda: ask(fault, proceed)
