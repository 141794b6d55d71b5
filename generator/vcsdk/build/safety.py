"""What a call can do to the target, inferred from its method and verb; the configuration has the last word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vcsdk.ir import Operation, Role, Safety
from vcsdk.ir.ids import verb_phrase
from vcsdk.ir.vapi import action_of

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


def infer(operation: Operation, operation_id: str) -> tuple[Safety, str]:
    """The safety class and the reason for it, one clause that `vcsdk lint` prints.

    `operation_id` is the description's own: what a repair makes unique no longer begins with the verb.  Whatever
    speaks for more harm counts: the action, the operationId, or the last word of the path (`…/power/stop`).
    """
    if operation.role in _SESSION_ROLES:
        return Safety.READ, "touches only the caller's own session"
    if operation.method in ("GET", "HEAD", "OPTIONS"):
        return Safety.READ, f"method {operation.method}"
    if operation.method == "DELETE":
        return Safety.DESTRUCTIVE, "method DELETE"
    verbs = list(_verbs(operation, operation_id))
    for verb in verbs:
        if verb in _DESTROYING or verb.split("-")[0] in _DESTROYING:
            return Safety.DESTRUCTIVE, f"verb `{verb}`"
    verb = verbs[0] if verbs else ""
    if verb in _READING or verb.split("-")[0] in _READING:
        return Safety.READ, f"verb `{verb}` although the method is {operation.method}"
    return Safety.WRITE, f"method {operation.method}" + (f", verb `{verb}`" if verb else "")


def _verbs(operation: Operation, operation_id: str) -> Iterator[str]:
    """Words that may be the verb, the likeliest first, as `revoke-propagating-permissions`."""
    action = action_of(operation.fixed_query)
    for phrase in (action, verb_phrase(operation_id), _last_word(operation.path)):
        words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", phrase or "")
        if words:
            yield "-".join(words).lower()


def _last_word(path: str) -> str:
    last = path.rstrip("/").rpartition("/")[2]
    return "" if "{" in last else last
