"""Fault `session-survives-failover`."""

from __future__ import annotations

from collections.abc import Callable

from generator.simulator.faults.registry import Fault, fault


@fault("session-survives-failover", breaks="sessions from before a failover are still valid")
class SessionSurvivesFailover(Fault):
    """Both nodes share their sessions."""

    def end_sessions(self, proceed: Callable[[], None]) -> None:
        return
