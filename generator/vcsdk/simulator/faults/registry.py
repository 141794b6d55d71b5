"""What a fault is, where it can intervene, and how it declares itself.

A fault is a class in the file of its subject, declared by `@fault(id, breaks=…)`.  It overrides the *seams* it breaks:
each gets the call (or the cluster) and `proceed`, which does what the server would do without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vcsdk.ir import Api
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Reply
from vcsdk.simulator.routing import Match, Target
from vcsdk.simulator.sessions import Caller
from vcsdk.simulator.store import StoreSeams
from vcsdk.simulator.vcha import ClusterSeams


class Fault(ClusterSeams, StoreSeams):
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

    def end_sessions(self, proceed: Callable[[], None]) -> None:
        """The moment a failover ends every session."""
        proceed()

    def answer(self, call: Call, reply: Reply) -> Reply:
        """The answer, success or error, before it leaves."""
        return reply

    def answer_starting(self, reply: Reply) -> Reply:
        """The refusal of whatever is asked for at the end of an outage, before it leaves."""
        return reply


def of_a_vcenter(api: Api) -> bool:
    """True for an API with vCenter's conventions, in which most faults are tried."""
    return api.profile == "vapi"


@dataclass(frozen=True, slots=True)
class FaultInfo:
    """A fault as the registry lists it: the id, what it breaks in one line, and its class.

    `needs` are options (`SimulatorOptions`) without which the fault cannot show: a member that is down.  `shows` tells
    of an API whether the fault can show in it at all.  `needs_powerless` is True for what only an account that lacks
    the privilege can see.
    """

    id: str
    breaks: str
    kind: type[Fault]
    needs: Mapping[str, Any] = field(default_factory=dict)
    shows: Callable[[Api], bool] = of_a_vcenter
    needs_powerless: bool = False


def fault(
    id: str,  # noqa: A002
    *,
    breaks: str,
    needs: Mapping[str, Any] | None = None,
    shows: Callable[[Api], bool] = of_a_vcenter,
    needs_powerless: bool = False,
) -> Callable[[type[Fault]], FaultInfo]:
    """Declare a fault; the class's docstring says how a server comes to it."""

    def declare(kind: type[Fault]) -> FaultInfo:
        return FaultInfo(id, breaks, kind, needs or {}, shows, needs_powerless)

    return declare
