"""Faults of the VCHA cluster: failover, modes, what it tells of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.faults.registry import Fault, fault
from vcsdk.simulator.faults.reshape import with_object
from vcsdk.simulator.messages import Message
from vcsdk.simulator.vcha import Cluster


@fault("cluster-info-stale", breaks="the cluster still shows the old mode after a change")
class ClusterInfoStale(Fault):
    """A cache keeps the first mode that was read."""

    def __init__(self) -> None:
        self._mode: str | None = None

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_object(reply, self._keep) if call.behaviour == "vcha.get" else reply

    def _keep(self, body: dict[str, Any]) -> None:
        self._mode = self._mode or body["mode"]
        body["mode"] = self._mode


@fault("double-failover", breaks="a second failover is accepted while one runs")
class DoubleFailover(Fault):
    """Nobody looks whether another cluster operation runs."""

    def check_idle(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        return


@fault("double-mode-change", breaks="a second change of mode is accepted while one runs")
class DoubleModeChange(Fault):
    """Set mode does not look whether another cluster operation runs."""

    def __init__(self) -> None:
        self._sets_mode = False

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        self._sets_mode = call.behaviour == "vcha.mode.set"
        return proceed()

    def check_idle(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        if not self._sets_mode:
            proceed()


@fault("failover-allowed-lies", breaks="manual_failover_allowed is the opposite of the truth")
class FailoverAllowedLies(Fault):
    """The field contradicts mode and health."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["manual_failover_allowed"] = not body["manual_failover_allowed"]


@fault(
    "failover-in-degraded",
    breaks="failover is accepted although a member is missing",
    needs={"members_down": ("witness",)},
)
class FailoverInDegraded(Fault):
    """Only the mode is looked at."""

    def check_failover_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        if not cluster.down:
            proceed()


@fault("failover-in-disabled", breaks="failover is accepted in every mode")
class FailoverInDisabled(Fault):
    """Neither the mode nor the members are looked at."""

    def check_failover_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        return


@fault("failover-refused", breaks="failover is refused in every mode")
class FailoverRefused(Fault):
    """The state is always taken for the wrong one."""

    def check_failover_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        raise Refusal("NOT_ALLOWED_IN_CURRENT_STATE", Message("vcha.failover-mode", (cluster.mode,)))


@fault("failover-refused-in-maintenance", breaks="failover is refused in MAINTENANCE")
class FailoverRefusedInMaintenance(Fault):
    """Only ENABLED is taken for a mode that allows failover."""

    def check_failover_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        if cluster.mode == "MAINTENANCE":
            raise Refusal("NOT_ALLOWED_IN_CURRENT_STATE", Message("vcha.failover-mode", (cluster.mode,)))
        proceed()


@fault("mode-change-ignored", breaks="setting the mode succeeds and changes nothing")
class ModeChangeIgnored(Fault):
    """The task of set mode succeeds, and the mode is the old one."""

    def change_mode(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        return


@fault(
    "mode-health-unchecked",
    breaks="a change of mode that needs a healthy cluster is accepted in DEGRADED",
    needs={"members_down": ("witness",)},
)
class ModeHealthUnchecked(Fault):
    """Nobody looks at the health."""

    def check_transition(self, cluster: Cluster, mode: str, proceed: Callable[[], None]) -> None:
        if not cluster.down:
            proceed()


@fault("mode-refused", breaks="an allowed change of mode is refused")
class ModeRefused(Fault):
    """Leaving MAINTENANCE for DISABLED is not allowed."""

    def check_transition(self, cluster: Cluster, mode: str, proceed: Callable[[], None]) -> None:
        if (cluster.mode, mode) == ("MAINTENANCE", "DISABLED"):
            raise Refusal(
                "NOT_ALLOWED_IN_CURRENT_STATE", Message("vcha.mode-transition", (cluster.mode, mode, cluster.health))
            )
        proceed()


@fault("mode-transition-unchecked", breaks="every change of mode is accepted")
class ModeTransitionUnchecked(Fault):
    """Nobody looks which mode the cluster comes from."""

    def check_transition(self, cluster: Cluster, mode: str, proceed: Callable[[], None]) -> None:
        if cluster.down:
            proceed()


@fault("operation-active-and-disabled", breaks="an operation is active and disabled at once")
class OperationActiveAndDisabled(Fault):
    """What runs is listed in both lists."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.operations":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["disabled"] = sorted({*body["disabled"], *body["active"]})


@fault("operations-active-empty", breaks="what runs is not listed as active")
class OperationsActiveEmpty(Fault):
    """The list is always empty."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.operations":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["active"] = []


@fault("operations-lie", breaks="failover is listed as disabled exactly when it is allowed")
class OperationsLie(Fault):
    """The list says the opposite of the truth."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.operations":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        name = "vcenter.vcha.cluster.failover"
        if name in body["disabled"]:
            body["disabled"].remove(name)
        else:
            body["disabled"].append(name)


@fault("planned-ignored", breaks="a planned failover is carried out as a forced one")
class PlannedIgnored(Fault):
    """`planned` is not read: the record of the task is lost."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        proceed()
        if call.behaviour == "vcha.failover" and isinstance(call.body, dict):
            call.body["planned"] = False


@fault("role-does-not-move", breaks="the same node is active after a failover")
class RoleDoesNotMove(Fault):
    """The failover succeeds, and the roles stay where they are."""

    def swap_roles(self, cluster: Cluster, proceed: Callable[[], None]) -> None:
        return


@fault("two-active-nodes", breaks="both nodes are ACTIVE")
class TwoActiveNodes(Fault):
    """The passive node is told as the active one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        for node in ("node1", "node2"):
            body[node]["runtime"]["role"] = "ACTIVE"


@fault("unstable-answers", breaks="the cluster is told differently every second time")
class UnstableAnswers(Fault):
    """A cache behind the service flips between two states."""

    def __init__(self) -> None:
        self._readings = 0

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.get":
            return reply
        self._readings += 1
        return with_object(reply, self._degrade) if self._readings % 2 == 0 else reply

    def _degrade(self, body: dict[str, Any]) -> None:
        body["config_state"] = "PREPARED"


@fault("witness-is-passive", breaks="the witness has the role PASSIVE")
class WitnessIsPassive(Fault):
    """The witness is told as a node."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "vcha.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["witness"]["runtime"]["role"] = "PASSIVE"
