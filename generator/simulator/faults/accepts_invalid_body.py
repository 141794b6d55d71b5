"""Fault `accepts-invalid-body`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault


@fault("accepts-invalid-body", breaks="bodies are not checked against their schema")
class AcceptsInvalidBody(Fault):
    """A missing, malformed or invalid body is served as if it were valid."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        with contextlib.suppress(Refusal):
            proceed()
