"""Writes a changelog as "Keep a Changelog" 1.1.0 asks for: https://keepachangelog.com."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

from vcsdk.diff.scale import Section
from vcsdk.release.notes import Note
from vcsdk.release.refusal import refusal

FILE = "CHANGELOG.md"

_HEAD = """# Changelog

The format is [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), versions follow
[Semantic Versioning](https://semver.org). Before 1.0, what breaks callers raises the second number.
"""
# `=======` alone is a heading in Markdown; it never stands without one of these.
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)")
_ENTRY = re.compile(r"^## \[", re.MULTILINE)


def entry(version: str, date: datetime.date | None, notes: Sequence[Note], opening: str = "") -> str:
    """A release's entry; ends with a line end.

    Args:
        version: Of the release.
        date: Of the release; None for a draft, which is "Unreleased".
        notes: What changed; sections come in the order of "Keep a Changelog".
        opening: A sentence before the sections, such as for the first release.
    """
    lines = [f"## [{version}] - {date.isoformat() if date is not None else 'Unreleased'}", ""]
    if opening:
        lines += [opening, ""]
    for section in Section:
        found = [note for note in notes if note.section == section]
        if not found:
            continue
        lines += [f"### {section}", ""]
        for note in found:
            lines += [f"- {'**Breaking:** ' if note.breaking else ''}{_closed(note.text)}", *_folded(note)]
        if lines[-1]:
            lines.append("")
    return "\n".join(lines)


def _folded(note: Note) -> list[str]:
    """Everything that a line is about, where it names only some of it."""
    if not note.every:
        return []
    count = sum(len(names) for _, names in note.every)
    listed = [f"  - {': '.join(filter(None, (resource, ', '.join(names))))}" for resource, names in note.every]
    return ["", f"  <details><summary>All {count:,}</summary>", "", *listed, "", "  </details>", ""]


def read(file: Path) -> str:
    """The changelog in a file, "" if there is none.

    Raises:
        InputError: `not-utf8`, or `merge-conflict`: a merge is not settled.
    """
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
    except UnicodeDecodeError as error:
        place = error.object[: error.start].count(b"\n") + 1
        raise refusal("not-utf8", "the changelog is not UTF-8", file, "save the file as UTF-8", line=place) from None
    line = conflict(text)
    if line is not None:
        hint = "settle the merge first, then go on"
        raise refusal("merge-conflict", "this line is a conflict that a merge left", file, hint, line=line)
    return text


def insert(text: str, new: str) -> str:
    """A changelog with a new entry above the latest, below "Unreleased"; "" as the text begins one."""
    if not text.strip():
        return f"{_HEAD}\n{new}"
    for match in _ENTRY.finditer(text):
        if not text[match.end() :].lower().startswith("unreleased"):
            return f"{text[: match.start()]}{new}\n{text[match.start() :]}"
    return f"{text.rstrip()}\n\n{new}"


def conflict(text: str) -> int | None:
    """The line, from 1, of the first marker that an unsettled merge left; None where there is none."""
    return next((number for number, line in enumerate(text.splitlines(), 1) if _CONFLICT.match(line)), None)


def has(text: str, version: str) -> bool:
    """Whether there is an entry of this version."""
    return f"\n## [{version}]" in f"\n{text}"


def _closed(text: str) -> str:
    """With a capital letter in front, unless that is code, and a full stop."""
    opened = text[:1].upper() + text[1:]
    return opened if opened.endswith((".", "!", "?", "…")) else f"{opened}."
