"""Every fault there is, and those that a simulator is to have."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from vcsdk.declared import declared
from vcsdk.simulator.faults import answers, cluster, conditions, headers, keys, lists, requests, sessions, tasks, things
from vcsdk.simulator.faults.registry import Fault, FaultInfo
from vcsdk.simulator.planted import Planted

FAULTS = declared(FaultInfo, sessions, tasks, cluster, requests, answers, keys, things, lists, headers, conditions)


def known_faults() -> list[FaultInfo]:
    """Every fault, by id."""
    return sorted(FAULTS, key=lambda info: info.id)


class UnknownFaultError(ValueError):
    """There is no fault with this id; the text names the nearest one."""


class Faults(Planted[Fault]):
    """The faults with these ids, one instance of each."""

    def __init__(self, ids: Iterable[str]) -> None:
        known = {info.id: info for info in FAULTS}
        self.ids = tuple(dict.fromkeys(ids))
        for name in self.ids:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise UnknownFaultError(f"there is no fault {name!r}{hint}")
        super().__init__([known[name].kind() for name in self.ids])
