"""Fault `number-as-text`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("number-as-text", breaks="a number is sent as text")
class NumberAsText(Fault):
    """`total` of a progress is "100"."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "task.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        if isinstance(progress := body.get("progress"), dict):
            progress["total"] = str(progress["total"])
