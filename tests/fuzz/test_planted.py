"""The fuzzer finds faults that are planted back in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import sources
from tests.fuzz.planted import PLANTS, Plant, found, planted


@pytest.mark.slow
@pytest.mark.skipif(not sources.SPECS.is_dir(), reason="mutants are others without the published specifications")
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_planted_fault_is_found(plant: Plant) -> None:
    kind, where = plant.fault
    met = found([plant], [plant.mutant], plant.seed)
    assert [each for each in met if each[1] == kind and (not where or each[2] == where)], met


def test_nothing_is_planted_where_the_line_is_not_there(tmp_path: Path) -> None:
    plant = Plant("nothing", "load/read.py", "no such line", "", ("", ""), 0)
    with pytest.raises(ValueError, match="0 times"):
        planted([plant], tmp_path)
