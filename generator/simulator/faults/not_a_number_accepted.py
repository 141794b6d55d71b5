"""Fault `not-a-number-accepted`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault


@fault("not-a-number-accepted", breaks="a body with NaN is accepted")
class NotANumberAccepted(Fault):
    """The parser takes what JavaScript would, not what RFC 8259 allows."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        try:
            proceed()
        except Refusal:
            if b"NaN" not in call.raw_body:
                raise
            call.body = {}
