"""The fuzzer finds faults that are planted back in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import sources
from tests.fuzz.mutate import drawn
from tests.fuzz.planted import PLANTS, Plant, found, planted, recorded

PUBLISHED = pytest.mark.skipif(not sources.SPECS.is_dir(), reason="mutants are others without what VMware publishes")


@pytest.mark.slow
@PUBLISHED
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_planted_fault_is_found(plant: Plant) -> None:
    """By one of the mutants that once did; the command that writes down others is told in `planted`."""
    met = []
    for mutant in recorded()[plant.name]:
        met += found([plant], [mutant])
        if any(plant.is_met(kind, where) for _, kind, where in met):
            return
    pytest.fail(f"not found, but {met}; look for other mutants: python -m tests.fuzz.planted")


def test_ten_faults_have_mutants() -> None:
    assert [plant.name for plant in PLANTS] == list(recorded())
    assert len(PLANTS) >= 10
    assert all(recorded().values())


def test_nothing_is_planted_where_the_line_is_not_there(tmp_path: Path) -> None:
    plant = Plant("nothing", "load/read.py", "no such line", "", ("", ""))
    with pytest.raises(ValueError, match="0 times"):
        planted([plant], tmp_path)


def test_one_description_more_changes_few_draws() -> None:
    names = [f"description {number}" for number in range(15)]
    draws = [(drawn(names, f"7/{ticket}"), drawn([*names, "another"], f"7/{ticket}")) for ticket in range(400)]
    changed = [after for before, after in draws if before != after]
    assert set(changed) == {"another"}
    assert 4 < len(changed) < 80
    assert {before for before, _ in draws} == set(names)
