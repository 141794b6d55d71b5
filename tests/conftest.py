from __future__ import annotations

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what is there now to tests/golden/*/expected, or into the page a test names, and pass",
    )
    parser.addoption(
        "--full",
        action="store_true",
        help="hold every operation and schema to the oracles, not only a sample, and run suites that take minutes",
    )


@pytest.fixture(scope="session", autouse=True)
def _own_memory(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests neither use nor fill the memory of the user's own runs."""
    os.environ["VCSDK_CACHE_DIR"] = str(tmp_path_factory.mktemp("memory"))
