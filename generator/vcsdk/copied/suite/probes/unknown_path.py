"""A path that the API does not have is answered 404."""

from __future__ import annotations

from ..check import Check, Finding
from ..target import Target

CHECK = Check("unknown-path", __doc__, ("unknown-path-ok",), severity="behaviour")


def hold(target: Target, path: str) -> None:
    """Reading the path gives 404."""
    answer = target.request("GET", path, expect=(404, 401, 403, *range(200, 300)))
    if answer.status != 404:
        raise Finding(CHECK, "a path that does not exist must be answered 404", answer, observed=f"{answer.status}")
