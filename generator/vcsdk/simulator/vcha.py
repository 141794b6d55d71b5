"""The VCHA cluster: members, modes, failover (the rules of behaviour of VMware's API reference, 8.0.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.messages import Message
from vcsdk.simulator.options import MEMBERS, SHORTEST_FAILOVER, SimulatorOptions
from vcsdk.simulator.planted import Planted
from vcsdk.simulator.tasks import Task, Tasks

PRIVILEGE = "Global.VCServer"
READ_PRIVILEGE = "System.Read"
_VENDOR = "com.vmware."
_SERVICE = f"{_VENDOR}vcenter.vcha.cluster"
_ANY_HEALTH = ("HEALTHY", "DEGRADED")
# From, to: the health states in which the mode may change; no other change is allowed.
_TRANSITIONS = {
    ("ENABLED", "DISABLED"): _ANY_HEALTH,
    ("ENABLED", "MAINTENANCE"): ("HEALTHY",),
    ("DISABLED", "ENABLED"): ("HEALTHY",),
    ("MAINTENANCE", "ENABLED"): ("HEALTHY",),
    ("MAINTENANCE", "DISABLED"): ("HEALTHY",),
}
_ADDRESSES = {"node1": "198.51.100.11", "node2": "198.51.100.12", "witness": "198.51.100.13"}
_NODE_NAMES = {"node1": "vc-node1", "node2": "vc-node2", "witness": "vc-witness"}
_SETUP_OPERATIONS = ("vcenter.vcha.cluster.deploy",)


class ClusterSeams:
    """Where a fault can intervene in the cluster; each seam proceeds here."""

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

    def change_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        """The moment the mode changes."""
        proceed()


class Cluster:
    """Two nodes that can be active, and a witness.

    `begin_outage(then)` is called when the active node goes away; `then` must be called when the other one serves.
    """

    def __init__(
        self,
        options: SimulatorOptions,
        tasks: Tasks,
        faults: Planted[ClusterSeams],
        begin_outage: Callable[[Callable[[], None]], None],
    ) -> None:
        self._options = options
        self._tasks = tasks
        self._faults = faults
        self._begin_outage = begin_outage
        self.running: list[Task] = []
        self.reset()

    def reset(self) -> None:
        """Back to how the options describe it: node1 active, nothing running."""
        self.active = "node1"
        self.mode = self._options.mode
        self.down = set(self._options.members_down)
        self.running = []

    @property
    def health(self) -> str:
        """HEALTHY with all members, DEGRADED with one missing, ISOLATED with more."""
        return "HEALTHY" if not self.down else "DEGRADED" if len(self.down) == 1 else "ISOLATED"

    @property
    def passive(self) -> str:
        """The node that would take over."""
        return "node2" if self.active == "node1" else "node1"

    @property
    def failover_allowed(self) -> bool:
        """True if mode and members allow a failover and none runs."""
        return self.mode in ("ENABLED", "MAINTENANCE") and not self.down and not self._busy()

    def info(self, *, partial: bool = False, language: str = "en") -> dict[str, Any]:
        """The wire form (Vcha_Cluster_Info).  `partial` leaves out what the managing vCenter would be asked for."""
        info: dict[str, Any] = {"config_state": "CONFIGURED"}
        for member in MEMBERS:
            info[member] = self._member(member, partial=partial)
        info["mode"] = self.mode
        info["health_state"] = self.health
        if self.down:
            info["health_warnings"] = [
                {"error": Message("vcha.members", (member,)).as_dict(language)} for member in sorted(self.down)
            ]
        info["manual_failover_allowed"] = self.failover_allowed
        info["auto_failover_allowed"] = self.mode == "ENABLED" and not self.down
        return info

    def _member(self, member: str, *, partial: bool) -> dict[str, Any]:
        role = "WITNESS" if member == "witness" else "ACTIVE" if member == self.active else "PASSIVE"
        runtime: dict[str, Any] = {"state": "DOWN" if member in self.down else "UP", "role": role}
        if not partial:
            runtime["placement"] = _placement(member)
        node: dict[str, Any] = {"ha_ip": _address(_ADDRESSES[member]), "runtime": runtime}
        if member != "witness":
            node["failover_ip"] = {**_address("192.0.2.10"), "gateway_ip": "192.0.2.1"}
        return node

    def operations(self) -> dict[str, list[str]]:
        """The wire form of VCHA operations get: what runs and what is not allowed now."""
        active = sorted({f"{task.service.removeprefix(_VENDOR)}.{task.operation}" for task in self._busy()})
        disabled = list(_SETUP_OPERATIONS)
        if not self.failover_allowed:
            disabled.append("vcenter.vcha.cluster.failover")
        if self._busy():
            disabled.append("vcenter.vcha.cluster.mode.set")
        return {"disabled": [name for name in disabled if name not in active], "active": active}

    def _busy(self) -> list[Task]:
        self.running = [task for task in self.running if not task.finished]
        return self.running

    def start_failover(self, user: str, *, planned: bool) -> Task:
        """Begin a failover; the roles swap when its outage ends.

        Raises:
            Refusal: 400 NOT_ALLOWED_IN_CURRENT_STATE for the mode, an absent member, or a running cluster operation.
        """
        self._faults.around(lambda planted, go: planted.check_failover_mode(self, go), self._check_failover_mode)
        self._check_idle()
        task = self._tasks.start(
            service=_SERVICE,
            operation="failover",
            user=user,
            description=Message("vcha.failover"),
            duration=max(self._options.failover_seconds, SHORTEST_FAILOVER),
            cancelable=False,
            on_end=lambda task: self._fail_over(task, planned=planned),
            ends_itself=False,
        )
        self.running.append(task)
        return task

    def _check_failover_mode(self) -> None:
        if self.mode not in ("ENABLED", "MAINTENANCE"):
            raise Refusal(
                "NOT_ALLOWED_IN_CURRENT_STATE",
                Message("vcha.failover-mode", (self.mode,)),
                Message("vcha.failover-mode-cause"),
            )
        if self.down:
            raise Refusal("NOT_ALLOWED_IN_CURRENT_STATE", Message("vcha.members", (", ".join(sorted(self.down)),)))

    def _check_idle(self) -> None:
        self._faults.around(lambda planted, go: planted.check_idle(self, go), self._refuse_if_busy)

    def _refuse_if_busy(self) -> None:
        if busy := self._busy():
            raise Refusal("NOT_ALLOWED_IN_CURRENT_STATE", Message("vcha.busy", (busy[0].operation,)))

    def _fail_over(self, task: Task, *, planned: bool) -> None:
        if self._options.failover_fails:
            task.error = Refusal("RESOURCE_INACCESSIBLE", Message("vcha.failover-failed"))
            return
        self._begin_outage(lambda: self._take_over(task, planned=planned))

    def _take_over(self, task: Task, *, planned: bool) -> None:
        self._faults.around(lambda planted, go: planted.swap_roles(self, go), self._swap)
        self._tasks.finish(task)
        if not planned:
            # The record was written on the node that is gone and had not been replicated.
            self._tasks.forget(task.id)

    def _swap(self) -> None:
        self.active = self.passive

    def start_mode_change(self, user: str, mode: str) -> Task:
        """Begin a change of mode; the new mode holds when the task has SUCCEEDED.

        Raises:
            Refusal: 400 where the change is not allowed from this mode and health, or another operation runs.
        """
        if mode == self.mode:
            raise Refusal("ALREADY_IN_DESIRED_STATE", Message("vcha.mode-same", (mode,)))
        self._faults.around(
            lambda planted, go: planted.check_transition(self, mode, go), lambda: self._check_transition(mode)
        )
        self._check_idle()
        task = self._tasks.start(
            service=f"{_SERVICE}.mode",
            operation="set",
            user=user,
            description=Message("vcha.mode", (mode,)),
            duration=self._options.task_seconds,
            cancelable=True,
            on_end=lambda _: self._change_mode(mode),
        )
        self.running.append(task)
        return task

    def _check_transition(self, mode: str) -> None:
        if self.health not in _TRANSITIONS.get((self.mode, mode), ()):
            raise Refusal(
                "NOT_ALLOWED_IN_CURRENT_STATE", Message("vcha.mode-transition", (self.mode, mode, self.health))
            )

    def _change_mode(self, mode: str) -> None:
        def change() -> None:
            self.mode = mode

        self._faults.around(lambda planted, go: planted.change_mode(self, go), change)


def _address(address: str) -> dict[str, Any]:
    return {"ip_family": "IPV4", "ipv4": {"address": address, "subnet_mask": "255.255.255.0", "prefix": 24}}


def _placement(member: str) -> dict[str, Any]:
    return {
        "management_vcenter_name": "vc.example.com",
        "vm_name": _NODE_NAMES[member],
        "datacenter": "datacenter-2",
        "datacenter_name": "Datacenter",
        "host": f"host-{10 + MEMBERS.index(member)}",
        "host_name": f"esx{1 + MEMBERS.index(member)}.example.com",
        "management_network": "network-7",
        "management_network_name": "VM Network",
        "management_network_type": "STANDARD_PORTGROUP",
        "ha_network": "network-8",
        "ha_network_name": "HA Network",
        "ha_network_type": "STANDARD_PORTGROUP",
        "storage": {"datastore": f"datastore-{20 + MEMBERS.index(member)}", "datastore_name": f"local-{member}"},
        "bios_uuid": f"4210f0e5-0000-4000-8000-00000000000{MEMBERS.index(member) + 1}",
    }
