"""Changing a reply's JSON without touching the state it came from."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Reply


def with_object(reply: Reply, change: Callable[[dict[str, Any]], object]) -> Reply:
    """A success whose body is an object, changed; any other reply as it is."""
    return _changed(reply, change) if reply.status < 400 else reply


def with_error(reply: Reply, change: Callable[[dict[str, Any]], object]) -> Reply:
    """An error whose body is an object, changed; any other reply as it is."""
    return _changed(reply, change) if reply.status >= 400 else reply


def with_message(reply: Reply, text: str) -> Reply:
    """An error whose first message says this instead."""

    def change(body: dict[str, Any]) -> None:
        for message in body.get("messages", [])[:1]:
            message["default_message"] = text
            message["localized"] = text
            message["args"] = []

    return with_error(reply, change)


def task_in(reply: Reply) -> dict[str, Any] | None:
    """The task information of an answer, bare or in the envelope of the older REST form."""
    body = reply.body
    if isinstance(body, dict) and isinstance(body.get("value"), dict) and "status" not in body:
        body = body["value"]
    return body if isinstance(body, dict) and "status" in body else None


def with_task(call: Call, reply: Reply, change: Callable[[dict[str, Any]], object]) -> Reply:
    """A task get whose task information is changed; any other reply as it is."""
    if call.behaviour != "task.get" or reply.status != 200:
        return reply
    copied = replace(reply, body=copy.deepcopy(reply.body))
    info = task_in(copied)
    if info is not None:
        change(info)
    return copied


def _changed(reply: Reply, change: Callable[[dict[str, Any]], object]) -> Reply:
    if not reply.json or not isinstance(reply.body, dict):
        return reply
    body = copy.deepcopy(reply.body)
    change(body)
    return replace(reply, body=body)
