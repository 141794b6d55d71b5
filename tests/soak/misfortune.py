"""What goes wrong in one failover, drawn by a seed and a number: always the same."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

LONGEST_OUTAGE = 10.0
_SHORTEST_OUTAGE = 0.02


@dataclass(frozen=True)
class Misfortune:
    """All durations are seconds.

    `outage`, `unavailable`, `session_outage` and `session_status` are the simulator's; `fails`: the task ends FAILED.
    `cuts` says when every connection is cut, from the first one on; `answer_cut_at` is the byte at which the answer to
    the failover is cut, None lets it through.  `forks` is the number of children that wait for the same task with the
    same client, `forks_at` when they come.  `threads` read all the time with the same client (tasks, where it is
    asynchronous).
    """

    seed: str
    asynchronous: bool
    planned: bool
    outage: float
    unavailable: float
    session_outage: float
    session_status: int
    fails: bool
    cuts: tuple[float, ...]
    answer_cut_at: int | None
    forks: int
    forks_at: float
    threads: int

    @property
    def through_link(self) -> bool:
        """Whether somebody stands between client and server who can cut; else an outage refuses connections itself."""
        return bool(self.cuts) or self.answer_cut_at is not None

    def simulator(self) -> dict[str, Any]:
        """The options of the simulator."""
        return {
            "failover_seconds": 0.1,
            "task_seconds": 0.1,
            "outage": self.outage,
            "unavailable": self.unavailable,
            "session_outage": self.session_outage,
            "session_outage_status": self.session_status,
            "failover_fails": self.fails,
        }


def drawn(seed: int, number: int, longest: float = LONGEST_OUTAGE) -> Misfortune:
    """What befalls the failover of this number.

    Args:
        seed: The run's.
        number: The failover's.
        longest: The longest outage; most are far shorter.
    """
    chance = random.Random(f"{seed}/{number}")
    # As many of 0.02 to 0.2 s as of 1 to 10 s.
    outage = _SHORTEST_OUTAGE * (longest / _SHORTEST_OUTAGE) ** chance.random()
    end = 0.1 + outage + 1.0
    return Misfortune(
        seed=f"{seed}/{number}",
        asynchronous=chance.random() < 0.5,
        planned=chance.random() < 0.6,
        outage=outage,
        unavailable=chance.choice((0.0, 0.1, chance.uniform(0, 0.5))),
        session_outage=chance.choice((0.0, 0.0, chance.uniform(0, 1))),
        session_status=chance.choice((500, 503)),
        fails=chance.random() < 0.1,
        cuts=tuple(sorted(chance.uniform(0, end) for _ in range(chance.choice((0, 0, 1, 3, 12))))),
        answer_cut_at=chance.randrange(400) if chance.random() < 0.2 else None,
        forks=chance.choice((0, 0, 0, 1, 2)),
        forks_at=chance.uniform(0, end),
        threads=chance.choice((0, 0, 1, 4)),
    )
