"""A hand-driven clock, and the curated description as the pipeline reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator.clock import Agenda, Clock

SPEC = Path(__file__).parents[3] / "spec" / "vcha.yaml"


class HandClock(Clock):
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> float:
        return self.seconds

    def timestamp(self) -> str:
        return f"2026-01-15T12:{int(self.seconds) // 60 % 60:02}:{int(self.seconds) % 60:02}.000Z"


class HandAgenda(Agenda):
    """An agenda whose time is passed by hand; what falls due on the way runs at its own time."""

    def __init__(self) -> None:
        self.hand = HandClock()
        super().__init__(self.hand)

    def pass_time(self, seconds: float) -> None:
        end = self.hand.seconds + seconds
        while (wait := self.next_in()) is not None and self.hand.seconds + wait <= end:
            self.hand.seconds += wait
            self.run_due()
        self.hand.seconds = end


@pytest.fixture
def agenda() -> HandAgenda:
    return HandAgenda()


@pytest.fixture(scope="session")
def described() -> Described:
    return read_api(SPEC)
