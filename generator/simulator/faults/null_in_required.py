"""Fault `null-in-required`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("null-in-required", breaks="a required field is null")
class NullInRequired(Fault):
    """The first required field is null."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_object(reply, lambda body: self._empty(call, body))

    def _empty(self, call: Call, body: dict[str, Any]) -> None:
        for name in call.success_schema.get("required", ()):
            if name in body:
                body[name] = None
                return
