"""The steps of the demo as they happen, and the table at its end."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table


class StepFailedError(Exception):
    """A step did not show what it should; the text says what was seen instead."""


@dataclass(slots=True)
class Step:
    """One step: what was seen, how long it took in seconds, and whether it went well (None: not reached)."""

    name: str
    seen: str = ""
    seconds: float = 0.0
    ok: bool | None = None


class Steps:
    """All steps of a run; each is announced when it begins."""

    def __init__(self, names: tuple[str, ...], console: Console) -> None:
        self._steps = {name: Step(name) for name in names}
        self._console = console
        self._began = time.monotonic()

    @contextmanager
    def step(self, name: str, *, vital: bool = True) -> Iterator[Step]:
        """Time a step and note how it ended.  What a vital step raises ends the run; others only count as failed."""
        step = self._steps[name]
        self._console.print(f"\n[bold]{escape(name)}[/bold]")
        began = time.monotonic()
        try:
            yield step
        except BaseException as error:
            step.ok = False
            step.seen = str(error) or type(error).__name__
            self._console.print(f"  [red]{escape(step.seen)}[/red]")
            if vital or not isinstance(error, Exception):
                raise
            logging.getLogger("demo").exception("%s failed", name)
        else:
            step.ok = True
            self._console.print(f"  [green]{escape(step.seen)}[/green]")
        finally:
            step.seconds = time.monotonic() - began

    @property
    def failed(self) -> list[Step]:
        """The steps that failed or were not reached."""
        return [step for step in self._steps.values() if not step.ok]

    def summarise(self) -> None:
        """Print one table of all steps."""
        table = Table(title="vcsdk demo", title_justify="left", show_edge=False, pad_edge=False)
        table.add_column("step", no_wrap=True)
        table.add_column("what was seen", overflow="fold")
        table.add_column("s", justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
        for step in self._steps.values():
            mark = {True: "[green]ok[/green]", False: "[red]FAILED[/red]", None: "[yellow]not run[/yellow]"}[step.ok]
            table.add_row(escape(step.name), escape(step.seen.partition("\n")[0]), f"{step.seconds:.1f}", mark)
        self._console.print()
        self._console.print(table)
        count, total = len(self.failed), time.monotonic() - self._began
        verdict = "[green]everything went well[/green]" if not count else f"[red]{count} steps did not go well[/red]"
        self._console.print(f"\n{verdict} in {total:.0f} s")
