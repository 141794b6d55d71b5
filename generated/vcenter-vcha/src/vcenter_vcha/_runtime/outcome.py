"""Whether a disruptive operation took effect, read from the state it changes rather than from its task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .answers import value_of
from .effects import Flow
from .errors import AuthenticationError, SdkError
from .log import logger
from .operation import Outcome
from .request import prepare
from .serialize import plain

if TYPE_CHECKING:
    from .call import Caller
    from .settings import Clock

_LONGEST = 15.0
"""Seconds that reading a state before the operation takes at most."""


def read(caller: Caller, outcome: Outcome, clock: Clock) -> Flow[str | None]:
    """The name of the property that holds now, or None if none does.  Raises what a call raises."""
    prepared = prepare(outcome.operation, {}, None)
    answer = yield from caller.answer(prepared, clock, safe=True, purpose="poll")
    return holder(outcome, value_of(caller.facts, outcome.operation, answer))


def read_before(caller: Caller, outcome: Outcome, clock: Clock) -> Flow[str | None]:
    """The same ahead of the operation; None if it cannot be read, for that must not keep the operation from starting.

    It takes half of the operation's time at most, so that the whole ends in time and the rest is left for the request.

    Raises AuthenticationError only where the login was refused: the operation would log in with the same password.
    """
    try:
        return (yield from read(caller, outcome, clock.half(_LONGEST)))
    except SdkError as error:
        if isinstance(error, AuthenticationError) and caller.session.refused(error):
            raise
        logger.info("%s could not be read before the start: %s", outcome.operation.name, type(error).__name__)
        return None


def holder(outcome: Outcome, value: Any) -> str | None:
    """Which of the outcome's properties has `equals` at `path`, in a decoded answer."""
    state = plain(value)
    for name in outcome.properties:
        found = state
        for step in (name, *outcome.path.split(".")):
            found = found.get(step) if isinstance(found, dict) else None
        if found == outcome.equals:
            return name
    return None
