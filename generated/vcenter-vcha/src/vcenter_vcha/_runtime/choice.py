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

        The discriminator decides where it is there.  A value of it that the description does not know is a newer
        server's: the object stays the dict that came, so that nothing of it is lost.  Without one `fitting` decides.
        Raises ValueError if none fits.
        """
        if cls.property and isinstance(value, dict):
            told = value.get(cls.property)
            if isinstance(told, str):
                kind = cls.mapping().get(told)
                return value if kind is None else convert(value, kind)
        from .fitting import fitting  # programs that meet no such value do without

        return fitting(cls, cls.members(), value)


def one_of(
    name: str,
    members: Callable[[], tuple[Any, ...]],
    property: str = "",  # noqa: A002 - OpenAPI's own name
    mapping: Callable[[], Mapping[str, Any]] = dict,
) -> Any:
    """The stand-in for a union.

    `members` and `mapping` (value of the discriminator `property` to type) are called when the first value comes, so
    that types may refer to each other.
    """
    return StandIn(
        name,
        (Choice,),
        {"members": staticmethod(cache(members)), "property": property, "mapping": staticmethod(cache(mapping))},
    )
