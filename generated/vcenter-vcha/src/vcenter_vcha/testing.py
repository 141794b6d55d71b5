"""The API in this process, on a real port, for tests of programs that call it.

    from vcenter_vcha.testing import simulated

    def test_my_program():
        with simulated() as client:
            ...

It needs the extra `testing`: `pip install 'vcenter-vcha[testing]'`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._runtime.simulation import Simulation
from .client import AsyncVCenter, VCenter

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["simulated", "simulated_client"]


class simulated(Simulation[VCenter, AsyncVCenter]):  # noqa: N801  used as a function is
    """Serves the API on a free port from `with` to its end, and gives a `VCenter` that may call everything.

    `async with` gives an `AsyncVCenter`. `target` and `credentials` are for clients of one's own; keywords
    are the simulator's options.
    """

    _client = VCenter
    _async_client = AsyncVCenter
    _package = "vcenter-vcha"
    _description = "vcenter_vcha_contract"


if TYPE_CHECKING:

    def simulated_client() -> Iterator[VCenter]:
        """A pytest fixture: the client of a simulation that begins and ends with the test."""
        raise NotImplementedError

else:

    def __getattr__(name):
        if name != "simulated_client":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import pytest

        @pytest.fixture
        def simulated_client():
            """The client of a simulation that begins and ends with the test."""
            with simulated() as client:
                yield client

        globals()[name] = simulated_client
        return simulated_client
