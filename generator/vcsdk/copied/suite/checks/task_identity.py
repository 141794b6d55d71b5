"""A task's record names who started it (`user`) and what it carries out (`service`, `operation`; Cis_Task_Info)."""

from __future__ import annotations

from typing import Any

from ..check import Check, Finding

CHECK = Check("task-identity", __doc__, ("task-user-wrong", "task-operation-wrong"), severity="content")


def hold(record: dict[str, Any], *, user: str, service: str, operation: str) -> None:
    """The record names this user (if it names one), a service that ends so, and this operation."""
    named = record.get("user")
    if isinstance(named, str) and named.lower() != user.lower():
        raise Finding(CHECK, "the task's `user` is not the one who started it", path="$.user", observed="another user")
    if not record["service"].endswith(service):
        told = f"the task's `service` is {record['service']}, not that of {service}"
        raise Finding(CHECK, told, path="$.service", observed="another service")
    if record["operation"].partition("$")[0] != operation:
        told = f"the task's `operation` is {record['operation']}, not {operation}"
        raise Finding(CHECK, told, path="$.operation", observed="another operation")
