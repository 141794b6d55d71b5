"""Gives every symbol of one scope its own name, the same way each time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

import msgspec


class Wish(msgspec.Struct, frozen=True):
    """A symbol and the name it would like; `wire` is what it is called in the description.

    `otherwise` is what it is called where another one has that name; a number follows where that is taken too.
    """

    key: str
    wanted: str
    wire: str
    otherwise: str = ""


class Settled(msgspec.Struct):
    """The names by key, and who had to give way: (key that was renamed, key that kept the name, new name)."""

    names: dict[str, str] = msgspec.field(default_factory=dict)
    renamed: list[tuple[str, str, str]] = msgspec.field(default_factory=list)

    def __getitem__(self, key: str) -> str:
        return self.names[key]


def numbered(name: str, count: int) -> str:
    """The default way to tell a name from one that is taken: `Info2`, or `info_2` for snake case."""
    return f"{name}_{count}" if name == name.lower() or name == name.upper() else f"{name}{count}"


def settle(
    wishes: Iterable[Wish],
    reserved: Mapping[str, str] | Collection[str] = (),
    alternative: Callable[[str, int], str] = numbered,
    held: Mapping[str, str] = MappingProxyType({}),
) -> Settled:
    """Give each wish a name of its own.

    Who is spelled exactly like the name in the description keeps it, then who is but for capitals, then who comes
    first in alphabetical order of wire name: none depends on where in the document a symbol stands or on what
    unrelated symbols there are.
    `reserved` are names nobody may have; where it is a mapping it says what a symbol of that name is called instead.
    `held` are names that others have already, with the keys of those.
    """
    result = Settled()
    by_name: dict[str, list[Wish]] = {}
    for wish in wishes:
        name = wish.wanted
        if name in reserved:
            name = reserved[name] if isinstance(reserved, Mapping) else name + "_"
        by_name.setdefault(name, []).append(wish)
    taken = {*by_name, *reserved, *held}
    for name, rivals in by_name.items():
        if len(rivals) == 1 and name not in held:
            result.names[rivals[0].key] = name
            continue
        others = sorted(rivals, key=lambda wish: _likeness(wish, name))
        winner = held[name] if name in held else others.pop(0).key
        if name not in held:
            result.names[winner] = name
        count = 2
        for other in others:
            candidate = other.otherwise or name
            while candidate in taken:
                candidate = alternative(other.otherwise or name, count)
                count += 1
            taken.add(candidate)
            result.names[other.key] = candidate
            result.renamed.append((other.key, winner, candidate))
    return result


def _likeness(wish: Wish, name: str) -> tuple[bool, bool, bool, str, str]:
    # A word of Python's has a line behind it, which the description knows nothing of: `class` is `class_` exactly.
    plain = name.removesuffix("_")
    folded = wish.wire.casefold()
    alike = folded in (name.casefold(), plain.casefold())
    return wish.wire != name, wish.wire != plain, not alike, wish.wire, wish.key
