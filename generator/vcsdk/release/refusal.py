"""How building, releasing and publishing say what they cannot do."""

from __future__ import annotations

from pathlib import Path

from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, InputError, Level, Location


def refusal(rule: str, message: str, where: str | Path, hint: str | None = None, *, line: int = WHOLE) -> InputError:
    """An error about a file, or about something with another name (an index, an option), ready to be raised.

    Without a line it is about the whole of it.
    """
    place = where.as_posix() if isinstance(where, Path) else where
    return InputError(Diagnostics([Diagnostic(Level.ERROR, rule, message, Location(place, line), hint)]))
