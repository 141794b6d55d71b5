"""One call at a time makes what all calls of a client use: a session, a token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .effects import Acquire, Flow, Lock
from .errors import ConnectionFailed
from .transport_failure import TransportFailure

if TYPE_CHECKING:
    from .operation import Operation
    from .settings import Clock


def turn(lock: Any, operation: Operation, clock: Clock) -> Flow[Lock]:
    """The lock, which is to be released.  Raises ConnectionFailed where others hold it for longer than the call has."""
    try:
        taken: Lock = yield Acquire(lock, clock.give_up)
    except TransportFailure as failure:
        raise ConnectionFailed(
            f"{operation.name}: {failure.reason}; nothing was sent", operation=operation.name, reason=failure.reason
        ) from None
    return taken
