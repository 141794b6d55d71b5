"""The file that keeps a record: beside the configuration that the release was made with."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, Level, Location
from vcsdk.naming.record import Record
from vcsdk.naming.record_lines import RecordError
from vcsdk.naming.record_text import parse

SUFFIX = ".names.txt"


class RecordFile(msgspec.Struct, frozen=True):
    """A record where it is kept; `record` and `sha256` (hex digest) are None where there is no such file."""

    path: Path
    record: Record | None = None
    sha256: str | None = None


def beside(config: Path) -> Path:
    """The file of the record that belongs to a configuration: `vcha.names.txt` beside `vcha.toml`."""
    return config.with_suffix(SUFFIX)


def read_record(config: Path, diagnostics: Diagnostics) -> RecordFile:
    """The record beside a configuration; what is wrong with it is an error `unreadable-names`."""
    path = beside(config)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return RecordFile(path)
    except OSError as problem:
        return _refuse(path, f"cannot be read: {problem.strerror or problem}", 0, diagnostics)
    try:
        record = parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _refuse(path, "this is not UTF-8", 0, diagnostics)
    except RecordError as problem:
        return _refuse(path, str(problem), problem.line, diagnostics)
    return RecordFile(path, record, hashlib.sha256(content).hexdigest())


def _refuse(path: Path, message: str, line: int, diagnostics: Diagnostics) -> RecordFile:
    hint = "mend the line, or take the file of the last release"
    place = Location(path.as_posix(), line or WHOLE)
    diagnostics.add(Diagnostic(Level.ERROR, "unreadable-names", message, place, hint))
    return RecordFile(path)
