"""A GET with a body, which has no meaning (RFC 9110, 9.3.1), is answered as one without, or refused."""

from __future__ import annotations

from ..check import Check, Finding
from ..target import Target

CHECK = Check("body-on-get", __doc__, ("body-on-get-fails",), severity="behaviour")


def hold(target: Target, path: str) -> None:
    """The answer is no failure of the server."""
    answer = target.send("GET", path, {"partial": True})
    if answer.status >= 500:
        raise Finding(CHECK, "a GET with a body breaks the server", answer, observed=f"status {answer.status}")
