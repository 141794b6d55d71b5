"""Fault `dead-session-deleted-again`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.sessions import Caller


@fault("dead-session-deleted-again", breaks="a session that is over can be deleted again")
class DeadSessionDeletedAgain(Fault):
    """Deleting asks nobody who they are."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        try:
            return proceed()
        except Refusal:
            if call.behaviour == "session.delete" and call.headers.get("vmware-api-session-id"):
                return Caller("nobody", frozenset())
            raise
