"""A target that goes away and does not come back: the run says so at once, and keeps what it has measured."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from .run import Run, Unreachable

_GONE = "the target went away"


class Presence:
    """A pytest plugin: looks for the target before each test, and after one that got no answer."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def before_test(self) -> None:
        """Make sure that the target answers and the session is valid, whatever the last test did."""
        if self._run.shared.lost:
            pytest.skip(_GONE)
        try:
            self._run.recover()
        except Unreachable:
            pytest.skip(_GONE)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """A test without an answer is a finding only if the target is still there for others."""
        report = yield
        if report.outcome == "failed" and call.excinfo is not None and self._is_gone():
            path, line, _ = item.location
            gone = pytest.skip.Exception(_GONE)
            call.excinfo = pytest.ExceptionInfo.from_exc_info((type(gone), gone, call.excinfo.tb))
            report.outcome = "skipped"
            report.longrepr = (path, line or 0, f"Skipped: {_GONE}")
        return report

    def _is_gone(self) -> bool:
        if not self._run.gate.unanswered and not self._run.shared.lost:
            return False
        try:
            self._run.recover()
        except Unreachable:
            return True
        return False
