"""Which resources a text identifies."""

from __future__ import annotations

import enum

import msgspec


class Place(enum.StrEnum):
    """Where the identifiers are: the value itself (or its items), the keys or the values of a map."""

    ITSELF = "itself"
    KEYS = "keys"
    VALUES = "values"


class Identifies(msgspec.Struct, frozen=True):
    """That a value is the identifier of a resource of one of these types (`HostSystem`); `many` if it holds more."""

    types: tuple[str, ...]
    place: Place = Place.ITSELF
    many: bool = False
