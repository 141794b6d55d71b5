"""A session names its user, and when it was made and last used: always the same beginning, never after the last use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..check import Check, Finding

CHECK = Check(
    "session-info",
    __doc__,
    ("session-user-wrong", "session-times-reversed", "created-time-moves", "session-shows-another"),
    severity="security",
)


def hold(first: dict[str, Any], later: dict[str, Any], user: str) -> None:
    """Two readings of one session agree with each other and with the user who signed in."""
    for info in (first, later):
        if info["user"].lower() != user.lower():
            raise Finding(CHECK, "the session belongs to another user", path="$.user", observed="another user")
        created, used = (datetime.fromisoformat(info[name]) for name in ("created_time", "last_accessed_time"))
        if created > used:
            told = f"the session was last used ({used}) before it was made ({created})"
            raise Finding(CHECK, told, path="$.last_accessed_time", observed="before created_time")
    if first["created_time"] != later["created_time"]:
        told = "the session's `created_time` changes"
        raise Finding(CHECK, told, path="$.created_time", observed="changed")
    if datetime.fromisoformat(first["last_accessed_time"]) > datetime.fromisoformat(later["last_accessed_time"]):
        told = "the session's `last_accessed_time` goes back"
        raise Finding(CHECK, told, path="$.last_accessed_time", observed="went back")
