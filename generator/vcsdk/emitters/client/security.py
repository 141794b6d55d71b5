"""Which credentials an operation needs, as the runtime names them."""

from __future__ import annotations

from vcsdk.emitters.filters import python_literal
from vcsdk.ir import Api, Operation, Role
from vcsdk.ir.vapi import SESSION_HEADER


def security(api: Api, operation: Operation) -> str | tuple[tuple[str, ...], ...]:
    """Value of the runtime's `Operation.security`: alternatives; or "none", or what a vCenter knows by itself."""
    if operation.role is Role.SESSION_CREATE:
        return "basic"
    if not operation.security:
        # VMware's 7.0.3 files declare none, and every operation in them wants a session.
        return "session" if api.profile == "vapi" else "none"
    if operation.security == ((),):
        return "none"
    if api.profile == "vapi":
        known = [_of_a_session(api, names) for names in operation.security]
        if "session" in known or known == ["basic"]:
            return "session" if "session" in known else "basic"
    return operation.security


def spelled(value: str | tuple[str, ...] | tuple[tuple[str, ...], ...]) -> str:
    """The value as Python source on one line; the formatter breaks a tuple that ends with a comma."""
    if isinstance(value, str):
        return python_literal(value)
    return f"({', '.join(map(spelled, value))}{',' if len(value) == 1 else ''})"


def _of_a_session(api: Api, names: tuple[str, ...]) -> str | None:
    scheme = api.security_schemes.get(names[0]) if len(names) == 1 else None
    if scheme is None:
        return None
    if scheme.wire_name.lower() == SESSION_HEADER:
        return "session"
    return "basic" if scheme.kind == "basic" else None
