"""Extensions: keys that begin with `x-` beside fields, and beside what `paths`, responses or a callback hold.

From "OpenAPI Specification" 3.0.4, "Specification Extensions" with "Paths", "Responses" and "Callback Object".  In
other maps (components, headers, webhooks, properties) such a key is the name of something.
"""

from __future__ import annotations

from typing import Any


def is_extension(key: object) -> bool:
    """Whether a key is that of an extension, where there can be one."""
    return isinstance(key, str) and key.startswith("x-")


def entries(node: object) -> list[tuple[str, Any]]:
    """What `paths`, responses or a callback hold; without their extensions, and nothing of what is no object."""
    return [(key, value) for key, value in node.items() if not is_extension(key)] if isinstance(node, dict) else []
