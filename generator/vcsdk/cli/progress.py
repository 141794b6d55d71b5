"""What a run is doing now: a bar on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import sys
import time

from vcsdk.cli import failure
from vcsdk.contract.running import Event

_QUIET_SECONDS = 60.0


class Progress:
    """Counts finished tests, and names the one that runs."""

    def __init__(self, title: str = "contract") -> None:
        self._title = title
        self._done = self._failed = 0
        self._total = 0
        self._running: dict[str, float] = {}
        self._told = time.monotonic()

    def __enter__(self) -> Progress:
        self._bar = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.markup import escape
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            self._escape = escape
            columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
            self._bar = Bar(TextColumn(self._title), *columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("signing in", total=None)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, event: Event) -> None:
        """Hear of a test that begins or has ended, or ("tick") that time goes by; other events pass."""
        match event.get("event", "test"):
            case "start":
                self._running[event["test"]] = time.monotonic()
            case "test":
                self._running.pop(event["nodeid"], None)
                self._done, self._total = self._done + 1, event["total"]
                self._failed += event["outcome"] == "failed"
            case "tick":
                pass
            case _:
                return
        self._show(advance=event.get("event", "test") == "test")

    def line(self) -> str:
        """What runs, for how long, and how many have failed."""
        now = time.monotonic()
        names = [f"{test.partition('::')[2] or test} ({now - began:.0f} s)" for test, began in self._running.items()]
        failed = f"{self._failed} failed; " if self._failed else ""
        return failed + (", ".join(names) if names else "between two tests")

    def _show(self, *, advance: bool) -> None:
        if self._bar is not None:
            text = self._escape(failure.clean(self.line()))
            self._bar.update(self._task, advance=int(advance), total=self._total or None, description=text)
        elif time.monotonic() - self._told >= _QUIET_SECONDS:
            self._told = time.monotonic()
            done = f"{self._done} of {self._total}" if self._total else f"{self._done}"
            sys.stderr.write(f"{self._title}: {done} tests; {failure.clean(self.line())}\n")
            sys.stderr.flush()
