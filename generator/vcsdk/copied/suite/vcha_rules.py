"""What vCenter HA allows in which state (vSphere Automation API 8.0.3, VCHA Cluster and VCHA Cluster Mode)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FAILOVER_MODES = ("ENABLED", "MAINTENANCE")
_ANY_HEALTH = ("HEALTHY", "DEGRADED")
# From, to: the health states in which the mode may change so; there are no other changes.
TRANSITIONS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("ENABLED", "DISABLED"): _ANY_HEALTH,
    ("ENABLED", "MAINTENANCE"): ("HEALTHY",),
    ("DISABLED", "ENABLED"): ("HEALTHY",),
    ("MAINTENANCE", "ENABLED"): ("HEALTHY",),
    ("MAINTENANCE", "DISABLED"): ("HEALTHY",),
}


def allows_failover(cluster: Mapping[str, Any]) -> bool:
    """True if mode and health (of a Vcha_Cluster_Info) allow a failover; whether another task runs is not looked at."""
    return cluster.get("mode") in FAILOVER_MODES and cluster.get("health_state") == "HEALTHY"


def allows_mode(cluster: Mapping[str, Any], wanted: object) -> bool:
    """True if mode and health allow this other mode."""
    return cluster.get("health_state") in TRANSITIONS.get((str(cluster.get("mode")), str(wanted)), ())
