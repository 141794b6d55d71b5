"""XML 1.0."""

from __future__ import annotations

import re

# What XML 1.0 cannot hold, not even escaped (section 2.2).
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def characters(text: str) -> str:
    """The text with U+FFFD for each character that no XML holds; markup is the writer's to escape."""
    return _IMPOSSIBLE.sub("\ufffd", text)
