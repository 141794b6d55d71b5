"""Whatever `Accept` asks for, the answer is JSON, or 406 (RFC 9110, 12.5.1)."""

from __future__ import annotations

from typing import Any

import pytest

from ..check import Check, Finding
from ..target import Target

CHECK = Check("json-only", __doc__, ("accept-fails", "html-for-browsers"), severity="content")
ACCEPT = ("text/html,application/xhtml+xml;q=0.9", "application/xml")


def hold(target: Target, method: str, path: str, body: Any) -> None:
    """The operation answers JSON to clients that would rather have something else."""
    usual = target.send(method, path, body)
    if usual.content and "json" not in usual.content_type:
        pytest.skip(f"not exercised: whatever is accepted, the answer is {usual.content_type!r}")
    for accept in ACCEPT:
        answer = target.send(method, path, body, headers={"Accept": accept})
        if answer.status >= 500 and usual.status < 500:
            told = f"`Accept: {accept}` breaks the server, which answers {answer.status}"
            raise Finding(CHECK, told, answer, path="accept", observed=f"status {answer.status}")
        if answer.status != 406 and answer.content and "json" not in answer.content_type:
            told = f"`Accept: {accept}` is answered {answer.content_type!r}"
            raise Finding(CHECK, told, answer, path="content-type", observed=answer.content_type or "missing")
