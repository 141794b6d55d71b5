"""The constants of a query (`action`, `vmw-task`) are significant: one that is missing or altered is refused."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check(
    "constants-significant",
    __doc__,
    ("action-ignored", "action-in-any-case", "action-may-be-empty", "vmw-task-ignored"),
    severity="behaviour",
)


# An error that only an operation gives that was reached, and would have done something in another state.
_REACHED = frozenset({"ALREADY_IN_DESIRED_STATE", "NOT_ALLOWED_IN_CURRENT_STATE", "RESOURCE_BUSY"})


def hold(answer: Answer) -> None:
    """The request was refused: there is no such operation."""
    if answer.status not in (400, 403, 404, 405, 422):
        told = "a request with an altered constant must be refused"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}")
    error = answer.value if "json" in answer.content_type and answer.content else None
    kind = error.get("error_type") if isinstance(error, dict) else None
    if kind in _REACHED:
        told = "a request with an altered constant reached the operation, which refused it for the state it is in"
        raise Finding(CHECK, told, answer, path="$.error_type", observed=str(kind), severity="content")
