"""A second reading of answers that the native decoder refused although they are valid; others cost nothing.

`1.0` and `1e2` are integers (JSON Schema 2020-12, 4.2.3); `23:59:60` is a leap second (RFC 3339, 5.7).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import msgspec

from .secret import dec_hook

_LEAP = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d):60((?:\.\d+)?(?:Z|[+-]\d\d:\d\d))", re.ASCII | re.IGNORECASE)
_LEAP_IN_JSON = re.compile(rb'"(\d{4}-\d\d-\d\dT\d\d:\d\d):60((?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")', re.IGNORECASE)


class LeapSecond(datetime):
    """The second before a leap second, which no `datetime` can be; `text` is what came, and goes back."""

    text: str

    @classmethod
    def of(cls, text: str) -> LeapSecond:
        """The leap second that a text says."""
        before = datetime.fromisoformat(_LEAP.sub(r"\1:59\2", text))
        found = cls.combine(before.date(), before.timetz())
        found.text = text
        return found

    def __encode__(self) -> str:
        """The text; `enc_hook` calls this."""
        return self.text

    def __reduce__(self) -> tuple[Any, ...]:
        return LeapSecond.of, (self.text,)


def read_again(content: bytes, kind: Any) -> Any:
    """The value of JSON that was refused.  Raises ValidationError if it is not that of `kind` this way either."""
    return fitted(msgspec.json.decode(content), kind)


def fitted(refused: Any, kind: Any) -> Any:
    """The same of a value that JSON was decoded to."""
    texts: list[str] = []
    value = msgspec.convert(_plain(refused, texts), kind, dec_hook=dec_hook)
    return _restored(value, texts) if texts else value


def without_leap_seconds(written: bytes) -> bytes:
    """JSON with the seconds before leap seconds in their place, to be checked."""
    return _LEAP_IN_JSON.sub(rb'"\1:59\2', written)


def _plain(value: Any, texts: list[str]) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item, texts) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, texts) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _LEAP.fullmatch(value):
        texts.append(value)
        return _mark(len(texts) - 1).isoformat()
    return value


def _mark(index: int) -> datetime:
    """Stands for a leap second while msgspec decodes what is around it."""
    return datetime(1, 1, 1, index // 10**8 % 24, index // 10**6 % 60, 7, index % 10**6, UTC)


def _restored(value: Any, texts: list[str]) -> Any:
    marks = {_mark(index): text for index, text in enumerate(texts)}
    names = {mark.isoformat(): text for mark, text in marks.items()}

    def restored(item: Any) -> Any:
        if isinstance(item, datetime):
            return LeapSecond.of(marks[item]) if item.tzinfo is not None and item in marks else item
        if isinstance(item, str):
            return names.get(item, item)
        if isinstance(item, list):
            item[:] = [restored(part) for part in item]
        elif isinstance(item, dict):
            item.update({key: restored(part) for key, part in item.items()})
        elif isinstance(item, msgspec.Struct):
            for name in item.__struct_fields__:
                setattr(item, name, restored(getattr(item, name)))
        elif hasattr(type(item), "__encode__"):
            restored(getattr(item, "_values", None))
        return item

    return restored(value)
