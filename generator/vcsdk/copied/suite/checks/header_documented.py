"""An answer has the headers that its description requires."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check("header-documented", __doc__, (), severity="content")


def hold(answer: Answer, contract: Contract) -> None:
    """Every required header is there."""
    response = contract.description.response(answer.operation, answer.status) if answer.operation is not None else None
    for name, declared in (response or {}).get("headers", {}).items():
        header = contract.description.at(declared["$ref"]) if "$ref" in declared else declared
        if header.get("required") and name.lower() not in answer.headers:
            raise Finding(CHECK, f"the documented header {name} is missing", answer, path=name, observed="missing")
