"""What identifies a resource: its text in a path, and the member of a value that has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

# Names that say nothing about what they identify.
_GENERIC = frozenset({"id", "identifier", "name", "key", "uuid"})
_ID = re.compile(r"(?:[_-](?:id|uuid)|I[dD]|U[uU][iI][dD])$")


def plain_name(parameter: str) -> str:
    """A parameter's name without the word that makes it an identifier: `tag` for `tag_id`, `tagId` and `tag`."""
    bare = _ID.sub("", parameter) or parameter
    return re.sub(r"[^a-z0-9]", "", bare.lower())


def is_generic(parameter: str) -> bool:
    """True for a name that any resource's parameter could have."""
    return plain_name(parameter) in _GENERIC


def identifying(parameter: str, names: Iterable[str]) -> str | None:
    """The property that holds what the parameter identifies: of the same name, of the same word, or `id`."""
    found = list(names)
    if parameter in found:
        return parameter
    word = plain_name(parameter)
    same = [name for name in found if plain_name(name) == word]
    return same[0] if same else next((name for name in found if name.lower() in ("id", "uuid", "identifier")), None)


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
