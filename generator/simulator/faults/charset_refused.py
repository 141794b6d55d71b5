"""Fault `charset-refused`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message


@fault("charset-refused", breaks="a content type with a charset is refused")
class CharsetRefused(Fault):
    """The header is compared as a whole."""

    def check_content_type(self, call: Call, proceed: Callable[[], str]) -> str:
        if ";" in call.headers.get("content-type", ""):
            raise Refusal(None, Message("api.content-type", ("it", "application/json")), status=415)
        return proceed()
