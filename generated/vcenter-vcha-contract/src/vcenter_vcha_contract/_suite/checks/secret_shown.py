"""No answer shows a password or a session token; only the one that makes a session holds its token."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract
from ..masking import stands_in

CHECK = Check("secret-shown", __doc__, ("token-in-error", "token-in-header"), severity="security")


def hold(answer: Answer, contract: Contract) -> None:
    """Neither body nor headers hold a secret."""
    made = contract.catalogue.with_role("session-create")
    if made is not None and answer.operation == made and answer.status < 300:
        return
    headers = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    for place, text in (("body", answer.text), ("headers", headers)):
        if contract.secrets.shown_in(text) or any(stands_in(value, text) for value in answer.credentials):
            masked = contract.secrets.mask(str(answer))
            for value in filter(None, answer.credentials):
                masked = masked.replace(value, "[masked]")
            told = f"the answer's {place} shows a password or session token\n{masked}"
            operation = answer.operation.name if answer.operation is not None else ""
            raise Finding(CHECK, told, path=place, operation=operation)
