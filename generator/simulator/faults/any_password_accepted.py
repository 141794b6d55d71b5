"""Fault `any-password-accepted`."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.messages import Message
from generator.simulator.sessions import Caller


@fault("any-password-accepted", breaks="any password makes a session")
class AnyPasswordAccepted(Fault):
    """Only the user name is looked at."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        try:
            return proceed()
        except Refusal:
            encoded = call.headers.get("authorization", "").removeprefix("Basic ")
            if call.behaviour != "session.create" or not encoded:
                raise
            try:
                user = base64.b64decode(encoded, validate=True).decode().partition(":")[0]
            except (binascii.Error, UnicodeDecodeError):
                raise Refusal("UNAUTHENTICATED", Message("api.credentials"), challenge="Basic") from None
            return Caller(user, frozenset())
