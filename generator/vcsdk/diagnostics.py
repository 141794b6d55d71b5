"""What is wrong with an input, where it stands, and how to mend it.

Every problem that a user can cause ends as a `Diagnostic`; `render` prints it as
`file:line:col: level: message [rule-id]` with the line it is about and a hint.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

import msgspec


class Level(enum.StrEnum):
    """How bad a finding is: an error stops the run, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Origin(msgspec.Struct, frozen=True, order=True):
    """A node of a source file: the file as the user named it and an RFC 6901 pointer ("" is the root).

    Cheap to carry on every node; `load.Document.locate` turns it into a `Location` when one is needed.
    """

    file: str
    pointer: str = ""


WHOLE = 0
"""The line of what has no lines, or of which none is meant: a folder, an option, an index, a file that is not there."""


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a text file; line and column count from 1.  With the line `WHOLE` it is the file, or another thing."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return self.file if self.line == WHOLE else f"{self.file}:{self.line}:{self.column}"


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding about an input.

    `hint` says how to mend it ("did you mean `Std_Errors_Error`?"); `excerpt` is the source line it is about.
    """

    level: Level
    rule: str
    message: str
    location: Location
    hint: str | None = None
    excerpt: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The form reports carry: level, rule, file, line, column, message and, where there is one, hint."""
        row: dict[str, object] = {
            "level": self.level.value,
            "rule": self.rule,
            "file": self.location.file,
            "line": self.location.line or None,
            "column": self.location.column if self.location.line else None,
            "message": self.message,
        }
        if self.hint is not None:
            row["hint"] = self.hint
        return row


class Diagnostics:
    """Collects the findings of one run, so that all of them are shown at once.

    `remedy` says what would help with all errors, None where nothing does.
    """

    def __init__(self, found: Iterable[Diagnostic] = ()) -> None:
        self.found = list(found)
        self.remedy: str | None = None
        self._met: set[Diagnostic] = set()

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a finding; the same finding at the same place is kept once."""
        if diagnostic not in self._met:
            self._met.add(diagnostic)
            self.found.append(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        """In reading order: by file, line, column, then rule."""
        return iter(sorted(self.found, key=lambda d: (d.location, d.rule, d.message)))

    def __len__(self) -> int:
        return len(self.found)

    def count(self, level: Level) -> int:
        """How many findings of this level there are."""
        return sum(1 for diagnostic in self.found if diagnostic.level is level)

    @property
    def failed(self) -> bool:
        """True once an error is among the findings."""
        return any(diagnostic.level is Level.ERROR for diagnostic in self.found)

    def stop_if_failed(self) -> None:
        """Raise `InputError` if an error is among the findings; called at the end of each stage."""
        if self.failed:
            raise InputError(self)


class InputError(Exception):
    """The input cannot be used; carries every finding so far.  Commands print them and exit 2."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__(f"{diagnostics.count(Level.ERROR)} errors")
        self.diagnostics = diagnostics
