from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.specs.published import MISSING, SPECS, VCENTER, Generated, generate, shared_folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Callable[[str], Generated]:
    """Gives the packages of a specification by its name below the folder."""
    if not SPECS.is_dir():
        pytest.skip(MISSING)
    folder = shared_folder(tmp_path_factory, pytestconfig) / "published"
    return lambda name: generate(name, folder)


@pytest.fixture(scope="session")
def worker_cache(pytestconfig: pytest.Config) -> Path:
    """A folder that stays from run to run, one for each process: what mypy found out about libraries."""
    worker = getattr(pytestconfig, "workerinput", {}).get("workerid", "main")
    return Path(pytestconfig.cache.mkdir(f"mypy-{worker}"))


@pytest.fixture(scope="session")
def vcenter(published: Callable[[str], Generated]) -> Generated:
    """vCenter 7.0.3."""
    return published(VCENTER)


@pytest.fixture(scope="session")
def vcenter_source(vcenter: Generated) -> Path:
    """Where its client is imported from."""
    return vcenter.source
