"""Fault `language-ignored`."""

from __future__ import annotations

from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_error


@fault("language-ignored", breaks="Accept-Language is ignored")
class LanguageIgnored(Fault):
    """Every message is English."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        def in_english(body: dict[str, Any]) -> None:
            for message in body.get("messages", []):
                message["localized"] = message["default_message"]

        return with_error(reply, in_english)
