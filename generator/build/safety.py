"""What a call can do to the target, inferred from its method and verb; the configuration has the last word."""

from __future__ import annotations

import re

from generator.ir import Operation, Role, Safety

_READING = frozenset(
    (
        "check",
        "count",
        "describe",
        "download-url",
        "estimate",
        "export",
        "fetch",
        "filter",
        "find",
        "get",
        "list",
        "lookup",
        "precheck",
        "preview",
        "query",
        "read",
        "resolve",
        "search",
        "show",
        "test",
        "validate",
        "verify",
    )
)
_DESTROYING = frozenset(
    (
        "abort",
        "clear",
        "deactivate",
        "decommission",
        "delete",
        "destroy",
        "detach",
        "disable",
        "drop",
        "erase",
        "failover",
        "format",
        "halt",
        "kill",
        "poweroff",
        "purge",
        "reboot",
        "redeploy",
        "remove",
        "reset",
        "restart",
        "restore",
        "revert",
        "revoke",
        "rollback",
        "shutdown",
        "stop",
        "suspend",
        "terminate",
        "undeploy",
        "unmount",
        "uninstall",
        "unregister",
        "unset",
        "wipe",
    )
)
_SESSION_ROLES = (Role.SESSION_CREATE, Role.SESSION_GET, Role.SESSION_DELETE)


def infer(operation: Operation) -> tuple[Safety, str]:
    """The safety class and the reason for it, one clause that `vcsdk lint` prints."""
    if operation.role in _SESSION_ROLES:
        return Safety.READ, "touches only the caller's own session"
    verb = _verb(operation)
    first = re.split(r"[-_]", verb)[0]
    if operation.method in ("GET", "HEAD", "OPTIONS"):
        return Safety.READ, f"method {operation.method}"
    if operation.method == "DELETE":
        return Safety.DESTRUCTIVE, "method DELETE"
    if verb in _DESTROYING or first in _DESTROYING:
        return Safety.DESTRUCTIVE, f"verb `{verb}`"
    if verb in _READING or first in _READING:
        return Safety.READ, f"verb `{verb}` although the method is {operation.method}"
    return Safety.WRITE, f"method {operation.method}" + (f", verb `{verb}`" if verb else "")


def _verb(operation: Operation) -> str:
    for key, value in operation.fixed_query:
        if key in ("action", "~action"):
            return value.lower()
    tail = operation.operation_id.rpartition("_")[2].removesuffix("$Task").removesuffix("$task")
    words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", tail)
    return words[0].lower() if words else ""
