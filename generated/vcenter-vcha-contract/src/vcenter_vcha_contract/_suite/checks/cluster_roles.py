"""One node is ACTIVE, the other PASSIVE, the witness WITNESS (Vcha_Cluster_Info)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..check import Check, Finding

CHECK = Check("cluster-roles", __doc__, ("two-active-nodes", "witness-is-passive"), severity="content")


def hold(cluster: Mapping[str, Any]) -> None:
    """Every role that the cluster tells fits its member, and exactly one node is active."""
    roles = {name: cluster.get(name, {}).get("runtime", {}).get("role") for name in ("node1", "node2", "witness")}
    active = [name for name in ("node1", "node2") if roles[name] == "ACTIVE"]
    if len(active) != 1:
        told = f"exactly one node must be ACTIVE, not {len(active)}"
        raise Finding(CHECK, told, path="$.node1.runtime.role", observed=f"{len(active)} active")
    if roles["witness"] not in (None, "WITNESS"):
        told = f"the witness has the role {roles['witness']}"
        raise Finding(CHECK, told, path="$.witness.runtime.role", observed=str(roles["witness"]))
    passive = next(name for name in ("node1", "node2") if name not in active)
    if roles[passive] not in (None, "PASSIVE"):
        told = f"{passive} has the role {roles[passive]}"
        raise Finding(CHECK, told, path=f"$.{passive}.runtime.role", observed=str(roles[passive]))
