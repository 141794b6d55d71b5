"""Values of resources: an identifier as text, a scalar's schema, a patched value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_text(value: Any) -> str:
    """An identifier as it stands in a path."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_scalar(flat: Mapping[str, Any]) -> bool:
    """True for the schema of a text or a number."""
    named = flat.get("type")
    kinds = set(named) - {"null"} if isinstance(named, list) else {named}
    return bool(kinds) and kinds <= {"string", "integer", "number"}


def patched(value: Any, patch: Any) -> Any:
    """The value after a JSON Merge Patch (RFC 7396)."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(value) if isinstance(value, Mapping) else {}
    for name, member in patch.items():
        if member is None:
            result.pop(name, None)
        else:
            result[name] = patched(result.get(name), member)
    return result
