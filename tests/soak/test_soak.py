"""A few failovers of `make soak`, always the same ones, and that it notices what it is there for."""

from __future__ import annotations

import os

import pytest

from tests.soak import failover
from tests.soak.campaign import judged, run
from tests.soak.misfortune import Misfortune, drawn
from tests.soak.vcenter import Served

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
SEED = 14
QUIET, CUT = (Misfortune("", False, True, 0.1, 0.0, 0.0, 503, False, cuts, None, 0, 0.0, 0) for cuts in ((), (0.1,)))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 12, 3))
def test_failovers_through_misfortunes_are_decided_and_asked_for_once(first: int) -> None:
    assert [each for each in run(SEED, range(first, first + 3), longest=1.0) if each.wrong] == []


def test_a_misfortune_is_told_by_seed_and_number() -> None:
    assert drawn(3, 5) == drawn(3, 5)
    many = [drawn(3, number) for number in range(200)]
    for fact in ("asynchronous", "planned", "fails", "cuts", "answer_cut_at", "forks", "threads", "through_link"):
        assert len({getattr(each, fact) for each in many}) > 1, fact
    assert max(each.outage for each in many) > 5
    assert sum(each.outage < 1 for each in many) > 100


@pytest.mark.parametrize(
    ("fate", "ended", "served"),
    [
        (QUIET, [("succeeded", "task")], Served(asked=2, received=2, moved=True)),
        (CUT, [("succeeded", "task")], Served(asked=1, received=2, moved=True)),
        (QUIET, [("succeeded", "task")], Served(asked=1, received=1, moved=False)),
        (QUIET, [("failed", "task")], Served(asked=1, received=1, moved=True)),
        (QUIET, [("succeeded", "task"), ("failed", "look")], Served(asked=1, received=1, moved=True)),
        (QUIET, [("succeeded", "look")], Served(asked=1, received=1, moved=True)),
        (QUIET, [("failed", "look")], Served(asked=0, received=0, moved=False)),
        (CUT, [("failed", "task")], Served(asked=0, received=0, moved=False)),
        (CUT, [("succeeded", "look")], Served(asked=0, received=0, moved=False)),
    ],
)
def test_what_is_not_as_promised_is_named(fate: Misfortune, ended: list[tuple[str, str]], served: Served) -> None:
    assert judged(fate, ended, served)


def test_what_is_as_promised_is_not() -> None:
    assert judged(CUT, [(failover.SUCCEEDED, "look")], Served(asked=1, received=1, moved=True)) == []
    assert judged(CUT, [(failover.FAILED, "look")], Served(asked=1, received=0, moved=False)) == []
    assert judged(CUT, [(failover.FAILED, "look")], Served(asked=0, received=0, moved=False)) == []
