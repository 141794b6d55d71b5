"""Fault `no-auth-check`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.sessions import Caller
from generator.simulator.vcha import PRIVILEGE, READ_PRIVILEGE


@fault("no-auth-check", breaks="calls without a valid session are served")
class NoAuthCheck(Fault):
    """Nobody is asked who they are: a call without credentials has every privilege."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        try:
            return proceed()
        except Refusal:
            return Caller("nobody", frozenset({PRIVILEGE, READ_PRIVILEGE}))
