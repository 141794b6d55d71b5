"""What a simulator can be told: accounts, durations, state of the cluster, faults."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MODES = ("ENABLED", "DISABLED", "MAINTENANCE")
ORDERS = ("body-first", "privilege-first")
MEMBERS = ("node1", "node2", "witness")

# A failover's answer must have left the socket before the socket is cut.
SHORTEST_FAILOVER = 0.1


@dataclass(frozen=True, slots=True)
class SimulatorOptions:
    """How a simulator behaves.  All durations are seconds.

    `password` belongs to all accounts: the administrator `username` (with `privileges`), `reader`, who may only read,
    and `guest`, who may do nothing.
    `failover_seconds` is how long a failover task runs before the outage, `outage` how long connections are refused
    then, `unavailable` how long every request is answered 503 after that, `session_outage` how long the session
    service alone answers `session_outage_status` after that.  `task_seconds` is the duration of every other task.
    `idle_timeout` ends sessions that were not used that long.  `gone_for_good`: an outage never ends.
    `failover_fails`: a failover task ends FAILED, without an outage.  `members_down` are absent members.
    `strict_query`: undeclared query parameters are refused instead of ignored.  `build` is the number that it tells.
    `key` is right for every scheme of an API without sessions; "" for the first that comes.
    `order` is what comes first: whether the body is valid, or whether the account has the privilege.
    """

    host: str = "127.0.0.1"
    port: int = 0
    mode: str = "ENABLED"
    members_down: tuple[str, ...] = ()
    username: str = "administrator@vsphere.local"
    reader: str = "reader@vsphere.local"
    password: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)
    guest: str = "guest@vsphere.local"
    privileges: frozenset[str] = frozenset({"Global.VCServer", "System.Read"})
    failover_seconds: float = 1.0
    outage: float = 2.0
    unavailable: float = 1.0
    session_outage: float = 0.0
    session_outage_status: int = 503
    task_seconds: float = 0.5
    idle_timeout: float = 1800.0
    gone_for_good: bool = False
    failover_fails: bool = False
    strict_query: bool = False
    key: str = field(default="", repr=False)
    order: str = "body-first"
    faults: tuple[str, ...] = ()
    build: str = "24022515"
    log: Path | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise ValueError(f"mode {self.mode!r} is none of {', '.join(MODES)}")
        if self.order not in ORDERS:
            raise ValueError(f"order {self.order!r} is none of {', '.join(ORDERS)}")
        if unknown := sorted(set(self.members_down) - set(MEMBERS)):
            raise ValueError(f"member {unknown[0]!r} is none of {', '.join(MEMBERS)}")
        if self.session_outage_status not in (500, 503):
            raise ValueError(f"session outage status {self.session_outage_status} is neither 500 nor 503")
        for name in ("failover_seconds", "outage", "unavailable", "session_outage", "task_seconds", "idle_timeout"):
            if not 0 <= getattr(self, name) < float("inf"):
                raise ValueError(f"{name.replace('_', ' ')} must be a number of seconds, 0 or more")

    def accounts(self) -> Mapping[str, frozenset[str]]:
        """The privileges of each account by user name."""
        return {self.guest: frozenset(), self.reader: frozenset({"System.Read"}), self.username: self.privileges}
