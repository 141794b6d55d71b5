"""Fault `progress-over-total`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_task


@fault("progress-over-total", breaks="progress is more than the total")
class ProgressOverTotal(Fault):
    """A running task is at 130 of 100."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_task(call, reply, self._change)

    def _change(self, info: dict[str, Any]) -> None:
        if isinstance(progress := info.get("progress"), dict):
            progress["completed"] = progress["total"] + 30
