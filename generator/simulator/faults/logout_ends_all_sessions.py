"""Fault `logout-ends-all-sessions`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal, Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message
from generator.simulator.sessions import Caller


@fault("logout-ends-all-sessions", breaks="deleting one session ends every other")
class LogoutEndsAllSessions(Fault):
    """Logging out forgets all sessions."""

    def __init__(self) -> None:
        self._open: set[str] = set()
        self._dead: set[str] = set()

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        if call.headers.get("vmware-api-session-id") in self._dead:
            raise Refusal(
                "UNAUTHENTICATED",
                Message("api.session"),
                headers={"WWW-Authenticate": "SessionId"},
                challenge="SessionId",
            )
        return proceed()

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        reply = proceed()
        if call.behaviour == "session.create":
            self._open.add(str(reply.body))
        if call.behaviour == "session.delete":
            self._dead |= self._open
        return reply
