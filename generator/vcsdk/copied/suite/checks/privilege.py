"""An account without the privilege is refused with 403 UNAUTHORIZED, and nothing is changed."""

from __future__ import annotations

from ..answers import Answer
from .registry import Check

CHECK = Check("privilege", __doc__, ("no-privilege-check", "privilege-refused-with-401", "error-type-mismatch"))


def hold(answer: Answer) -> None:
    """The answer is 403 UNAUTHORIZED."""
    if answer.status != 403:
        told = "an account without the privilege must be refused with 403"
        raise CHECK.finding(told, answer, observed=f"status {answer.status}")
    kind = answer.value.get("error_type")
    if kind != "UNAUTHORIZED":
        told = "an account without the privilege must be refused with UNAUTHORIZED"
        raise CHECK.finding(told, answer, path="$.error_type", observed=str(kind))
