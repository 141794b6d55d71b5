"""A GET with a body, which has no meaning (RFC 9110, 9.3.1), is answered as one without, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .registry import Check

if TYPE_CHECKING:
    from ..target import Target

CHECK = Check("body-on-get", __doc__, ("body-on-get-fails",))


def hold(target: Target, path: str) -> None:
    """The answer is no failure of the server."""
    answer = target.send("GET", path, {"partial": True})
    if answer.status >= 500:
        raise CHECK.finding("a GET with a body breaks the server", answer, observed=f"status {answer.status}")
