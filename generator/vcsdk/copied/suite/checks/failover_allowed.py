"""`manual_failover_allowed` is true exactly when mode and health allow a failover (Vcha_Cluster_Info)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import vcha_rules
from ..check import Check, Finding

CHECK = Check("failover-allowed", __doc__, ("failover-allowed-lies",), severity="content")


def hold(cluster: Mapping[str, Any]) -> None:
    """The field, if it is there, agrees with the rules; nothing may be running."""
    told = cluster.get("manual_failover_allowed")
    state = f"{cluster.get('mode')} and {cluster.get('health_state')}"
    if told is not None and told != vcha_rules.allows_failover(cluster):
        message = f"`manual_failover_allowed` is {told} while the cluster is {state}"
        raise Finding(CHECK, message, path="$.manual_failover_allowed", observed=f"{told} in {state}")
