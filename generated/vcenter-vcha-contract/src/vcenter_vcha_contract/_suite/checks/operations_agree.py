"""VCHA operations get lists failover as disabled exactly when it is not allowed, and nothing as active and disabled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import vcha_rules
from ..check import Check, Finding

CHECK = Check("operations-agree", __doc__, ("operations-lie", "operation-active-and-disabled"), severity="content")
_FAILOVER = "vcenter.vcha.cluster.failover"


def hold(operations: Mapping[str, Any], cluster: Mapping[str, Any]) -> None:
    """The lists agree with each other and with the cluster's state, where nothing runs."""
    disabled, active = operations.get("disabled") or [], operations.get("active") or []
    both = sorted(set(disabled) & set(active))
    if both:
        told = f"{', '.join(both)} is active and disabled at once"
        raise Finding(CHECK, told, path="$.disabled", observed="also active")
    if active:
        return
    allowed = vcha_rules.allows_failover(cluster)
    if (_FAILOVER in disabled) == allowed:
        state = f"{cluster.get('mode')} and {cluster.get('health_state')}"
        told = f"failover is {'' if allowed else 'not '}listed as disabled while the cluster is {state}"
        raise Finding(CHECK, told, path="$.disabled", observed=f"failover in {state}")
