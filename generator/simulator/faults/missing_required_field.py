"""Fault `missing-required-field`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("missing-required-field", breaks="objects lack a field that is required")
class MissingRequiredField(Fault):
    """The first required field is left out."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_object(reply, lambda body: self._remove(call, body))

    def _remove(self, call: Call, body: dict[str, Any]) -> None:
        for name in call.success_schema.get("required", ()):
            if body.pop(name, None) is not None:
                return
