"""One self-contained description whose nodes know where they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec

from vcsdk.diagnostics import Diagnostic, Level, Location, Origin
from vcsdk.load.omission import Omission
from vcsdk.load.pointer import find, from_fragment, join, parent, split
from vcsdk.load.source import Source


class Document(msgspec.Struct):
    """A description as data.

    `data` is the whole document with local `#/…` references only; `file` its name as the user wrote it; `version`
    the version of its format as declared ("3.0.3", "3.1.0", "2.0"; Swagger 2.0 data is already in 3.0 form);
    `sha256` the hex digest of the main file's bytes; `sources` every file that was read, by name.
    `vendor_paths` maps a path key of the fragment form to the key the vendor wrote; normalisation fills it.
    `contract_view` is the vendor's form with the overlays of known gaps, None where there are none.
    `undescribed` holds path items that the profile knows of and the description does not have; building fills it.
    `original_ids` maps an operationId that a repair made unique to the one the description has.
    `descriptions` are the files of a set in the order of their labels; () where `file` is the only one.
    `omissions` are the parts that were taken out, in the order of the document.
    `address` is where on the network it was read, None for a file or a set.
    """

    data: dict[str, Any]
    file: str
    version: str
    sources: dict[str, Source]
    vendor_paths: dict[str, str] = msgspec.field(default_factory=dict)
    contract_view: dict[str, Any] | None = None
    undescribed: dict[str, Any] = msgspec.field(default_factory=dict)
    original_ids: dict[str, str] = msgspec.field(default_factory=dict)
    descriptions: tuple[str, ...] = ()
    omissions: tuple[Omission, ...] = ()
    address: str | None = None
    _moved: dict[str, Origin] = msgspec.field(default_factory=dict)
    _by_head: dict[str, list[str]] = msgspec.field(default_factory=dict)

    @property
    def left_out(self) -> tuple[Omission, ...]:
        """What was taken out although nobody decided so."""
        return tuple(omission for omission in self.omissions if not omission.decided)

    @property
    def sha256(self) -> str:
        """The hex digest of the main file's bytes; of a set, of the stems and digests of its files."""
        if not self.descriptions:
            return self.sources[self.file].sha256
        # Components get their names from stems, and nothing from folders that a machine happens to have.
        rows = [f"{PurePosixPath(name).stem} {self.sources[name].sha256}" for name in self.descriptions]
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    @property
    def is_31(self) -> bool:
        """True where schemas are JSON Schema 2020-12 (OpenAPI 3.1 and later)."""
        return self.version.startswith(("3.1", "3.2"))

    def origin(self, pointer: str) -> Origin:
        """Where the node at a pointer of `data` was written; follows what was moved or added since."""
        if not self._moved or not self._is_below_a_moved(pointer):
            return Origin(self.file, pointer)
        above, rest = pointer, ""
        while True:
            moved = self._moved.get(above)
            if moved is not None:
                return Origin(moved.file, moved.pointer + rest)
            if not above:
                return Origin(self.file, pointer)
            above = parent(above)
            rest = pointer[len(above) :]

    def moved(self, new: str, old: str) -> None:
        """Record that the node at pointer `new` was written at `old`, with all that is below it."""
        origin = self.origin(old)
        start = old + "/"
        near = self._moved if old.count("/") < 2 else self._by_head.get(_head(old), ())
        below = [(key, self._moved[key]) for key in near if key.startswith(start)]
        self.added(new, origin)
        for key, place in below:
            self.added(new + key[len(old) :], place)

    def added(self, pointer: str, origin: Origin) -> None:
        """Record the origin of a node that was put at a pointer."""
        if pointer not in self._moved:
            self._by_head.setdefault(_head(pointer), []).append(pointer)
        self._moved[pointer] = origin

    def _is_below_a_moved(self, pointer: str) -> bool:
        """False where certainly nothing on the way to a pointer was moved: told by its first two levels."""
        heads = self._by_head
        return _head(pointer) in heads or "" in heads or pointer[: pointer.find("/", 1)] in heads

    def take_out(self, pointer: str) -> None:
        """Remove a node; those behind it in a list close the gap and keep their origins.

        Raises:
            KeyError: There is no such node.
        """
        above, token = parent(pointer), split(pointer)[-1]
        holder = find(self.data, above)
        find(self.data, pointer)
        if isinstance(holder, dict):
            del holder[token]
            self._forget(pointer)
            return
        position = int(token)
        del holder[position]
        behind = range(position + 1, len(holder) + 1)
        written = [(self.origin(join(above, number)), self._below(join(above, number))) for number in behind]
        for number in range(position, len(holder) + 1):
            self._forget(join(above, number))
        for number, (origin, below) in enumerate(written, position):
            self.added(join(above, number), origin)
            for rest, place in below:
                self.added(join(above, number) + rest, place)

    def _below(self, pointer: str) -> list[tuple[str, Origin]]:
        start = pointer + "/"
        return [(key[len(pointer) :], place) for key, place in self._moved.items() if key.startswith(start)]

    def _forget(self, pointer: str) -> None:
        for key in [key for key in self._moved if key == pointer or key.startswith(pointer + "/")]:
            del self._moved[key]

    def adopt(self, other: Document, homes: Mapping[str, str]) -> None:
        """Record that nodes of another document are here, with all that is below them: the pointer here by that there.

        "" stands for a node that is not here although the one that holds it is.
        """
        for old, new in homes.items():
            if new:
                self.added(new, other.origin(old))
        for pointer, origin in other._moved.items():
            above = pointer
            while above and above not in homes:
                above = parent(above)
            if homes.get(above) and above != pointer:
                self.added(homes[above] + pointer[len(above) :], origin)

    def locate(self, origin: Origin) -> Location:
        """The line and column of an origin; the file is parsed for positions on first use."""
        source = self.sources.get(origin.file)
        return source.locate(origin.pointer) if source is not None else Location(origin.file)

    def diagnose(
        self,
        level: Level,
        rule: str,
        message: str,
        place: str | Origin,
        hint: str | None = None,
        *,
        key: bool = False,
    ) -> Diagnostic:
        """A finding about a node (a pointer into `data`, or an origin), with its location and source line.

        `key` points at the node's key where it would point at its value.
        """
        origin = self.origin(place) if isinstance(place, str) else place
        source = self.sources.get(origin.file)
        if source is None:
            return Diagnostic(level, rule, message, Location(origin.file), hint)
        return source.diagnose(level, rule, message, source.locate(origin.pointer, key=key), hint)

    def resolve(self, reference: str) -> tuple[str, Any]:
        """The pointer and node that a local reference names (RFC 6901 in a URI fragment: `%`, `~0`, `~1` decoded).

        Raises:
            KeyError: There is no such node, or the reference is not local.
        """
        if not reference.startswith("#"):
            raise KeyError(reference)
        pointer = from_fragment(reference[1:])
        return pointer, find(self.data, pointer)

    def as_written(self, reference: str) -> str:
        """A local reference as its file spells it: Swagger 2.0 has other sections than the 3.0 form of the data."""
        if self.version != "2.0":
            return reference
        return reference.replace("#/components/schemas/", "#/definitions/", 1).replace("#/components/", "#/", 1)


def _head(pointer: str) -> str:
    """The pointer's first two levels."""
    second = pointer.find("/", 1)
    third = pointer.find("/", second + 1) if second > 0 else -1
    return pointer if third < 0 else pointer[:third]
