"""Where 406 is documented, who accepts none of the documented content types gets it (RFC 9110, 12.5.1 and 15.5.7)."""

from __future__ import annotations

from typing import Any

import pytest

from ..check import Check, Finding
from ..target import Target

CHECK = Check("not-acceptable", __doc__, ("accept-ignored",), severity="content")
ACCEPT = "application/vnd.no-such-type"


def hold(target: Target, method: str, path: str, body: Any) -> None:
    """A content type that nobody has is not answered with another one."""
    usual = target.send(method, path, body)
    if not 200 <= usual.status < 300:
        pytest.skip(f"not exercised: whatever is accepted, the answer is {usual.status}")
    if not usual.content:
        pytest.skip("not exercised: it is answered with nothing, which everybody accepts")
    answer = target.send(method, path, body, headers={"Accept": ACCEPT})
    if 200 <= answer.status < 300 or answer.status >= 500:
        told = f"`Accept: {ACCEPT}` is answered {answer.status}, and not 406"
        raise Finding(CHECK, told, answer, path="accept", observed=f"status {answer.status}")
