"""The constants of a query (`action`, `vmw-task`) are significant: one that is missing or altered is refused."""

from __future__ import annotations

from ..answers import Answer
from .registry import Check

CHECK = Check("constants-significant", __doc__, ("action-ignored", "vmw-task-ignored"))


def hold(answer: Answer) -> None:
    """The request was refused: there is no such operation."""
    if answer.status not in (400, 403, 404, 405):
        told = "a request with an altered constant must be refused"
        raise CHECK.finding(told, answer, observed=f"status {answer.status}")
