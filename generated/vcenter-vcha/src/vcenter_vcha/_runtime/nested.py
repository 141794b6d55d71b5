"""Decoding inside a decoder of ours, which msgspec calls for a part of a value."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from .secret import dec_hook

_PLACE = re.compile(r" - at (?P<key>`key` in )?`\$\.?(?P<path>[^`]*)`$")


class MisfitError(ValueError):
    """What does not fit inside a part; `place` leads there from the part: `[1].value.x`, "" for the part itself.

    msgspec makes a ValidationError of it that names where the part stands, and keeps it as the cause.
    """

    def __init__(self, said: str, place: str, *, key: bool = False) -> None:
        inside = f" in `{place.removeprefix('.')}`" if place else ""
        super().__init__(f"{said} of a key{inside}" if key else said + inside)
        self.said = said
        self.place = place
        self.key = key


def convert(value: Any, kind: Any, *, str_keys: bool = False) -> Any:
    """`msgspec.convert` for a part; `str_keys` takes the keys of objects for texts of what they are.

    Raises:
        MisfitError: The value does not fit.
    """
    try:
        return msgspec.convert(value, kind, dec_hook=dec_hook, str_keys=str_keys)
    except msgspec.ValidationError as error:
        # msgspec passes a ValidationError on as it is, and then names a place inside the part as if it were the whole.
        said, place, key = located(error)
    raise MisfitError(said, place, key=key)


def located(error: Exception) -> tuple[str, str, bool]:
    """What msgspec says, the place from `$` on (`.a[1]`), and whether it is said of a key of the object there."""
    said, path, key = str(error), "", False
    if (found := _PLACE.search(said)) is not None:
        said, path, key = said[: found.start()], found["path"], found["key"] is not None
    path = f".{path}" if path and not path.startswith("[") else path
    inner = error.__cause__
    return (inner.said, path + inner.place, inner.key) if isinstance(inner, MisfitError) else (said, path, key)
