from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from vcsdk.pipeline import Described

from tests.generated import imported, read_spec, write_client
from tests.wire.client.recording import Recorder, recording


@pytest.fixture(scope="session")
def described() -> Described:
    return read_spec()


@pytest.fixture(scope="session")
def source(described: Described, tmp_path_factory: pytest.TempPathFactory):
    return write_client(described.api, described.config, described.document, tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="module")
def package(source) -> Iterator[ModuleType]:
    with imported(source, "vcenter_vcha") as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder
