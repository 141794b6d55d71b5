"""A target that goes away and does not come back: the run says so at once, and keeps what it has measured."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator

import pytest

from .gate import OutOfTime
from .run import Run, Unreachable

_GONE = "the target went away"


class Presence:
    """A pytest plugin: looks for the target before each test, and after one that got no answer.

    `subject` names the operation that a test is about.
    """

    def __init__(self, run: Run, subject: Callable[[pytest.Item], str]) -> None:
        self._run = run
        self._subject = subject

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Count the time of each operation's tests, all that belongs to them included."""
        limits = self._run.gate.limits
        with limits.counting(self._subject(item)) if limits is not None else contextlib.nullcontext():
            return (yield)

    def before_test(self) -> None:
        """Make sure that the target answers and the session is valid, whatever the last test did."""
        if self._run.gate.limits is not None and (objection := self._run.gate.limits.objection()):
            pytest.skip(f"not run: {objection}")
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
        if call.excinfo is not None and isinstance(call.excinfo.value, OutOfTime):
            self._skip(item, call, report, str(call.excinfo.value))
            return report
        if report.outcome == "failed" and call.excinfo is not None and self._is_gone():
            self._skip(item, call, report, _GONE)
        return report

    @staticmethod
    def _skip(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, reason: str) -> None:
        assert call.excinfo is not None
        path, line, _ = item.location
        skipped = pytest.skip.Exception(reason)
        call.excinfo = pytest.ExceptionInfo.from_exc_info((type(skipped), skipped, call.excinfo.tb))
        report.outcome = "skipped"
        report.longrepr = (path, line or 0, f"Skipped: {reason}")

    def _is_gone(self) -> bool:
        if not self._run.gate.unanswered and not self._run.shared.lost:
            return False
        try:
            self._run.recover()
        except Unreachable:
            return True
        return False
