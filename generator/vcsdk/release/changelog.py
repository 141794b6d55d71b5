"""Writes a changelog as "Keep a Changelog" 1.1.0 asks for: https://keepachangelog.com."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from vcsdk.diff.scale import Section
from vcsdk.release.notes import Note

FILE = "CHANGELOG.md"

_HEAD = """# Changelog

The format is [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), versions follow
[Semantic Versioning](https://semver.org). Before 1.0, what breaks callers raises the second number.
"""
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
        lines += [f"- {'**Breaking:** ' if note.breaking else ''}{_closed(note.text)}" for note in found]
        lines.append("")
    return "\n".join(lines)


def insert(text: str, new: str) -> str:
    """A changelog with a new entry above the latest, below "Unreleased"; "" as the text begins one."""
    if not text.strip():
        return f"{_HEAD}\n{new}"
    for match in _ENTRY.finditer(text):
        if not text[match.end() :].lower().startswith("unreleased"):
            return f"{text[: match.start()]}{new}\n{text[match.start() :]}"
    return f"{text.rstrip()}\n\n{new}"


def has(text: str, version: str) -> bool:
    """Whether there is an entry of this version."""
    return f"\n## [{version}]" in f"\n{text}"


def _closed(text: str) -> str:
    """With a capital letter in front, unless that is code, and a full stop."""
    opened = text[:1].upper() + text[1:]
    return opened if opened.endswith((".", "!", "?", "…")) else f"{opened}."
