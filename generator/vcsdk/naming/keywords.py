"""What the arguments of one method are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec

from vcsdk.naming.settle import Wish, settle
from vcsdk.naming.words import snake, spelled

_PLACES = {"path": "path", "query": "query", "header": "header", "cookie": "cookie", "field": "body"}
"""What is said of each place where names do not tell; who comes first here goes before the others."""


class Keyword(msgspec.Struct, frozen=True):
    """An argument by its place (`Argument.source`) and name on the wire, with the name it would like."""

    place: str
    wire: str
    wanted: str


class Renamed(msgspec.Struct, frozen=True):
    """An argument that another one in its place keeps from the name it would have, and what it is called instead."""

    place: str
    wire: str
    because: str
    name: str


def keywords(
    arguments: Iterable[Keyword],
    reserved: Mapping[str, str],
    released: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> tuple[dict[tuple[str, str], str], list[Renamed]]:
    """A name for each, by place and name on the wire; and who had to give way to one in the same place.

    One whose name no other wants keeps it, whatever there is besides.  Of several in one place, who is spelled exactly
    so keeps it, and the others are spelled out (`page.size` is `page_dot_size`).  Of several in different places, the
    others have their place before the name (`query_id`).  What was `released` keeps its name.
    """
    arguments = list(arguments)
    kept = {(a.place, a.wire): released[a.place, a.wire] for a in arguments if (a.place, a.wire) in released}
    arguments = [each for each in arguments if (each.place, each.wire) not in kept]
    holders = {name: wire for (_, wire), name in kept.items()}
    wishes = {(each.place, each.wire): _wish(each) for each in arguments}
    gave_way: list[tuple[str, str, str]] = []
    everybodys = {wish.wanted for wish in wishes.values()}
    for place, word in _PLACES.items():
        mine = {key: wish for key, wish in wishes.items() if key[0] == place}
        # A name that somebody in another place wants is not free to be made up here.
        others = everybodys - {wish.wanted for wish in mine.values()}
        settled = settle(mine.values(), {name: f"{name}_2" for name in others})
        by_key = {wish.key: wish.wire for wish in mine.values()}
        gave_way += [(place, by_key[one], by_key[other]) for one, other, _ in settled.renamed]
        for key, wish in mine.items():
            wishes[key] = msgspec.structs.replace(
                wish, wanted=settled[wish.key], otherwise=f"{word}_{settled[wish.key]}"
            )
    settled = settle(wishes.values(), reserved, held=holders)
    names = kept | {key: settled[wish.key] for key, wish in wishes.items()}
    return names, [Renamed(place, one, other, names[place, one]) for place, one, other in gave_way]


def _wish(argument: Keyword) -> Wish:
    rank = list(_PLACES).index(argument.place)
    key = f"{rank} {argument.wire}"
    return Wish(key, argument.wanted, argument.wire, snake(spelled(argument.wire), argument.wanted))
