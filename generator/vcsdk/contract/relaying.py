"""Hands a run in another process the signals that end this one, so that it ends in order."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from types import FrameType

from vcsdk.copied.suite.interruption import ENDING, HANDED_ON, RELAYED

_TIME_TO_END = 120.0


class Relay:
    """Hands each signal on to the run, which passes over what is sent to both.

    `deadline` (of `time.monotonic`) is when the run must have ended in order; `number` is the signal that ends it so.
    """

    def __init__(self) -> None:
        self.deadline: float = float("inf")
        self.is_interrupted: bool = False
        self.environment: Mapping[str, str] = {}
        self.number: signal.Signals = signal.SIGTERM
        self._process: subprocess.Popen[bytes] | None = None

    def to(self, process: subprocess.Popen[bytes]) -> None:
        """Send signals to this process, those that came meanwhile, too."""
        self._process = process
        if self.is_interrupted:
            process.send_signal(self.number)

    def hear(self, _: int, __: FrameType | None) -> None:
        """A signal came."""
        if not self.is_interrupted:
            self.is_interrupted, self.deadline = True, time.monotonic() + _TIME_TO_END
        if self._process is not None:
            self._process.send_signal(self.number)


@contextlib.contextmanager
def relayed() -> Iterator[Relay]:
    """Hear signals within; outside of the main thread, which alone can, the terminal's own have to do."""
    relay = Relay()
    if threading.current_thread() is not threading.main_thread():
        yield relay
        return
    relay.environment, relay.number = {RELAYED: "1"}, HANDED_ON
    # What nobody wants to hear of, as a hang-up under `nohup`, stays so.
    before = {
        number: signal.signal(number, relay.hear) for number in ENDING if signal.getsignal(number) != signal.SIG_IGN
    }
    try:
        yield relay
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
