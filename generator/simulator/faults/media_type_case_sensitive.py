"""Fault `media-type-case-sensitive`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message


@fault("media-type-case-sensitive", breaks="a content type in capitals is refused")
class MediaTypeCaseSensitive(Fault):
    """Media types are compared letter by letter."""

    def check_content_type(self, call: Call, proceed: Callable[[], str]) -> str:
        given = call.headers.get("content-type", "")
        if given != given.lower():
            raise Refusal(None, Message("api.content-type", ("it", "application/json")), status=415)
        return proceed()
