"""One object for all schemas that say the same: unions that lead to each other meet them again and again."""

from __future__ import annotations

import json
from typing import Any

_KEPT = 4096


class Alike:
    """The first of the flat schemas that say the same, so that what is known of one by its identity is of all."""

    def __init__(self) -> None:
        self._firsts: dict[str, dict[str, Any]] = {}

    def first(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema that was met first of those that say the same in the same order."""
        try:
            key = json.dumps(schema)
        except (TypeError, ValueError, RecursionError):
            return schema
        if len(self._firsts) >= _KEPT:
            self._firsts.clear()
        first = self._firsts.setdefault(key, schema)
        # A mark of our own is written as a key that the description may have.
        return first if first == schema else schema
