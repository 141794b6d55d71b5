"""An answer has the headers that its description requires."""

from __future__ import annotations

from ..answers import Answer
from ..contract import Contract
from .registry import Check

CHECK = Check("header-documented", __doc__, ())


def hold(answer: Answer, contract: Contract) -> None:
    """Every required header is there."""
    response = contract.description.response(answer.operation, answer.status) if answer.operation is not None else None
    for name, declared in (response or {}).get("headers", {}).items():
        header = contract.description.at(declared["$ref"]) if "$ref" in declared else declared
        if header.get("required") and name.lower() not in answer.headers:
            raise CHECK.finding(f"the documented header {name} is missing", answer, path=name, observed="missing")
