"""What one process of a run learns of secrets, the others have to know, to keep it out of what they write."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from typing import Any

import pytest

from .masking import Secrets

DESCRIPTOR = "CONTRACT_SECRETS_FD"
"""Environment variable with the number of a file descriptor to write each secret to, as a line of JSON."""
_LEARNT = "contract_learnt"


class Learning:
    """A pytest plugin: hands session tokens to the process that started this one, over pipes alone.

    With `descriptor` (its number), each secret is written there at once.  A worker of pytest-xdist has its own way:
    beside its reports.
    """

    def __init__(self, secrets: Secrets, descriptor: str | None, worker: bool) -> None:
        self._secrets = secrets
        self._worker = worker
        self._fresh: list[str] = []
        self._stream = None
        if worker:
            secrets.tell(self._fresh.append)
        elif descriptor:
            # No program that a test starts inherits it.
            os.set_inheritable(int(descriptor), False)
            self._stream = os.fdopen(int(descriptor), "wb", buffering=0)
            secrets.tell(self._write)

    def _write(self, value: str) -> None:
        if self._stream is not None:
            self._stream.write(json.dumps(value).encode() + b"\n")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Let what is new travel with the report, before anything that shows it."""
        report = yield
        if self._worker:
            report.user_properties.append((_LEARNT, [*self._fresh]))
            self._fresh.clear()
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Generator[None, None, None]:
        """Learn what a worker has learnt, and leave it in no report."""
        attached: list[tuple[str, Any]] = report.user_properties
        for values in (value for key, value in attached if key == _LEARNT and not self._worker):
            for value in values:
                self._secrets.add(value)
        if not self._worker:
            report.user_properties = [pair for pair in attached if pair[0] != _LEARNT]
        yield

    def pytest_unconfigure(self) -> None:
        """Nothing more is learnt."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
