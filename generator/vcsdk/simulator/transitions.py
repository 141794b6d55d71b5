"""What vAPI's actions make of a state that is shown: `start` of a virtual machine's power brings `POWERED_ON`.

An action belongs to the GET of its path (`POST …/power?action=start`, in the older form `POST …/power/start`).  It
brings the one value that VMware's enumerations have for it; one that says nothing of a state changes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vcsdk.ir import Operation
from vcsdk.ir.vapi import action_of
from vcsdk.simulator.representation import Representation

_BRINGS: Mapping[str, tuple[str, ...]] = {
    "activate": ("ACTIVATED",),
    "cancel": ("CANCELED",),
    "complete": ("DONE",),
    "connect": ("CONNECTED",),
    "deactivate": ("DEACTIVATED",),
    "disable": ("DISABLED",),
    "disconnect": ("NOT_CONNECTED", "DISCONNECTED"),
    "enable": ("ENABLED",),
    "fail": ("ERROR",),
    "reboot": ("RUNNING",),
    "restart": ("STARTED",),
    "shutdown": ("NOT_RUNNING",),
    "standby": ("STANDBY",),
    "start": ("POWERED_ON", "STARTED", "RUNNING"),
    "stop": ("POWERED_OFF", "STOPPED"),
    "suspend": ("SUSPENDED",),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """The value that an action brings to every property of an enumeration."""

    enumeration: str
    value: str


class Transitions:
    """The transitions of a description of the profile `vapi`; those of tasks are not kept.

    Args:
        operations: All that is served.
        show: What the description says of answers.
    """

    def __init__(self, operations: Iterable[Operation], show: Representation) -> None:
        standing = [operation for operation in operations if operation.role is None]
        readers = {o.path: o for o in standing if o.method == "GET" and not o.fixed_query and not o.presence}
        self._of: dict[str, tuple[Transition, ...]] = {}
        for operation in standing:
            if operation.method == "GET" or operation.task:
                continue
            path, action = operation.path, action_of(operation.fixed_query)
            if action is None:
                path, _, action = path.rpartition("/")
            reader, values = readers.get(path), _BRINGS.get(action)
            if reader is not None and values is not None and (found := tuple(_brought(reader, values, show))):
                self._of[operation.key] = found

    def of(self, operation: Operation) -> tuple[Transition, ...]:
        """What an operation brings, nothing for most."""
        return self._of.get(operation.key, ())


def _brought(reader: Operation, values: tuple[str, ...], show: Representation) -> Iterator[Transition]:
    for enumeration, listed in show.enumerations(reader).values():
        if (value := next((value for value in values if value in listed), None)) is not None:
            yield Transition(enumeration, value)
