"""Gives a surface that was read back the places that its file does not tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from msgspec import structs

from vcsdk.surface.model import Alias, Class, Field, Method, Surface

T = TypeVar("T", Alias, Class, Field, Method)


def located(surface: Surface, made: Surface) -> Surface:
    """The surface with the places of what has the same name in another one, made from the description."""
    known = {module.name: module for module in made.modules}
    return structs.replace(
        surface,
        modules=tuple(
            structs.replace(
                module,
                aliases=_all(module.aliases, other.aliases),
                classes=tuple(
                    replace(
                        each,
                        fields=_all(each.fields, same.fields if same is not None else ()),
                        methods=_all(each.methods, same.methods if same is not None else ()),
                    )
                    for each in _all(module.classes, other.classes)
                    for same in (next((c for c in other.classes if c.name == each.name), None),)
                ),
            )
            if (other := known.get(module.name)) is not None
            else module
            for module in surface.modules
        ),
    )


def _all(found: tuple[T, ...], made: tuple[T, ...]) -> tuple[T, ...]:
    places = {each.name: each.origin for each in made}
    return tuple(replace(each, origin=places.get(each.name)) for each in found)
