"""The fixtures that the tests use; registered by the plugin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .careful import Careful
from .run import Run
from .target import Target

OUTSIDERS = frozenset({"powerless", "stranger", "unauthenticated"})
"""The accounts that are to be kept out; `careful` is only careful."""


@pytest.fixture(scope="session")
def run(pytestconfig: pytest.Config) -> Run:
    """The run: its settings, its client, its accounts."""
    made: Run = pytestconfig.pluginmanager.get_plugin("contract-plugin").run  # type: ignore[union-attr]
    return made


@pytest.fixture(autouse=True)
def recovered(pytestconfig: pytest.Config) -> Iterator[None]:
    """Before each test the target answers and the session is valid; after it, what it made is removed."""
    plugin: Any = pytestconfig.pluginmanager.get_plugin("contract-plugin")
    plugin.before_test()
    yield
    plugin.after_test()


@pytest.fixture(scope="session")
def target(run: Run) -> Target:
    """The target as the run's own account sees it."""
    return run.target


@pytest.fixture(scope="session")
def powerless(run: Run) -> Target:
    """The target as an account without privileges sees it."""
    if run.powerless is None:
        pytest.skip("needs an account without privileges: pass --powerless-username and --powerless-password-env")
    return run.powerless


@pytest.fixture(scope="session")
def careful(run: Run) -> Target:
    """For what a destructive operation must refuse: sent first by an account that may not do it either."""
    if run.powerless is None:
        pytest.skip(
            "not tried without an account that lacks the privilege, for a server that accepts it would carry it out: "
            "pass --powerless-username and --powerless-password-env"
        )
    return Careful(run.powerless, run.target)


@pytest.fixture
def stranger(run: Run) -> Target:
    """The target as somebody sees it who has not signed in."""
    return Target(run, credentials={})


@pytest.fixture(params=["no token", "an unknown token", "a deleted token"])
def unauthenticated(request: pytest.FixtureRequest, run: Run) -> Target:
    """The target as seen without a valid session, in three ways.

    For a destructive operation the session was one without the privilege, where there is such an account.
    """
    header = run.catalogue.session_header
    if request.param == "no token":
        return Target(run, credentials={})
    if request.param == "an unknown token":
        return Target(run, credentials={header: "0123456789abcdef0123456789abcdef"})
    deleted = run.catalogue.with_role("session-delete")
    if deleted is None:
        pytest.skip("the API has no way to end a session")
    destructive = request.node.get_closest_marker("destructive") is not None
    credentials = {header: (run.powerless if destructive and run.powerless else run.target).sign_in()}
    Target(run, credentials=credentials).send(deleted.method, deleted.path)
    return Target(run, credentials=credentials)
