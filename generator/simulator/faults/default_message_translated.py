"""Fault `default-message-translated`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_error


@fault("default-message-translated", breaks="default_message follows Accept-Language")
class DefaultMessageTranslated(Fault):
    """The template, which programs compare, is translated as well."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        def translated(body: dict[str, Any]) -> None:
            for message in body.get("messages", []):
                message["default_message"] = message.get("localized", message["default_message"])

        return with_error(reply, translated)
