"""Which credentials an operation needs, as the runtime names them."""

from __future__ import annotations

from vcsdk.ir import Api, Operation, Role
from vcsdk.ir.vapi import SESSION_HEADER


def security(api: Api, operation: Operation) -> str | tuple[str | tuple[str, ...], ...]:
    """Value of the runtime's `Operation.security`: "session", "basic", "none", a scheme's name, or alternatives."""
    if operation.role is Role.SESSION_CREATE:
        return "basic"
    if not operation.security:
        # VMware's 7.0.3 files declare none, and every operation in them wants a session.
        return "session" if api.profile == "vapi" else "none"
    if operation.security == ((),):
        return "none"
    alternatives = tuple(_needed(api, names) for names in operation.security)
    if "session" in alternatives:
        return "session"
    first = alternatives[0]
    return first if len(alternatives) == 1 and isinstance(first, str) else alternatives


def _needed(api: Api, names: tuple[str, ...]) -> str | tuple[str, ...]:
    if len(names) != 1:
        return names
    scheme = api.security_schemes.get(names[0])
    if api.profile == "vapi" and scheme is not None:
        if scheme.wire_name.lower() == SESSION_HEADER:
            return "session"
        if scheme.kind == "basic":
            return "basic"
    return names[0]
