"""Where a large YAML text may be read by two processes."""

from __future__ import annotations

import re

_KEY = re.compile(r"^[A-Za-z][\w-]*:(?=[ \r\n])", re.MULTILINE)


def middle(text: str) -> int | None:
    """The offset nearest to the middle where a key of the whole document seems to start; None without one near it.

    It seems so because it stands at the start of a line.  libyaml reads from left to right: if what is before is a
    whole block mapping without indentation, nothing is open there (no quotes, no brackets, no block scalar), and what
    is behind continues that mapping as it stands, but for anchors and tags, which `yaml_events` refuses.
    """
    half, size = len(text) // 2, len(text)
    places = (match.start() for match in _KEY.finditer(text))
    best = min(places, key=lambda offset: abs(offset - half), default=0)
    return best if size // 5 < best < size - size // 5 else None
