"""Fault `localized-missing`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_error


@fault("localized-missing", breaks="messages have no localized text")
class LocalizedMissing(Fault):
    """Only the template is sent."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        def without(body: dict[str, Any]) -> None:
            for message in body.get("messages", []):
                message.pop("localized", None)

        return with_error(reply, without)
