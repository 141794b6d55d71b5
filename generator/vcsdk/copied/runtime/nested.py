"""Decoding inside a decoder of ours, which msgspec calls for a part of a value."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from .secret import dec_hook

_PLACE = re.compile(r" - at `(?P<key>key in )?\$\.?(?P<path>[^`]*)`$")


def convert(value: Any, kind: Any) -> Any:
    """`msgspec.convert` for a part.  Raises ValueError, to which msgspec adds where the part stands."""
    try:
        return msgspec.convert(value, kind, dec_hook=dec_hook)
    except msgspec.ValidationError as error:
        # msgspec passes a ValidationError on as it is, and then names a place inside the part as if it were the whole.
        said = _PLACE.sub(_inside, str(error))
    raise ValueError(said)


def _inside(found: re.Match[str]) -> str:
    return f" in {found['key'] or ''}`{found['path']}`" if found["path"] else ""
