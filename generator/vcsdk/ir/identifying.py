"""Which property of a value names the thing that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
