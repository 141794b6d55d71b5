"""Open enumerations: a newer server may send a value that the description does not list."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Any, Self

_KEPT = 4096
_unknown: dict[tuple[type, object], Any] = {}


def _keep(cls: type, value: object, member: Any) -> Any:
    # setdefault is one step under the interpreter lock, so two threads get one member; the bound keeps a server
    # that invents values from filling the memory.
    return _unknown.setdefault((cls, value), member) if len(_unknown) < _KEPT else member


class OpenEnum(StrEnum):
    """Text values; an unknown one becomes a member-like value that keeps its text and compares equal to it."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        known = _unknown.get((cls, value))
        if known is None:
            known = str.__new__(cls, value)
            known._name_ = known._value_ = value
            known = _keep(cls, value, known)
        member: Self = known
        return member

    @property
    def is_unknown(self) -> bool:
        """True where the description does not list this value."""
        return self._value_ not in type(self)._value2member_map_

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._value_!r}>"


class OpenIntEnum(IntEnum):
    """Whole numbers; an unknown one becomes a member-like value that keeps its number."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        known = _unknown.get((cls, value))
        if known is None:
            known = int.__new__(cls, value)
            known._name_ = str(value)
            known._value_ = value
            known = _keep(cls, value, known)
        member: Self = known
        return member

    @property
    def is_unknown(self) -> bool:
        """True where the description does not list this value."""
        return self._value_ not in type(self)._value2member_map_

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._value_!r}>"
