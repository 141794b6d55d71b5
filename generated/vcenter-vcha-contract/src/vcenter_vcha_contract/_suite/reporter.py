"""Hears of every test's outcome: masks it before anything prints or stores it, and keeps it in the results."""

from __future__ import annotations

import datetime
import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from . import archive, breach, evidence, fuzz, recording, workers
from .archive import Archive
from .known import Known
from .operations import Catalogue, Effect
from .results import Results, write
from .run import Run
from .untested import Unarmed, Unsendable, Untested

_ROW = "contract_row"
_ENTRIES = "contract_entries"
_INCONCLUSIVE = 3
_BROKEN_OFF = (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR)


class Reporter:
    """A pytest plugin.  `results` is None in the workers of pytest-xdist, which only mask and attach rows.

    `archived` attaches every exchange, too; `archive` takes them where there are results.
    """

    def __init__(
        self,
        run: Run,
        known: Mapping[str, Known],
        results: Results | None,
        *,
        archived: bool = False,
        archive: Archive | None = None,
    ) -> None:
        self.results = results
        self._run = run
        self._known = known
        self._recorder = recording.Recorder(
            run.secrets, run.catalogue.session_header, recording.password_fields(run.description.document)
        )
        self._began = time.time()
        self._started = time.monotonic()
        self._today = datetime.datetime.now(datetime.UTC).date()
        reader = run.catalogue.with_role("task-get")
        self._task_reader = reader.name if reader is not None else ""
        self._seen = 0
        self._pending: list[tuple[str, int, str]] = []
        self._archived = archived
        self._archive = archive
        self._entries: list[dict[str, Any]] = []

    @property
    def catalogue(self) -> Catalogue:
        """The operations of the run."""
        return self._run.catalogue

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """With pytest-xdist only the workers collect."""
        if self.results is not None:
            self.results.total = len(ids)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Say which test runs, so that a run that dies names it."""
        if self.results is not None:
            self.results.start(workers.plain(nodeid))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Attach what the results need, so that it also crosses process borders."""
        if call.excinfo is not None and not item.config.option.fulltrace:
            # A finding says all there is to say, and a traceback, which is mostly ours, takes longer than the test.
            item.repr_failure = _said  # type: ignore[method-assign]
        report = yield
        fresh = self._run.gate.exchanges[self._seen :]
        self._seen += len(fresh)
        self._pending += [(exchange.operation, exchange.status, exchange.follows) for exchange in fresh]
        if self._archived:
            test = workers.plain(item.nodeid)
            self._entries += [archive.entry(exchange, self._recorder, test) for exchange in fresh]
        if report.when == "teardown":
            # What the end of a test sent belongs to it, and not to the row of the next one.
            report.user_properties.append((_ENTRIES, self._entries))
            self._entries = []
            # The bodies have served their purpose.
            self._run.gate.exchanges.clear()
            self._seen = 0
        if report.when != "call" and report.outcome == "passed":
            return report
        self._mask(report)
        names = [marker.args[0] for marker in item.iter_markers("operation")]
        fuzzed = fuzz.operation_name(item, self.catalogue)
        row: dict[str, Any] = {
            "operation": names[0] if names else fuzzed,
            "fuzzed": bool(fuzzed),
            "message": self._run.secrets.mask(_message(report, call)),
            "exchanges": self._pending,
            "outcome": report.outcome,
            "finding": None,
            "also": [],
            "withheld": report.outcome == "skipped" and report.when == "call",
            "untested": call.excinfo is not None and isinstance(call.excinfo.value, Untested),
            "unsendable": call.excinfo is not None and isinstance(call.excinfo.value, Unsendable),
            "unarmed": call.excinfo is not None and isinstance(call.excinfo.value, Unarmed),
        }
        row["fails_if"] = self._run.secrets.mask(" ".join(filter(None, (breach.title(item), self._run.expected))))
        self._pending, self._run.expected = [], ""
        if report.outcome == "failed" and call.excinfo is not None:
            described = [
                evidence.describe(item, each, row["operation"], fresh, self._recorder, self._task_reader)
                for each in breach.several(call.excinfo.value)
            ]
            first, *others = {finding["fingerprint"]: finding for finding in described}.values()
            row["finding"], row["also"] = first, others
            self._excuse(report, row)
        report.user_properties.append((_ROW, row))
        return report

    def _excuse(self, report: pytest.TestReport, row: dict[str, Any]) -> None:
        """A test all of whose findings are known does not fail the run: pytest shows it as an expected failure."""
        findings = [row["finding"], *row["also"]]
        for finding in findings:
            entry = self._known.get(finding["fingerprint"])
            finding["known"] = entry is not None and not entry.expired(self._today)
        entry = self._known.get(row["finding"]["fingerprint"])
        if entry is None or not all(finding["known"] for finding in findings):
            return
        row["outcome"] = "known"
        report.outcome = "skipped"
        report.wasxfail = f"known finding {entry.fingerprint} ({entry.owner}, until {entry.expires}): {entry.reason}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Mask the report before anything prints or stores it; keep its row."""
        self._mask(report)
        if self._archive is not None:
            attached: list[tuple[str, Any]] = report.user_properties
            for entries in (value for key, value in attached if key == _ENTRIES):
                self._archive.add(entries)
        report.user_properties = [pair for pair in report.user_properties if pair[0] != _ENTRIES]
        row: Any = next((value for key, value in report.user_properties if key == _ROW), None)
        if self.results is None or row is None:
            return
        report.nodeid = workers.plain(report.nodeid)
        nodeid = report.nodeid
        if row["fuzzed"] and not report.nodeid.endswith("]"):
            # The fuzz tests of all operations come with the same id.
            report.nodeid = f"{report.nodeid}[{row['operation']}]"
        report.user_properties = [pair for pair in report.user_properties if pair[0] != _ROW]
        kept = {key: value for key, value in row.items() if key != "fuzzed"}
        at = max(round(report.start - self._began, 3), 0.0)
        seconds = round(report.duration, 3)
        self.results.add({"test": report.nodeid, "nodeid": nodeid, **kept, "at": at, "seconds": seconds})

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_exception_interact(self, report: object) -> Generator[None, None, None]:
        """Mask again after plugins that rewrite the failure's text."""
        yield
        if isinstance(report, pytest.TestReport):
            self._mask(report)

    def _mask(self, report: pytest.TestReport) -> None:
        mask = self._run.secrets.mask
        if isinstance(report.longrepr, tuple):
            path, line, reason = report.longrepr
            report.longrepr = (path, line, mask(reason))
        elif report.longrepr is not None:
            report.longrepr = mask(str(report.longrepr))
        report.sections = [(name, mask(text)) for name, text in report.sections]

    def finish(self, path: Path | None, status: int) -> int:
        """Close the results, write `results.json` to `path` if there is one; the exit status that fits them."""
        if self.results is None or self.results.complete:
            return status
        if status in _BROKEN_OFF:
            self.results.trouble = self.results.trouble or "the run was broken off"
        self.results.end(time.monotonic() - self._started, complete=status not in _BROKEN_OFF)
        if self._archive is not None:
            # The logout belongs to no test.
            self._archive.add(archive.entry(exchange, self._recorder, "") for exchange in self._run.gate.exchanges)
            self._archive.close()
        if path is not None:
            write(path, self.results.as_dict())
        inconclusive = self.results.conclude() not in ("holds", "broken")
        return _INCONCLUSIVE if status == pytest.ExitCode.OK and inconclusive else status

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """One line: the verdict, and how often operations that change the target were accepted."""
        if self.results is None:
            return
        accepted = [
            f"{operation.name} accepted {count} times"
            for operation in self.catalogue.operations
            if operation.effect is not Effect.READ and not operation.role.startswith("session")
            if (count := sum(n for s, n in self.results.statuses.get(operation.name, {}).items() if s[0] == "2"))
        ]
        verdict = self.results.conclude()
        terminalreporter.write_line(f"contract: {verdict}" + (f" ({', '.join(accepted)})" if accepted else ""))


def _said(excinfo: pytest.ExceptionInfo[BaseException], *_: object, **__: object) -> str:
    return breach.told(excinfo.value)


def _message(report: pytest.TestReport, call: pytest.CallInfo[None]) -> str:
    if call.excinfo is not None:
        return breach.told(call.excinfo.value)
    # A test that pytest itself fails, as one that should not have passed.
    return str(report.longrepr or "")
