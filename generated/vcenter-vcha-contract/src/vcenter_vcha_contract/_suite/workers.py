"""pytest-xdist: what changes the target stays in one worker, and no other test runs meanwhile."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import time
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from . import fuzz
from .interruption import Interruption
from .operations import Catalogue
from .scheduling import Scheduling
from .shared import Shared

_FOLDER = "contract_folder"
_SECRETS = "contract_secrets"
# Behind an `@` at the end of a test's id, which is where pytest-xdist's scheduler looks for its group.
_GROUP = "target"
# Seconds that workers have to end in, and to give up in.
_TIME_TO_END, _TIME_IN_HASTE, _PAUSE = 100.0, 15.0, 0.05


@dataclasses.dataclass(frozen=True)
class Parcel:
    """What the first process hands to a worker: the folder they share, and the secrets it has read."""

    folder: Path
    secrets: Mapping[str, str] = dataclasses.field(repr=False)


def received(config: pytest.Config) -> Parcel | None:
    """The parcel, if this process is a worker.  The secrets are taken out of where others could see them."""
    workerinput: dict[str, Any] | None = getattr(config, "workerinput", None)
    if workerinput is None:
        return None
    return Parcel(Path(workerinput[_FOLDER]), workerinput.pop(_SECRETS))


def is_one(config: pytest.Config) -> bool:
    """True if this process works for another one of the same run."""
    return hasattr(config, "workerinput")


def are_many(config: pytest.Config) -> bool:
    """True if several processes share the tests."""
    return bool(getattr(config.option, "dist", "no") != "no")


class Workers:
    """A pytest plugin; it does its part in runs of a single process, too.

    `rank` is how much a test may do to the target: 0 for one that only reads.
    """

    def __init__(
        self, parcel: Parcel, shared: Shared, rank: Callable[[pytest.Item], int], interruption: Interruption
    ) -> None:
        self._interruption = interruption
        self._is_worker = False
        self._parcel = parcel
        self._shared = shared
        self._rank = rank

    def pytest_configure(self, config: pytest.Config) -> None:
        """Whatever way of distributing was asked for: tests that change the target belong together, and last.

        Raises:
            pytest.UsageError: There would be several processes, and the system has no locks between them.
        """
        if is_one(config):
            self._is_worker = True
            self._shared.join()
        if not are_many(config) or is_one(config):
            return
        if not Shared.works_across_processes():
            raise pytest.UsageError("this system has no POSIX file locks: run without -n")
        config.option.dist = "loadgroup"
        config.option.loadscopereorder = False

    @pytest.hookimpl(optionalhook=True, wrapper=True)
    def pytest_xdist_make_scheduler(self) -> Generator[None, Any, Scheduling]:
        """The one for groups, which many tests do not slow down."""
        return Scheduling((yield))

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Over the pipe to the worker, so that secrets are in no command line and no file."""
        node.workerinput[_FOLDER] = str(self._parcel.folder)
        node.workerinput[_SECRETS] = dict(self._parcel.secrets)

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self) -> None:
        """Let the workers end in order first: pytest-xdist gives them a few seconds."""
        if self._is_worker:
            return
        told: set[int] = set()
        deadline, hurried = time.monotonic() + _TIME_TO_END, False
        while (working := self._shared.working) and time.monotonic() < deadline:
            if self._interruption.hurried and not hurried:
                hurried, deadline = True, time.monotonic() + _TIME_IN_HASTE
                self._shared.hurry()
                told.clear()
            for number in working:
                if number not in told:
                    with contextlib.suppress(OSError):
                        os.kill(number, signal.SIGTERM)
                told.add(number)
            time.sleep(_PAUSE)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Keep together what changes the target."""
        if not is_one(config):
            return
        for item in items:
            if self._rank(item):
                _rename(item, f"{item.nodeid}@{_GROUP}")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Readers run beside each other; a test that changes the target runs alone, its fixtures included."""
        with self._shared.alone() if self._rank(item) else self._shared.together():
            return (yield)


def plain(nodeid: str) -> str:
    """A test's id as it is without workers, so that reports say the same in every kind of run."""
    return nodeid.removesuffix(f"@{_GROUP}")


def tell_apart(item: pytest.Item, catalogue: Catalogue) -> None:
    """Give a fuzz test an id of its own: schemathesis gives the same one to the tests of all operations."""
    operation = fuzz.operation_name(item, catalogue)
    if operation and not item.nodeid.endswith("]"):
        _rename(item, f"{item.nodeid}[{operation}]")


def _rename(item: pytest.Item, nodeid: str) -> None:
    # There is no public way.  pytest-xdist 3.8 sets `_nodeid` for its groups, which pytest 9.2 no longer reads.
    kept = getattr(item, "_id", None)
    if kept is not None:
        item._id = type(kept).parse(nodeid)
    else:
        item._nodeid = nodeid  # type: ignore[attr-defined]
