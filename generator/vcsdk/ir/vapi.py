"""The dialects of vCenter's API, in one place: `/rest` of 7.0 (`{"value": …}`) and `/api` since (bare).

Sources: VMware's published descriptions of 7.0.3 and 9.1, and the vSphere Automation API reference, "CIS".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from vcsdk.ir.operations import Role

SESSION_HEADER = "vmware-api-session-id"
API, REST = "/api", "/rest"
SESSION = {API: "/session", REST: "/com/vmware/cis/session"}
"""Where a session is made, below the root of a dialect."""
TASK = "/cis/tasks/{task}"
"""Where a task's record is, below either root."""
SESSION_PATHS = tuple(start + path for root, path in SESSION.items() for start in ("", root))
"""The same as descriptions write it: the root stands in the path, or in the server."""
ROLE, ACTIVE = ("runtime", "role"), "ACTIVE"
"""Where a node of vCenter HA says its role, and the role that only one node has."""
REPORTING = frozenset(("export", "test"))
"""Verbs of actions that look and change nothing, beside those that everybody uses."""
INTERRUPTING = frozenset(
    (
        "apply",
        "change",
        "demote",
        "disconnect",
        "entermaintenance",
        "flush",
        "install",
        "migrate",
        "reconfigure",
        "renew",
        "repoint",
        "replace",
        "resize",
        "rotate",
        "standby",
        "upgrade",
    )
)
"""Verbs of actions after which hosts, machines or services restart or are away, or something is lost."""

_ENTRY = frozenset(("type", "properties", "required", "description", "title", "additionalProperties"))
_LIMITS = frozenset(("minItems", "maxItems", "uniqueItems"))
_BOTH_OR_NEITHER = (frozenset[str](), frozenset(("key", "value")))
_SESSION = re.compile(r"(/api|/rest)?(/com/vmware/cis|/cis)?/session")
_TASK = re.compile(r"(/api|/rest)?/cis/tasks/\{[^}]*\}")


def is_enveloped(prefix: str, path: str) -> bool:
    """Whether answers of this path travel as `{"value": …}`; `prefix` is the path of the server."""
    return f"{prefix}{path}".startswith(f"{REST}/")


def is_list_of_pairs(schema: Mapping[str, Any]) -> bool:
    """Whether a schema is a map as the older form writes it: an array of objects with exactly `key` and `value`.

    VMware's descriptions spell the entries of a map where the map stands; an array of a schema with a name is a list of
    structures, be their fields called so (`OptionValue`).  They say nothing of `required`, or of both: where `value`
    alone may be left out, or the number of entries is limited, the array says more than a dict can hold.
    """
    entry = schema.get("items")
    if not isinstance(entry, dict) or schema.keys() & _LIMITS or entry.keys() - _ENTRY:
        return False
    properties = entry.get("properties")
    whole = isinstance(properties, dict) and properties.keys() == {"key", "value"}
    return whole and entry.get("type", "object") == "object" and set(entry.get("required", ())) in _BOTH_OR_NEITHER


def action_of(query: Iterable[tuple[str, str]]) -> str | None:
    """The action among the constants of a query: `?action=get`, in the older form `?~action=get`; None without one."""
    return next((value for key, value in query if key in ("action", "~action")), None)


def role_of(method: str, path: str, query: Iterable[tuple[str, str]]) -> Role | None:
    """The part that a request plays in sessions and tasks, or None."""
    action = action_of(query)
    if _SESSION.fullmatch(path):
        if method == "GET" or action == "get":
            return Role.SESSION_GET
        return {"POST": Role.SESSION_CREATE, "DELETE": Role.SESSION_DELETE}.get(method)
    if _TASK.fullmatch(path):
        if method == "GET":
            return Role.TASK_GET
        return Role.TASK_CANCEL if method == "POST" and action == "cancel" else None
    return None
