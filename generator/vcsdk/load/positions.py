"""Where the nodes of a text stand, found only when a diagnostic needs it.

Offsets count characters from 0.  Parsing for data takes the fast path elsewhere; this is the slow path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # C speed; documented nowhere, stable since 2.6
from typing import Protocol

import msgspec

from vcsdk.load.pointer import escape, split

_BLANK = re.compile(r"[ \t\r\n]*")


class Place(msgspec.Struct, frozen=True):
    """Offsets of a node: of its key (the value's where it has none) and of its value; `scalar` tells leaves."""

    key: int
    value: int
    scalar: bool

    @property
    def offset(self) -> int:
        """What a reader wants to see: a leaf itself, but the key of an object or array."""
        return self.value if self.scalar else self.key


class Duplicate(msgspec.Struct, frozen=True):
    """A key that stands twice in one object: the pointer of the object and the offsets of both keys."""

    pointer: str
    key: str
    first: int
    second: int


class Positions(Protocol):
    """What a text offers: the place of a pointer, and the duplicate keys in it."""

    def find(self, pointer: str) -> Place:
        """The place of a node, or of the nearest node above it that exists."""

    def duplicates(self) -> Iterator[Duplicate]:
        """Every key that repeats one before it in the same object."""


class JsonPositions:
    """Positions in JSON text.

    Only the objects on the way to a node are scanned, and members beside the way are skipped by the C decoder.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._decode = json.JSONDecoder(object_pairs_hook=lambda _: None).raw_decode
        self._members: dict[str, list[tuple[str, Place]]] = {}
        self._found: dict[str, dict[str, Place]] = {}
        start = self._skip(0)
        self._root = Place(start, start, text[start : start + 1] not in ("{", "["))

    def _skip(self, offset: int) -> int:
        match = _BLANK.match(self._text, offset)
        return match.end() if match else offset

    def members(self, pointer: str, place: Place) -> list[tuple[str, Place]]:
        """The members of the object or array at a place, in order; repeated keys are all listed."""
        if pointer not in self._members:
            self._members[pointer] = list(self._scan(place.value)) if not place.scalar else []
        return self._members[pointer]

    def _by_key(self, pointer: str, place: Place) -> dict[str, Place]:
        """The members by key; of a repeated one the last, as parsers read it."""
        if pointer not in self._found:
            self._found[pointer] = dict(self.members(pointer, place))
        return self._found[pointer]

    def _scan(self, offset: int) -> Iterator[tuple[str, Place]]:
        text, is_object = self._text, self._text[offset] == "{"
        offset = self._skip(offset + 1)
        index = 0
        while offset < len(text) and text[offset] not in "}]":
            key, key_offset = str(index), offset
            if is_object:
                key, offset = scanstring(text, offset + 1, True)
                offset = self._skip(self._skip(offset) + 1)
            yield key, Place(key_offset, offset, text[offset] not in "{[")
            _, offset = self._decode(text, offset)
            offset = self._skip(offset)
            if offset < len(text) and text[offset] == ",":
                offset = self._skip(offset + 1)
            index += 1

    def find(self, pointer: str) -> Place:
        """The place of a node, or of the nearest node above it that exists."""
        place, here = self._root, ""
        for token in split(pointer):
            found = self._by_key(here, place).get(token)
            if found is None:
                break
            place, here = found, f"{here}/{escape(token)}"
        return place

    def duplicates(self) -> Iterator[Duplicate]:
        """Every key that repeats one before it in the same object."""
        pending = [("", self._root)]
        while pending:
            pointer, place = pending.pop()
            seen: dict[str, int] = {}
            for key, member in self.members(pointer, place):
                if key in seen:
                    yield Duplicate(pointer, key, seen[key], member.key)
                else:
                    seen[key] = member.key
                if not member.scalar:
                    pending.append((f"{pointer}/{escape(key)}", member))
