"""Diagnostics as text for people, as GitHub workflow commands, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TextIO

from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, Level
from vcsdk.quoting import github
from vcsdk.quoting.terminal import blank, escape

_COLOURS = {Level.ERROR: "\x1b[1;31m", Level.WARNING: "\x1b[1;33m", Level.NOTE: "\x1b[1;36m"}
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"

_WIDTH = 120
"""Longest excerpt in characters; of a longer line the part around the column is shown."""


def render_text(diagnostics: Diagnostics, *, colour: bool = False) -> str:
    """Every finding in reading order as `file:line:col: level: message [rule-id]`, its source line, and the hint.

    The caret stands below the column; the hint follows it.  "" where nothing was found, else ends with a line end.
    """
    return "".join(render_entry(diagnostic, colour=colour) for diagnostic in diagnostics)


def verdict(diagnostics: Diagnostics) -> str:
    """The counts in words: "2 errors", "1 error, 3 warnings"; "" where nothing was found."""
    counts = ((level, diagnostics.count(level)) for level in Level)
    return ", ".join(f"{count} {level.value}{'' if count == 1 else 's'}" for level, count in counts if count)


def render_github(diagnostics: Diagnostics) -> str:
    """Every finding as a workflow command (`::error file=…,line=…`), which GitHub shows beside the line."""
    lines = []
    for found in diagnostics:
        command = "notice" if found.level is Level.NOTE else found.level.value
        message = found.message if found.hint is None else f"{found.message} ({found.hint})"
        place = found.location
        lines_of = {"line": place.line, "col": place.column} if place.line != WHOLE else {}
        shown = {"file": place.file, **lines_of, "title": found.rule}
        lines.append(github.command(command, shown, message))
    return "".join(lines)


def render_json(diagnostics: Diagnostics) -> str:
    """A JSON array of the findings in reading order (`Diagnostic.as_dict`), ending with a line end."""
    return json.dumps([found.as_dict() for found in diagnostics], indent=2) + "\n"


def wants_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """True on a terminal, unless `NO_COLOR` is set (to anything but "", see no-color.org) or it is a dumb one."""
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb" and stream.isatty()


def render_entry(found: Diagnostic, *, colour: bool = False, label: str | None = None) -> str:
    """One finding as `render_text` gives it, with another word for its level where `label` is set."""
    message, place, level = escape(found.message), escape(str(found.location)), label or found.level.value
    hint = escape(found.hint) if found.hint is not None else None
    head = f"{place}: {level}: {message} [{found.rule}]\n"
    if colour:
        mark = _COLOURS[found.level]
        head = f"{_BOLD}{place}:{_PLAIN} {mark}{level}:{_PLAIN} {_BOLD}{message}{_PLAIN} {_DIM}[{found.rule}]{_PLAIN}\n"
    if not (found.excerpt or "").strip():
        return head if hint is None else f"{head}  hint: {hint}\n"
    excerpt, column = _clip(found.excerpt or "", found.location.column)
    number = f"{found.location.line:>5}"
    caret = "^" if hint is None else f"^ {hint}"
    if colour:
        caret = f"{_COLOURS[found.level]}^{_PLAIN}" + caret[1:]
    return f"{head}{number} | {excerpt}\n{' ' * len(number)} | {' ' * (column - 1)}{caret}\n"


def _clip(line: str, column: int) -> tuple[str, int]:
    """At most `_WIDTH` characters of a line around a column, and the column in them (both count from 1)."""
    if len(line) <= _WIDTH:
        return blank(line).rstrip(), column
    # A whole document may stand on one line: only what is shown is looked at.
    start = max(0, min(column - 1 - _WIDTH // 3, len(line) - _WIDTH))
    head, tail = "…" if start else "", "…" if start + _WIDTH < len(line) else ""
    return head + blank(line[start : start + _WIDTH]) + tail, column - start + len(head)
