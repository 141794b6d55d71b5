"""Which property of a value names the thing that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Names that say nothing about what they identify.
_GENERIC = frozenset({"id", "identifier", "name", "key", "uuid"})
# Names of properties that identify beside an `id`, and that parameters end with.
_SAYING = frozenset({"code", "slug", "login", "email", "handle", "path", "sku", "isbn", "sha", "digest", "version"})
_NUMBERS = ("number", "no", "nr", "num")
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+(?![a-z])")
_ID = re.compile(r"(?:[_-](?:id|uuid)|I[dD]|U[uU][iI][dD])$")


def plain_name(parameter: str) -> str:
    """A parameter's name without the word that makes it an identifier: `tag` for `tag_id`, `tagId` and `tag`."""
    bare = _ID.sub("", parameter) or parameter
    return re.sub(r"[^a-z0-9]", "", bare.lower())


def is_generic(parameter: str) -> bool:
    """True for a name that any resource's parameter could have."""
    return plain_name(parameter) in _GENERIC


def identifying(parameter: str, names: Iterable[str]) -> str | None:
    """The property that holds what the parameter identifies: of the same name, of the same word, or `id`.

    A parameter that says what identifies (`issue_number`, `teamSlug`, `username`) means that property and no other; but
    what has no number may be numbered by its `id`.
    """
    found = list(names)
    if parameter in found:
        return parameter
    word = plain_name(parameter)
    same = [name for name in found if plain_name(name) == word]
    if same:
        return same[0]
    wanted = _saying(parameter)
    said = next((name for name in found if name.lower() in wanted), None)
    if said is None and (not wanted or wanted == _NUMBERS):
        return next((name for name in found if name.lower() in ("id", "uuid", "identifier")), None)
    return said


def _saying(parameter: str) -> tuple[str, ...]:
    """The names of the property that the parameter says identifies; none where it says of what alone."""
    last = (_WORD.findall(parameter) or [""])[-1].lower()
    if last in _NUMBERS:
        return _NUMBERS
    return ("name",) if last.endswith("name") else (last,) if last in _SAYING else ()
