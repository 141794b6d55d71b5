"""A share of the failovers, one after the other, each against what the server saw."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.queues import SimpleQueue

from tests.soak import failover
from tests.soak.misfortune import LONGEST_OUTAGE, Misfortune, drawn
from tests.soak.vcenter import Served, VCenters


@dataclass(frozen=True)
class Ended:
    """A failover: how it ended for each process that waited and how they knew, what the server saw, what was wrong."""

    fate: Misfortune
    ended: list[tuple[str, str]] = field(default_factory=list)
    served: Served | None = None
    wrong: list[str] = field(default_factory=list)


def run(seed: int, numbers: Iterable[int], longest: float = LONGEST_OUTAGE) -> Iterator[Ended]:
    """Fail over for each number.

    Args:
        seed: The run's.
        numbers: Of the failovers.
        longest: The longest outage, in seconds.
    """
    vcenters = VCenters()
    try:
        for number in numbers:
            yield _one(vcenters, drawn(seed, number, longest))
    finally:
        vcenters.close()


def share(told: SimpleQueue[Ended | None], seed: int, numbers: Iterable[int], longest: float) -> None:
    """The same in a process of its own, which tells each, and None at the end."""
    try:
        for each in run(seed, numbers, longest):
            told.put(each)
    finally:
        told.put(None)


def _one(vcenters: VCenters, fate: Misfortune) -> Ended:
    ended: list[tuple[str, str]] = []
    wrong: list[str] = []
    with vcenters.serving(fate) as facts:
        try:
            ended = failover.run(fate, facts)
        except Exception:
            wrong.append(traceback.format_exc())
    served = vcenters.ended()
    return Ended(fate, ended, served, wrong + judged(fate, ended, served))


def judged(fate: Misfortune, ended: list[tuple[str, str]], served: Served) -> list[str]:
    """What was not as promised."""
    wrong = []
    # Cut between the client's writing and the link's reading, a request is gone, as the client then finds.
    is_gone = bool(fate.cuts) and not served.received and ended == [(failover.FAILED, "look")]
    if served.asked != 1 and not (served.asked == 0 and is_gone):
        wrong.append(f"the failover left the client {served.asked} times")
    if served.received > 1:
        wrong.append(f"the failover arrived {served.received} times")
    truth = failover.SUCCEEDED if served.moved else failover.FAILED
    wrong += [f"decided as {end} by {how}, but it {truth}" for end, how in ended if end != truth]
    if not fate.through_link and any(how == "look" for _, how in ended):
        wrong.append("left to the program where nothing was cut but by the outage")
    return wrong
