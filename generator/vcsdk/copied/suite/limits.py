"""How long a run may take as a whole, and how long the tests of one operation may."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Limits:
    """Clocks of a run; every process of it counts from the same moment.

    `folder` is known to all processes.  `whole` and `each` are seconds, None for no bound.
    """

    def __init__(self, folder: Path, whole: float | None = None, each: float | None = None) -> None:
        self._whole, self._each = whole, each
        self._spent: Counter[str] = Counter()
        self._operation = ""
        self._began: float | None = None
        start = folder / "began"
        try:
            with start.open("x", encoding="utf-8") as stream:
                stream.write(repr(time.time()))
        except FileExistsError:
            pass
        self._reasons = folder / "stopped"
        self._start = float(start.read_text(encoding="utf-8") or time.time())

    @contextmanager
    def counting(self, operation: str) -> Iterator[None]:
        """What happens inside is spent on the operation, "" for none."""
        self._operation, self._began = operation, time.monotonic()
        try:
            yield
        finally:
            self._spent[operation] += time.monotonic() - self._began  # type: ignore[assignment]
            self._operation, self._began = "", None

    def left(self) -> float:
        """Seconds until something must stop; endless where nothing must."""
        return min(self._of_the_run(), self._of_the_operation())

    def objection(self) -> str:
        """Why nothing more may be sent now, "" if it may; what is asked for in vain is remembered (`stopped`)."""
        reason = ""
        if self._of_the_run() <= 0:
            reason = f"the time of the run was over (--max-seconds {self._whole:g})"
        elif self._of_the_operation() <= 0:
            reason = f"the time for {self._operation} was over (--operation-seconds {self._each:g})"
        if reason and reason not in self.stopped:
            with self._reasons.open("a", encoding="utf-8") as stream:
                stream.write(reason + "\n")
        return reason

    @property
    def stopped(self) -> list[str]:
        """What any process of the run was kept from, in a sentence each."""
        told = self._reasons.read_text(encoding="utf-8") if self._reasons.is_file() else ""
        return [*dict.fromkeys(told.splitlines())]

    def _of_the_run(self) -> float:
        return self._start + self._whole - time.time() if self._whole is not None else float("inf")

    def _of_the_operation(self) -> float:
        if self._each is None or not self._operation or self._began is None:
            return float("inf")
        return self._each - self._spent[self._operation] - (time.monotonic() - self._began)
