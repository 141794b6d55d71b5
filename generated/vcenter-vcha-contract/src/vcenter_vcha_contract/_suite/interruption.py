"""Ctrl-C and its like end a run in order: what is on its way is awaited, so that nobody makes what nobody knows of."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import httpx2

RELAYED = "CONTRACT_RELAYED"
"""Environment variable that says that whoever started the run hears what ends it, too, and hands it on."""
ENDING: list[signal.Signals] = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
HANDED_ON: signal.Signals = getattr(signal, "SIGUSR1", signal.SIGTERM)
"""What a run is sent by whoever started it: another one than all of a group get."""


class Interrupted(httpx2.ReadError):
    """An answer was not waited for any longer, because the run was interrupted once more while it ended."""


class Interruption:
    """Hears the signals that end a process, and raises KeyboardInterrupt where that loses nothing.

    While a request is on its way that may change something, the first signal waits for its answer; the second does
    not.  Once the run ends, the first signal is passed over, and the next gives up what is not done yet (`hurried`).
    `is_hurried` tells what another process of the run was told.
    """

    def __init__(self) -> None:
        self.hurried: bool = False
        self._count = 0
        self._depth = 0
        self._is_pending = False
        self._is_ending = False
        self._is_told: Callable[[], bool] | None = None
        self._before: dict[signal.Signals, Any] = {}
        self._parent: int | None = None

    def install(self, relayed: bool, is_told: Callable[[], bool] | None = None) -> None:
        """Hear signals from now on.

        `relayed` says that a process hands on what is sent to all of them; `is_told`, in a process that works for
        another one of the run, whether that has given up, too.
        """
        if threading.current_thread() is not threading.main_thread():
            return
        self._is_told = is_told
        self._parent = os.getppid() if relayed else None
        handlers: dict[signal.Signals, Any] = dict.fromkeys(ENDING, _pass_over if relayed else self._hear)
        if relayed:
            handlers[HANDED_ON] = self._hear
        for number, handler in handlers.items():
            # What nobody wants to hear of, as a hang-up under `nohup`, stays so.
            if signal.getsignal(number) != signal.SIG_IGN:
                self._before[number] = signal.signal(number, handler)

    def uninstall(self) -> None:
        """Leave signals to whoever had them before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    @property
    def is_ending(self) -> bool:
        """True from when the run is on its way to its end."""
        return self._is_ending

    def end(self) -> None:
        """The run ends now, whether it was interrupted or not."""
        self._is_ending = True

    @contextlib.contextmanager
    def awaited(self) -> Iterator[None]:
        """Let what is within come to its end.

        Raises:
            KeyboardInterrupt: Afterwards, if the run was interrupted meanwhile; at once, if it was so twice.
        """
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
        self.look()

    @contextlib.contextmanager
    def between(self) -> Iterator[None]:
        """Within `awaited`: nothing is on its way here."""
        depth, self._depth = self._depth, 0
        try:
            self.look()
            yield
        finally:
            self._depth = depth

    def sleep(self, seconds: float) -> None:
        """Wait, and let oneself be interrupted, also within `awaited`."""
        with self.between():
            time.sleep(seconds)

    def look(self) -> None:
        """Be interrupted, if that had to wait, or if whoever started the run is gone."""
        if self._depth or self._is_ending:
            return
        if self._is_pending or (self._parent is not None and os.getppid() != self._parent):
            self._interrupt()

    def _hear(self, _: int, __: FrameType | None) -> None:
        self._count += 1
        if self._is_ending:
            self._hurry()
        elif self._depth and self._count == 1:
            self._is_pending = True
        elif self._count == 1 or self._is_told is None or self._is_told():
            self._interrupt()

    def _hurry(self) -> None:
        if self._count < 2 or (self._is_told is not None and not self._is_told()):
            return
        self.hurried = True
        if self._depth:
            raise Interrupted("the run was interrupted while it ended")

    def _interrupt(self) -> None:
        self._is_ending, self._is_pending = True, False
        raise KeyboardInterrupt


def _pass_over(_: int, __: FrameType | None) -> None:
    """What is sent to all is handed on by another process."""
