"""Replaces a set of files so that all of them are new or all are as before, also when the process dies in between."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from vcsdk.write.destination import UnsafePathError, content_at
from vcsdk.write.workplace import JOURNAL, workplace, workplaces

_BACKUP = "backup"


class _Journal(msgspec.Struct):
    """How to undo: `replaced` gives the number of a path's backup, `created` are new files, `folders` new folders."""

    replaced: dict[str, int]
    created: list[str]
    folders: list[str]


def commit(place: Path, out: Path, write: Mapping[PurePosixPath, Path], remove: Sequence[PurePosixPath]) -> None:
    """Put staged files into the output and delete others.

    First every file that goes gets a second link in the workplace and the journal says how to undo; then the
    changes are renames.  The journal is deleted last: that instant decides between old and new.

    Args:
        place: The workplace, held by us, on the output's file system.
        out: The output folder.
        write: The staged file of each path below `out`.
        remove: Paths below `out` that are deleted, with the folders that become empty.

    Raises:
        OSError: Something could not be changed; everything is as it was.
    """
    backup = place / _BACKUP
    backup.mkdir()
    journal = _Journal({}, [], _missing_folders(out, write))
    for path in (*write, *remove):
        target = out / path
        if target.exists():
            number = len(journal.replaced)
            _link(target, backup / str(number))
            journal.replaced[str(path)] = number
        else:
            journal.created.append(str(path))
    _write_journal(place, journal)
    try:
        for folder in journal.folders:
            (out / folder).mkdir(exist_ok=True)
        for path, staged in write.items():
            target = out / path
            if str(path) in journal.replaced:
                shutil.copymode(target, staged)
            staged.replace(target)
        for path in remove:
            (out / path).unlink()
    except BaseException:
        _undo(place, out, journal)
        raise
    (place / JOURNAL).unlink()
    for path in remove:
        _remove_empty(out, path)


def recover(out: Path) -> bool:
    """Undo what a writer left half done when it died.

    Returns:
        Whether there was anything to undo.

    Raises:
        OSError: It could not be undone; the journal stays.
    """
    if not any(place.exists() for place in workplaces(out)):
        return False
    with workplace(out) as place:
        return recover_in(place, out)


def recover_in(place: Path, out: Path) -> bool:
    """The same in a workplace that we hold."""
    try:
        content = (place / JOURNAL).read_bytes()
    except FileNotFoundError:
        return False
    _undo(place, out, msgspec.json.decode(content, type=_Journal))
    return True


def _undo(place: Path, out: Path, journal: _Journal) -> None:
    for path, number in journal.replaced.items():
        saved = place / _BACKUP / str(number)
        if saved.exists() and _is_ours(out, path):
            saved.replace(out / path)
    for path in journal.created:
        if _is_ours(out, path):
            (out / path).unlink(missing_ok=True)
    for folder in reversed(journal.folders):
        with suppress(OSError):
            (out / folder).rmdir()
    (place / JOURNAL).unlink(missing_ok=True)


def _is_ours(out: Path, path: str) -> bool:
    """A journal is a file on the disk: it must not make us write through a link somebody has put there since."""
    try:
        content_at(out, PurePosixPath(path))
    except UnsafePathError:
        return False
    return ".." not in PurePosixPath(path).parts


def _missing_folders(out: Path, write: Mapping[PurePosixPath, Path]) -> list[str]:
    folders: set[PurePosixPath] = set()
    for path in write:
        folder = path.parent
        while folder not in folders:
            folders.add(folder)
            folder = folder.parent
    return [str(folder) for folder in sorted(folders) if not (out / folder).exists()]


def _link(target: Path, saved: Path) -> None:
    try:
        os.link(target, saved)
    except OSError:
        # Some file systems know no hard links (exFAT, some network shares).
        shutil.copy2(target, saved)


def _write_journal(place: Path, journal: _Journal) -> None:
    temporary = place / f"{JOURNAL}.new"
    with temporary.open("wb") as stream:
        stream.write(msgspec.json.encode(journal))
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(place / JOURNAL)


def _remove_empty(out: Path, path: PurePosixPath) -> None:
    for parent in path.parents[:-2]:
        try:
            (out / parent).rmdir()
        except OSError:
            return
