"""What a fault is, where it can intervene, and the list of all of them.

A fault is a class in the file of its subject, made known by `@fault(id, breaks=…)`.  It overrides the
*seams* it breaks: each gets the call (or the cluster) and `proceed`, which does what the server would do without it.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from vcsdk.simulator.call import Call
    from vcsdk.simulator.errors import Reply
    from vcsdk.simulator.routing import Match, Target
    from vcsdk.simulator.sessions import Caller
    from vcsdk.simulator.vcha import Cluster

T = TypeVar("T")


class Fault:
    """A server without a fault.  One instance a simulator, so that a fault may remember."""

    def route(self, target: Target, candidates: list[Match], proceed: Callable[[], Match]) -> Match:
        """Before routing; `candidates` are the operations with the request's path and method."""
        return proceed()

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        """Who the caller is; `proceed` refuses with 401."""
        return proceed()

    def check_content_type(self, call: Call, proceed: Callable[[], str]) -> str:
        """The media type of the body; `proceed` refuses with 415."""
        return proceed()

    def check_parameters(self, call: Call, proceed: Callable[[], None]) -> None:
        """Judging the parameters; `proceed` refuses with 400."""
        proceed()

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        """Judging the body; `proceed` refuses with 400."""
        proceed()

    def authorize(self, call: Call, proceed: Callable[[], None]) -> None:
        """Whether the caller has the privilege; `proceed` refuses with 403."""
        proceed()

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        """Doing what the operation does; `proceed` changes the state and gives the answer, or refuses."""
        return proceed()

    def check_failover_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        """Whether mode and members allow a failover; `proceed` refuses with 400."""
        proceed()

    def check_idle(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        """Whether another cluster operation runs; `proceed` refuses with 400."""
        proceed()

    def swap_roles(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        """The moment the other node becomes active."""
        proceed()

    def check_transition(self, cluster: Cluster, mode: str, proceed: Callable[[], None]) -> None:
        """Whether the mode may change to this one from mode and health; `proceed` refuses with 400."""
        proceed()

    def end_sessions(self, proceed: Callable[[], None]) -> None:
        """The moment a failover ends every session."""
        proceed()

    def change_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        """The moment the mode changes."""
        proceed()

    def answer(self, call: Call, reply: Reply) -> Reply:
        """The answer, success or error, before it leaves."""
        return reply


@dataclass(frozen=True, slots=True)
class FaultInfo:
    """A fault as the registry lists it: the id, what it breaks in one line, and its class.

    `needs` are options (`SimulatorOptions`) without which the fault cannot show: a member that is down.
    """

    id: str
    breaks: str
    kind: type[Fault]
    needs: Mapping[str, Any] = field(default_factory=dict)


REGISTRY: dict[str, FaultInfo] = {}
FaultType = TypeVar("FaultType", bound=type[Fault])


def fault(fault_id: str, *, breaks: str, needs: Mapping[str, Any] | None = None) -> Callable[[FaultType], FaultType]:
    """Make a fault known under an id.

    Raises:
        ValueError: The id is taken.
    """

    def register(kind: FaultType) -> FaultType:
        if fault_id in REGISTRY:
            raise ValueError(f"two faults are called {fault_id}")
        REGISTRY[fault_id] = FaultInfo(fault_id, breaks, kind, needs or {})
        return kind

    return register


@cache
def _load_all() -> None:
    package = importlib.import_module("vcsdk.simulator.faults")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


def known_faults() -> list[FaultInfo]:
    """Every fault, by id."""
    _load_all()
    return [REGISTRY[name] for name in sorted(REGISTRY)]


class UnknownFaultError(ValueError):
    """There is no fault with this id; the text names the nearest one."""


class Faults:
    """The faults planted in one simulator, asked at each seam in the order they were named."""

    def __init__(self, ids: Iterable[str]) -> None:
        known = {info.id: info for info in known_faults()}
        self.ids = tuple(dict.fromkeys(ids))
        for name in self.ids:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise UnknownFaultError(f"there is no fault {name!r}{hint}")
        self._planted: list[Fault] = [known[name].kind() for name in self.ids]

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._planted)

    def around(self, ask: Callable[[Fault, Callable[[], T]], T], proceed: Callable[[], T]) -> T:
        """`proceed` as the planted faults would have it; `ask` calls one seam of one fault."""
        for planted in reversed(self._planted):
            proceed = _wrapped(ask, planted, proceed)
        return proceed()


def _wrapped(ask: Callable[[Fault, Callable[[], T]], T], planted: Fault, proceed: Callable[[], T]) -> Callable[[], T]:
    return lambda: ask(planted, proceed)
