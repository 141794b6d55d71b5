"""Where in a value the thing stands that it is about: the value itself, or an object in it (`{"data": {…}}`).

A value is told by the names of what is in it, for schemas, types and JSON values alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from vcsdk.ir.identifying import identifying

Place = tuple[str, ...]
"""Names of properties from outside; () for the value itself."""
Inside = Callable[[Place], Mapping[str, bool]]
"""The properties of the object at a place, and whether each is an object; nothing where there is none."""
_DEEPEST = 2


def places(inside: Inside) -> Iterator[Place]:
    """The value itself, the objects in it, and those in these."""
    level: list[Place] = [()]
    for _ in range(_DEEPEST + 1):
        yield from level
        level = [below for place in level for below in _below(inside, place)]


def named_at(parameter: str, inside: Inside) -> Place:
    """Where the identifier stands that a path has in this parameter: () where that is not clear, too."""
    level: list[Place] = [()]
    for _ in range(_DEEPEST + 1):
        found = [place for place in level if identifying(parameter, _plain(inside(place))) is not None]
        if found:
            return found[0] if len(found) == 1 else ()
        level = [below for place in level for below in _below(inside, place)]
    return ()


def _standing(parameter: str, inside: Inside, said: Collection[str], within: str = "") -> tuple[Place, Place] | None:
    """Where an answer names a thing, and where it shows what is said of it; None where it shows nothing of that.

    Args:
        parameter: Of the path, which holds the identifier.
        inside: What the answer has.
        said: The names of what is said.
        within: The name of the object that says it, "" for the whole value.
    """
    if is_flat(parameter, inside, said):
        return (), ()
    holder = named_at(parameter, inside)
    if holder and _said(_plain(inside(holder)), parameter, said):
        return holder, holder
    below = [place for place in _below(inside, holder) if _said(_plain(inside(place)), parameter, said)]
    same = [place for place in below if place[-1] == within]
    found = same or below
    return (holder, found[0]) if len(found) == 1 else None


def is_flat(parameter: str, inside: Inside, said: Collection[str]) -> bool:
    """Whether an answer itself shows what is said of a thing, and so is the thing: others may be inside it."""
    return _said(_plain(inside(())), parameter, said)


def paired(parameter: str, sent: Inside, shown: Inside) -> tuple[Place, Place, Place]:
    """Where a request says what an answer shows, where the answer names the thing, and where it shows that."""
    for place in places(sent):
        found = _standing(parameter, shown, _plain(sent(place)), place[-1] if place else "")
        if found is not None:
            return place, *found
    holder = named_at(parameter, shown)
    return (), holder, holder


def said_at(sent: Inside, shown: Mapping[str, bool]) -> Place | None:
    """The first object that has any of the names that are `shown`, each with whether an object may be so called.

    What wraps the thing can be called as a plain property of it is (`{"event": {"event": "login", …}}`).  None where no
    object has any.
    """
    return next(
        (
            place
            for place in places(sent)
            if any(name in shown and (shown[name] or not is_object) for name, is_object in sent(place).items())
        ),
        None,
    )


def in_value(value: Any) -> Inside:
    """What a JSON value has inside."""

    def inside(place: Place) -> Mapping[str, bool]:
        found = value
        for name in place:
            found = found.get(name) if isinstance(found, Mapping) else None
        return {name: isinstance(part, Mapping) for name, part in found.items()} if isinstance(found, Mapping) else {}

    return inside


def _plain(names: Mapping[str, bool]) -> list[str]:
    """The names of what is no object; `type` beside `attributes` says what a thing is, and nothing of it (JSON:API)."""
    kind = {"type"} if names.get("attributes") else frozenset[str]()
    return [name for name, is_object in names.items() if not is_object and name not in kind]


def _below(inside: Inside, place: Place) -> list[Place]:
    return [(*place, name) for name, is_object in inside(place).items() if is_object]


def _said(own: Collection[str], parameter: str, said: Collection[str]) -> bool:
    return bool({*own} & {*said} - {identifying(parameter, own)})
