"""Makes a description that shows a fault small: whatever can go without the fault going is taken out."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

from tests.fuzz.mutate import Path, at, places, put


def reduced(data: Any, shows: Callable[[Any], bool], seconds: float = 60.0) -> Any:
    """The smallest document found that still shows the fault.

    Args:
        data: One that shows it.
        shows: Whether a document does.
        seconds: How long to look for a smaller one.
    """
    end = time.monotonic() + seconds
    best, changed = data, True
    while changed and time.monotonic() < end:
        changed = False
        # The largest first: of what is taken out as a whole nothing has to be tried one by one.
        for path, value in sorted(places(best), key=lambda spot: (len(spot[0]), -_size(spot[1]))):
            if time.monotonic() > end:
                break
            for candidate in _smaller(best, path, value):
                if shows(candidate):
                    best, changed = candidate, True
                    break
    return best


def reduced_text(text: bytes, shows: Callable[[bytes], bool], seconds: float = 60.0) -> bytes:
    """The fewest lines of a text that still show the fault."""
    end = time.monotonic() + seconds
    lines = text.splitlines(keepends=True)
    width = max(1, len(lines) // 2)
    while time.monotonic() < end:
        place, before = 0, len(lines)
        while place < len(lines) and time.monotonic() < end:
            candidate = lines[:place] + lines[place + width :]
            if candidate and shows(b"".join(candidate)):
                lines = candidate
            else:
                place += width
        if width == 1 and len(lines) == before:
            break
        width = max(1, width // 2)
    return b"".join(lines)


def _smaller(data: Any, path: Path, value: Any) -> list[Any]:
    """The document without a node, and with a part of the node in its place."""
    try:
        at(data, path)
    except (KeyError, IndexError, TypeError):
        return []  # It went with another.
    found = []
    without = copy.deepcopy(data)
    del at(without, path[:-1])[path[-1]]
    found.append(without)
    if isinstance(value, dict | list):
        below = list(value.values() if isinstance(value, dict) else value)
        found += [put(copy.deepcopy(data), path, copy.deepcopy(part)) for part in below[:4] if isinstance(part, dict)]
        found += [put(copy.deepcopy(data), path, {})] if value and isinstance(value, dict) else []
    elif isinstance(value, str) and len(value) > 8:
        found += [put(copy.deepcopy(data), path, part) for part in ("a", value[: len(value) // 2])]
    return found


def _size(node: Any) -> int:
    return sum(1 for _ in places(node))
