"""The status is one that the operation documents, an overlay of known gaps adds, or the test itself asks for."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract
from ..coverage import documents_success

CHECK = Check(
    "status-documented",
    __doc__,
    ("wrong-success-status", "logout-answers-200", "sign-in-answers-200", "key-missing-fails", "malformed-body-fails",
     "odd-token-fails"),
    severity="behaviour",
)  # fmt: skip

BEFORE_ANY_OPERATION = {
    405: "the path does not have the method",
    413: "the body is larger than the server takes",
    414: "the target is longer than the server takes",
    415: "the body is of a content type that the server cannot read",
    431: "the headers are larger than the server takes",
    503: "the service is still starting",
}
"""Answers that come before any operation is reached, so that no operation can document them (RFC 9110, section 15)."""


def hold(answer: Answer, contract: Contract) -> None:
    """An answer that belongs to an operation has one of its statuses."""
    operation = answer.operation
    if operation is None or answer.status in BEFORE_ANY_OPERATION:
        return
    if answer.status >= 300 and answer.status in contract.expected:
        return
    if contract.description.response(operation, answer.status) is None:
        statuses = contract.description.statuses(operation)
        if answer.status < 400 and not documents_success(statuses):
            return
        documented = ", ".join(statuses)
        raise Finding(
            CHECK,
            f"{answer.status} is not among the documented answers ({documented})",
            answer,
            observed=f"status {answer.status}",
        )
