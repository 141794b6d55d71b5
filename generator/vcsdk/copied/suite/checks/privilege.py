"""An account without the privilege is refused with 403 UNAUTHORIZED, and nothing is changed."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check(
    "privilege",
    __doc__,
    ("no-privilege-check", "privilege-refused-with-401", "error-type-mismatch"),
    severity="security",
)


def hold(answer: Answer) -> None:
    """The answer is 403 UNAUTHORIZED."""
    if answer.status != 403:
        told = "an account without the privilege must be refused with 403"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}")
    kind = answer.value.get("error_type")
    if kind != "UNAUTHORIZED":
        told = "an account without the privilege must be refused with UNAUTHORIZED"
        raise Finding(CHECK, told, answer, path="$.error_type", observed=str(kind))
