"""The pytest plugin behind a contract package: options, fixtures, safety, masking, results."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from . import fixtures, fuzz, options, results
from .description import Description
from .gate import Policy
from .operations import Catalogue, Effect, Operation
from .run import Run, Unreachable
from .settings import Settings, SettingsError, read

_LEDGER = "contract_ledger"
_ROW = "contract_row"
_UNREACHABLE = 3


class ContractPlugin:
    """Registered only in runs that name the contract package.

    `catalogue` are its operations, `description` the path of its `openapi.json`.
    """

    def __init__(self, catalogue: Catalogue, description: Path) -> None:
        self.catalogue = catalogue
        self.description = Description(description)
        self.settings: Settings | None = None
        self.results: results.Results | None = None
        self._run: Run | None = None
        self._folder: Path | None = None
        self._owns_folder = False
        self._started = time.monotonic()
        self._seen = 0

    # Set-up

    def pytest_configure(self, config: pytest.Config) -> None:
        """Read the options and say what the markers mean."""
        config.pluginmanager.register(fixtures, "contract-fixtures")
        config.addinivalue_line("markers", "operation(name): the operation a test is about")
        config.addinivalue_line("markers", "write(name): the test changes something on the target")
        config.addinivalue_line("markers", "destructive(name): the test may interrupt the target or lose its data")
        if config.option.collectonly or config.option.help:
            return
        try:
            self.settings = read(options.values(config), self.catalogue, os.environ)
        except SettingsError as error:
            raise pytest.UsageError(str(error)) from None
        fuzz.use(self.settings)
        workerinput = getattr(config, "workerinput", None)
        self._owns_folder = workerinput is None
        self._folder = Path(workerinput[_LEDGER] if workerinput else tempfile.mkdtemp(prefix="contract-"))
        self._run = Run(self.settings, self.catalogue, self.description, self._folder)
        if workerinput is None:
            events = options.values(config)["events"]
            stream = Path(str(events)).open("a", encoding="utf-8") if events else None  # noqa: SIM115 - closed at the end
            self.results = results.Results(self.settings.url, stream)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Let pytest-xdist's workers share one ledger of accepted calls."""
        node.workerinput[_LEDGER] = str(self._folder)

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Stop before the first test if the target does not answer or does not let the run in."""
        if self._run is None or self.results is None:
            return
        try:
            self._run.preflight()
        except Unreachable as trouble:
            self.results.verdict, self.results.trouble = "unreachable", str(trouble)
            self._finish(session.config)
            pytest.exit(str(trouble), returncode=_UNREACHABLE)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Skip what the run may not do, and put what changes the target last."""
        items.sort(key=self._rank)
        if self.results is not None:
            self.results.total = len(items)
        if self.settings is None:
            return
        policy = Policy(self.settings.level, self.settings.allowed)
        for item in items:
            demands = list(self._demands(item))
            reason = fuzz.objection(item, self.catalogue, self.settings)
            if demands:
                effect = max((effect for effect, _ in demands), key=lambda effect: effect.rank)
                objection = policy.objection(effect, tuple(o for _, o in demands if o is not None))
                reason = f"{effect}: pass {objection}" if objection is not None else reason
            if reason is not None:
                item.add_marker(pytest.mark.skip(reason=reason))

    def _rank(self, item: pytest.Item) -> int:
        marked = max((effect.rank for effect, _ in self._demands(item)), default=0)
        return max(marked * 2, fuzz.rank(item, self.catalogue))

    def _demands(self, item: pytest.Item) -> Iterator[tuple[Effect, Operation | None]]:
        for effect in (Effect.WRITE, Effect.DESTRUCTIVE):
            for marker in item.iter_markers(effect.value):
                for name in marker.args or ("",):
                    yield effect, self.catalogue.named(str(name))

    @property
    def run(self) -> Run:
        """The run of this process, once pytest is configured."""
        assert self._run is not None, "there is no run while tests are only collected"
        return self._run

    def before_test(self) -> None:
        """Make sure that the target answers and the session is valid, whatever the last test did."""
        if self._run is not None:
            self._run.recover()
            self._seen = len(self._run.gate.exchanges)

    # Results

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Attach what the results need, so that it also crosses process borders."""
        report = yield
        if self._run is not None:
            names = [marker.args[0] for marker in item.iter_markers("operation")]
            exchanges = self._run.gate.exchanges[self._seen :] if call.when == "call" else []
            check = getattr(item, "originalname", None) or item.name
            fuzzed = fuzz.operation_name(item, self.catalogue)
            operation = names[0] if names else fuzzed
            row: dict[str, Any] = {
                "operation": operation,
                "check": check,
                "fuzzed": bool(fuzzed),
                "fingerprint": results.fingerprint(operation, check, item.name),
                "exchanges": [(exchange.operation, exchange.status) for exchange in exchanges],
            }
            report.user_properties.append((_ROW, row))
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Mask the report before anything prints or stores it; keep its row."""
        self._mask(report)
        row: Any = next((value for key, value in report.user_properties if key == _ROW), None)
        if self.results is None:
            return
        if row is not None and row["fuzzed"] and not report.nodeid.endswith("]"):
            # The fuzz tests of all operations come with the same id.
            report.nodeid = f"{report.nodeid}[{row['operation']}]"
        report.user_properties = [pair for pair in report.user_properties if pair[0] != _ROW]
        if row is not None and (report.when == "call" or report.outcome != "passed"):
            kept: dict[str, Any] = {
                **row,
                "test": report.nodeid,
                "outcome": report.outcome,
                "message": _message(report),
            }
            self.results.add({**kept, "seconds": round(report.duration, 3)})

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_exception_interact(self, report: object) -> Generator[None, None, None]:
        """Mask again after plugins that rewrite the failure's text."""
        yield
        if isinstance(report, pytest.TestReport):
            self._mask(report)

    def _mask(self, report: pytest.TestReport) -> None:
        if self._run is None:
            return
        mask = self._run.secrets.mask
        if isinstance(report.longrepr, tuple):
            path, line, reason = report.longrepr
            report.longrepr = (path, line, mask(reason))
        elif report.longrepr is not None:
            report.longrepr = mask(str(report.longrepr))
        report.sections = [(name, mask(text)) for name, text in report.sections]

    # End

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Log out, write the results."""
        self._finish(session.config)

    def _finish(self, config: pytest.Config) -> None:
        if self._run is None:
            return
        self._run.close()
        if self.results is not None:
            path = options.values(config)["results"]
            if path:
                names = tuple(operation.name for operation in self.catalogue.operations)
                seconds = time.monotonic() - self._started
                results.write(Path(str(path)), self.results.as_dict(seconds, names))
            if self.results.events is not None:
                self.results.events.close()
                self.results.events = None
        if self._owns_folder and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._owns_folder = False

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


def _message(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    if report.longrepr is None:
        return ""
    lines = str(report.longrepr).splitlines()
    told = [line.removeprefix("E").strip() for line in lines if line.startswith("E ")]
    return "\n".join(told or lines[-20:])
