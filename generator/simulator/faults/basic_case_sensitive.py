"""Fault `basic-case-sensitive`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message
from generator.simulator.sessions import Caller


@fault("basic-case-sensitive", breaks="the word Basic must be written like this")
class BasicCaseSensitive(Fault):
    """`basic` in lower case is refused."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        given = call.headers.get("authorization", "").partition(" ")[0]
        if given.lower() == "basic" and given != "Basic":
            raise Refusal(
                "UNAUTHENTICATED", Message("api.credentials"), headers={"WWW-Authenticate": "Basic"}, challenge="Basic"
            )
        return proceed()
