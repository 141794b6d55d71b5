"""JSON as a target sent it: what is nested beyond anything that can be judged is none."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 200
"""Levels; what judges values goes down them by calls."""


def read_json(content: bytes | str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: It is no JSON, or nested deeper than `DEEPEST` levels.
    """
    try:
        value = json.loads(content)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    opened = ("[", "{") if isinstance(content, str) else (b"[", b"{")
    if sum(map(content.count, opened)) > DEEPEST and _is_deeper(value):  # type: ignore[arg-type]
        raise ValueError(_TOO_DEEP)
    return value


_TOO_DEEP = f"nested deeper than {DEEPEST} levels"


def _is_deeper(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [
            each
            for holder in level
            if isinstance(holder, dict | list)
            for each in (holder.values() if isinstance(holder, dict) else holder)
        ]
    return bool(level)
