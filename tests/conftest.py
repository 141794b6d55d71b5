from __future__ import annotations

from collections.abc import Iterator

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
def _own_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests neither use nor fill the memory of the user's own runs.

    A suite that runs inside of a test finds this file too, by the folder one stands in; its own folder goes
    when it ends, so that what was there before must come back.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VCSDK_CACHE_DIR", str(tmp_path_factory.mktemp("memory")))
        yield
