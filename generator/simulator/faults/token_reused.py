"""Fault `token-reused`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from generator.simulator.call import Call
from generator.simulator.errors import Refusal, Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.sessions import Caller


@fault("token-reused", breaks="two logins of one user get the same token")
class TokenReused(Fault):
    """A session that exists is handed out again."""

    def __init__(self) -> None:
        self._tokens: dict[str, Any] = {}

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        try:
            return proceed()
        except Refusal:
            given = call.headers.get("vmware-api-session-id")
            self._tokens = {user: token for user, token in self._tokens.items() if token != given}
            raise

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        reply = proceed()
        if call.behaviour != "session.create" or call.caller is None:
            return reply
        return replace(reply, body=self._tokens.setdefault(call.caller.user, reply.body))
