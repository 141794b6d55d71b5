"""Values of one of several types that JSON alone does not tell apart (`oneOf`, `anyOf`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

from .nested import convert
from .standin import StandIn


class Choice(metaclass=StandIn):
    """A stand-in that msgspec meets where such a type is declared; values are of the members' own types."""

    members: ClassVar[Callable[[], tuple[Any, ...]]]
    property: ClassVar[str]
    mapping: ClassVar[Callable[[], Mapping[str, Any]]]

    @classmethod
    def __decode__(cls, value: Any) -> Any:
        """The value as one of the members; `dec_hook` calls this with plain JSON.

        The discriminator decides where it is there; of several members that have one value of it, `fitting`.  A value
        that the description does not know is a newer server's: the object stays the dict that came, so that nothing of
        it is lost.  Without a discriminator `fitting` decides.  Raises ValueError if none fits.
        """
        if (told := cls._told(value)) is None:
            return cls._tried(cls.members(), value)[1]
        kind = cls.mapping().get(told)
        if isinstance(kind, tuple):
            return cls._told_further(kind, value)[1]
        return value if kind is None else convert(value, kind)

    @classmethod
    def __member__(cls, value: Any) -> Any:
        """The member that a value is decoded as; Any for one of a newer server.  Raises ValueError if none fits."""
        if (told := cls._told(value)) is None:
            return cls._tried(cls.members(), value)[0]
        kind = cls.mapping().get(told, Any)
        return cls._told_further(kind, value)[0] if isinstance(kind, tuple) else kind

    @classmethod
    def _told_further(cls, kinds: tuple[Any, ...], value: Any) -> tuple[Any, Any]:
        try:
            return cls._tried(kinds, value)
        except ValueError:
            return Any, value

    @classmethod
    def _told(cls, value: Any) -> str | None:
        told = value.get(cls.property) if cls.property and isinstance(value, dict) else None
        if isinstance(told, bool):
            return "true" if told else "false"
        return str(told) if isinstance(told, str | int) else None

    @classmethod
    def _tried(cls, kinds: tuple[Any, ...], value: Any) -> tuple[Any, Any]:
        from .fitting import fitting  # programs that meet no such value do without

        return fitting(cls, kinds, value)


def one_of(
    name: str,
    members: Callable[[], tuple[Any, ...]],
    property: str = "",  # noqa: A002 - OpenAPI's own name
    mapping: Callable[[], Mapping[str, Any]] = dict,
) -> Any:
    """The stand-in for a union.

    `members` and `mapping` (value of the discriminator `property` to type, or to several) are called when the first
    value comes, so that types may refer to each other.
    """
    return StandIn(
        name,
        (Choice,),
        {"members": staticmethod(cache(members)), "property": property, "mapping": staticmethod(cache(mapping))},
    )
