"""What has no form on the wire.

NaN and infinity, which msgspec would send as null, date-times without a zone, and halves of surrogate pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Any

import msgspec

from .errors import ArgumentError
from .secret import hides_text


def refuse_unsendable(value: Any, name: str) -> None:
    """Raise ArgumentError naming the place of such a value; `name` is that of the whole, "" for its fields."""
    rest = [(value, name)]
    while rest:
        item, place = rest.pop()
        if isinstance(item, float):
            if not isfinite(item):
                raise ArgumentError(f"{place or 'body'}: NaN and infinity cannot be sent")
        elif isinstance(item, str) or hides_text(item):
            if not is_text(item if isinstance(item, str) else item.reveal()):
                raise ArgumentError(f"{place or 'body'}: holds half of a surrogate pair, which UTF-8 does not have")
        elif isinstance(item, datetime):
            if item.tzinfo is None:
                raise ArgumentError(f"{place or 'body'}: a date-time needs a time zone (RFC 3339), got one without")
        elif isinstance(item, list | tuple):
            rest += [(part, f"{place}[{index}]") for index, part in enumerate(item)]
        elif isinstance(item, Mapping):
            rest += [(key, f"{place or 'body'}: a key") for key in item if isinstance(key, str) and not is_text(key)]
            rest += [(part, _inside(place, str(key))) for key, part in item.items()]
        elif isinstance(item, msgspec.Struct):
            rest += [(getattr(item, field), _inside(place, field)) for field in item.__struct_fields__]
        elif hasattr(type(item), "__encode__"):
            rest.append((getattr(item, "_values", None), place))


def is_text(value: str) -> bool:
    """Whether UTF-8 can carry it."""
    # Asked of the end result only: the error of an encoding holds the text, and would be the context of what is raised.
    return value.isascii() or value.encode("utf-8", "replace") == value.encode("utf-8", "surrogatepass")


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
