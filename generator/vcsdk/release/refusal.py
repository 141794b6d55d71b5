"""How building, releasing and publishing say what they cannot do."""

from __future__ import annotations

from pathlib import Path

from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, InputError, Level, Location


def refusal(rule: str, message: str, where: str | Path, hint: str | None = None, *, line: int = WHOLE) -> InputError:
    """An error about a file, or about something with another name (an index, an option), ready to be raised.

    Without a line, a file is meant from its beginning; what is none has no place in it.
    """
    place = where.as_posix() if isinstance(where, Path) else where
    if line == WHOLE and isinstance(where, Path) and not where.is_dir():
        line = 1
    return InputError(Diagnostics([Diagnostic(Level.ERROR, rule, message, Location(place, line), hint)]))
