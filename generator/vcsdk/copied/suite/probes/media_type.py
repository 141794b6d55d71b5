"""A media type is compared without regard to case, and may have a charset (RFC 9110, 8.3.1)."""

from __future__ import annotations

from typing import Any

from ..check import Check, Finding
from ..target import Target

CHECK = Check("media-type", __doc__, ("charset-refused", "media-type-case-sensitive"), severity="content")
SPELLINGS = ("application/json; charset=utf-8", "Application/JSON")


def hold(target: Target, method: str, path: str, body: Any) -> None:
    """Each spelling of `application/json` is answered as the plain one is."""
    usual = target.send(method, path, body)
    for spelling in SPELLINGS:
        answer = target.send(method, path, body, headers={"Content-Type": spelling})
        if answer.status != usual.status:
            told = f"`Content-Type: {spelling}` is answered {answer.status}, and application/json {usual.status}"
            raise Finding(CHECK, told, answer, path="content-type", observed=f"status {answer.status}")
