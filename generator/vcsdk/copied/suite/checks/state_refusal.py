"""NOT_ALLOWED_IN_CURRENT_STATE is answered in the states that do not allow the operation, and in no other.

Failover: in ENABLED and MAINTENANCE with all members present.  Mode: see `vcha_rules.TRANSITIONS`.
"""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check(
    "state-refusal",
    __doc__,
    (
        "failover-in-disabled",
        "failover-in-degraded",
        "failover-refused-in-maintenance",
        "failover-refused",
        "mode-refused",
        "mode-transition-unchecked",
        "mode-health-unchecked",
    ),
    severity="behaviour",
)
_REFUSED = "NOT_ALLOWED_IN_CURRENT_STATE"


def accepted(answer: Answer, state: str) -> None:
    """The state allows the operation, so it is not refused for its sake."""
    if answer.status == 400 and "json" in answer.content_type and answer.value.get("error_type") == _REFUSED:
        told = f"the operation is refused although it is allowed: the cluster is {state}"
        raise Finding(CHECK, told, answer, observed=f"refused in {state}")


def refused(answer: Answer, state: str) -> None:
    """The state does not allow the operation, so it is refused, and for that reason."""
    if 200 <= answer.status < 300:
        told = f"the operation is accepted although it is not allowed: the cluster is {state}"
        raise Finding(CHECK, told, answer, observed=f"accepted in {state}")
    kind = answer.value.get("error_type") if "json" in answer.content_type else None
    if answer.status != 400 or kind != _REFUSED:
        told = f"the cluster is {state}: the operation must be refused with 400 {_REFUSED}"
        raise Finding(CHECK, told, answer, observed=f"{answer.status} {kind}")
