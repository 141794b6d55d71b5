"""Where the keys of a TOML file stand; `tomllib` gives values without positions."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import msgspec

from vcsdk.diagnostics import Diagnostic, Diagnostics, Level, Location

KeyPath = tuple[str, ...]


class TomlSource(msgspec.Struct):
    """A TOML file's text with the place of each table and key, by path.

    Keys inside an inline table, and elements of an array, are found at the key that holds them.
    """

    file: str
    text: str
    places: dict[KeyPath, tuple[int, int]] = msgspec.field(default_factory=dict)

    @classmethod
    def read(cls, file: str, text: str) -> TomlSource:
        """Index a text that `tomllib` accepts; the cost is one parse a statement."""
        source = cls(file, text)
        table: KeyPath = ()
        for line, statement in _statements(text):
            path = _path_of(tomllib.loads(statement))
            column = len(statement) - len(statement.lstrip()) + 1
            if statement.lstrip().startswith("["):
                table = path
                source._add(path, line, column)
            else:
                source._add(table + path[: _depth_of_key(statement)], line, column)
        return source

    def _add(self, path: KeyPath, line: int, column: int) -> None:
        # `a.b = 1` and `[a.b]` also are where `a` first appears.
        for length in range(1, len(path) + 1):
            self.places.setdefault(path[:length], (line, column))

    def locate(self, path: KeyPath) -> Location:
        """The place of the key, or of the nearest enclosing one, or of the file."""
        while path and path not in self.places:
            path = path[:-1]
        return Location(self.file, *self.places.get(path, (1, 1)))

    def excerpt(self, location: Location) -> str:
        """The line a location is about, for a diagnostic."""
        return self.text.split("\n")[location.line - 1].rstrip("\r")


def parse(file: str, content: bytes, diagnostics: Diagnostics) -> tuple[TomlSource, dict[str, Any]] | None:
    """A file's positions and data, or None with an error in `diagnostics`; tomllib stops at the first mistake."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = content[: problem.start].decode("utf-8-sig")
        location = Location(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        message = f"not UTF-8: byte 0x{content[problem.start]:02x} at offset {problem.start}"
        diagnostics.add(Diagnostic(Level.ERROR, "not-utf8", message, location, "save the file as UTF-8"))
        return None
    try:
        return TomlSource.read(file, text), tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        lines = text.split("\n")
        message, _, place = str(problem).rpartition(" (at ")
        found = re.fullmatch(r"line (\d+), column (\d+)\)", place)
        line, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)
        message = message[:1].lower() + message[1:]
    except RecursionError:
        line, column, message, lines = 1, 1, "nested too deeply", [""]
    excerpt = lines[line - 1].rstrip("\r") if line <= len(lines) else None
    diagnostics.add(
        Diagnostic(Level.ERROR, "not-toml", f"not TOML: {message}", Location(file, line, column), None, excerpt)
    )
    return None


def _statements(text: str) -> list[tuple[int, str]]:
    """Each header or assignment with the number of its first line; one assignment may span lines."""
    statements: list[tuple[int, str]] = []
    pending: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not pending and (not line.strip() or line.lstrip().startswith("#")):
            continue
        pending.append(line)
        chunk = "\n".join(pending)
        try:
            tomllib.loads(chunk)
        except tomllib.TOMLDecodeError:
            continue
        statements.append((number - len(pending) + 1, chunk))
        pending = []
    return statements


def _path_of(data: dict[str, Any]) -> KeyPath:
    path: list[str] = []
    value: Any = data
    while isinstance(value, (dict, list)) and len(value) == 1:
        if isinstance(value, list):
            value = value[0]
            continue
        (key,) = value
        path.append(key)
        value = value[key]
    return tuple(path)


def _depth_of_key(statement: str) -> int:
    """How many parts the key of an assignment has; the value may be an inline table, whose keys do not count."""
    for end, character in enumerate(statement):
        if character != "=":
            continue
        try:
            return len(_path_of(tomllib.loads(statement[:end] + "= 0")))
        except tomllib.TOMLDecodeError:
            # The equals sign stands inside a quoted key.
            continue
    return 1
