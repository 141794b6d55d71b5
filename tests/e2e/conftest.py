from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from vcsdk.pipeline import Described

from tests.generated import imported, read_spec, write_client


@pytest.fixture(scope="session")
def described() -> Described:
    return read_spec()


@pytest.fixture(scope="session")
def sdk(described: Described, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client of the fragment, generated now and imported."""
    source = write_client(described.api, described.config, described.document, tmp_path_factory.mktemp("sdk"))
    with imported(source, described.config.package.module) as module:
        yield module
