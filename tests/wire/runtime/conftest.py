from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wire.runtime.server import Server, serving
from tests.wire.runtime.vcenter import PASSWORD, USER, Simulated, VCenter


@pytest.fixture
def simulated() -> Simulated:
    return Simulated()


@pytest.fixture
def server(simulated: Simulated) -> Iterator[Server]:
    with serving(simulated) as running:
        yield running


@pytest.fixture
def vc(server: Server) -> Iterator[VCenter]:
    with VCenter(server.origin, username=USER, password=PASSWORD, timeout=5.0) as client:
        yield client
