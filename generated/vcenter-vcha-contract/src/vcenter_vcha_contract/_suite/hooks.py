"""Hooks that a user's own `conftest.py`, or a plugin, may implement.

def pytest_contract_check(answer, run):
    assert answer.headers.get("cache-control") == "no-store", f"may be cached: {answer}"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx2

    from .answers import Answer
    from .operations import Catalogue
    from .run import Run
    from .settings import Settings


@pytest.hookspec
def pytest_contract_check(answer: Answer, run: Run) -> None:
    """Hold one answer to a rule of your own; called for every answer that a test judges, fuzz included.

    `answer.operation` is the documented operation, or None.  Raise `AssertionError` to report a finding, or a
    `check.Finding` of a `check.Check` of your own, which says how bad it is.
    """


@pytest.hookspec(firstresult=True)
def pytest_contract_transport(settings: Settings, catalogue: Catalogue) -> httpx2.BaseTransport | None:
    """Carry the requests in another way than over the network; levels, names and limits hold as ever."""
