from __future__ import annotations

from pathlib import Path

import pytest
from vcsdk.pipeline import Described, read_api

from tests.specs.published import MISSING, SPECS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def fragment() -> Described:
    """The curated fragment, as `vcsdk serve` reads it."""
    return read_api(ROOT / "spec/vcha.yaml")


@pytest.fixture(scope="session")
def vcenter() -> Described:
    """vCenter 9.1.1, the release of the SDK; read once, since that takes seconds."""
    path = SPECS / "vcenter-9.1.1/vcenter.yaml"
    if not path.is_file():
        pytest.skip(MISSING)
    return read_api(path)
