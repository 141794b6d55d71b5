"""A text that was read: its lines, its hash, and findings about places in it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from vcsdk.diagnostics import Diagnostic, Level, Location
from vcsdk.load.positions import JsonPositions, Positions

if TYPE_CHECKING:
    from vcsdk.load.yaml_events import Nodes


class Source:
    """One file of a description.

    `file` is its name as the user wrote it (or relative to what the user wrote), `text` the decoded content
    without byte order mark, `sha256` the hex digest of the bytes.  `nodes` is what reading YAML found on the way.
    """

    def __init__(self, file: str, content: bytes, text: str) -> None:
        self.file = file
        self.text = text
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.is_json = False
        self.nodes: Nodes | None = None

    @cached_property
    def _starts(self) -> list[int]:
        lengths = map(len, self.text.split("\n"))
        return list(accumulate(map((1).__add__, lengths), initial=0))[:-1]

    @cached_property
    def _positions(self) -> Positions:
        if self.is_json:
            return JsonPositions(self.text)
        from vcsdk.load.yaml_positions import NodePositions, YamlPositions

        return YamlPositions(self.text) if self.nodes is None else NodePositions(self.nodes)

    @property
    def positions(self) -> Positions:
        """Places of the nodes; the text is parsed for them on first use."""
        return self._positions

    def at(self, offset: int) -> Location:
        """The line and column of a character."""
        line = bisect_right(self._starts, offset)
        return Location(self.file, line, offset - self._starts[line - 1] + 1)

    def locate(self, pointer: str, *, key: bool = False) -> Location:
        """The line and column of a node: a leaf itself, the key of anything else; with `key` always the key."""
        place = self.positions.find(pointer)
        return self.at(place.key if key else place.offset)

    def line(self, number: int) -> str | None:
        """A line without its end, counted from 1, or None where there is none."""
        if not 1 <= number <= len(self._starts):
            return None
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def diagnose(
        self, level: Level, rule: str, message: str, location: Location, hint: str | None = None
    ) -> Diagnostic:
        """A finding about a place in this text, with the line it is about."""
        return Diagnostic(level, rule, message, location, hint, self.line(location.line))

    def error(self, rule: str, message: str, location: Location | None = None, hint: str | None = None) -> Diagnostic:
        """A finding that stops the run; without a location it is about the file as a whole."""
        return self.diagnose(Level.ERROR, rule, message, location or Location(self.file), hint)
