"""The last look at what a run has written: no file may show a secret, in whatever spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from . import archive, replay
from .masking import Secrets

_BLOCK = 1 << 24
# As long as the longest spelling of a secret that could lie across two blocks.
_OVERLAP = 1 << 14


def mask_again(events: Path | None, har: Path | None, secrets: Secrets) -> None:
    """Mask what one process of a run wrote of another's token before it was told of it.

    A server may show a token in one answer before the answer that brings it has come.

    Raises:
        OSError: A file cannot be read or written.
    """
    for path, again in ((events, replay.masked_again), (har, archive.masked_again)):
        if path is not None and find([path], secrets):
            _if_whole(again, path, secrets)


def find(paths: Iterable[Path], secrets: Secrets) -> list[Path]:
    """The files that show a secret; those that are not there are passed over.

    Raises:
        OSError: A file cannot be read.
    """
    return [path for path in paths if path.is_file() and _shows(path, secrets)]


def remove(paths: Iterable[Path]) -> None:
    """Take files away that nobody may see."""
    for path in paths:
        path.unlink(missing_ok=True)


def told(found: Iterable[Path]) -> str:
    """What a run that wrote a secret says of itself."""
    names = ", ".join(path.name for path in found)
    return f"the run failed: a password or session token, or a part of one, stood in {names}; all it wrote was removed"


def _if_whole(again: Callable[[Path, Callable[[str], str]], None], path: Path, secrets: Secrets) -> None:
    try:
        again(path, secrets.mask)
    except ValueError:
        # What cannot be read as what it is stays as it is, and is found.
        path.with_name(path.name + ".new").unlink(missing_ok=True)


def _shows(path: Path, secrets: Secrets) -> bool:
    with path.open(encoding="utf-8", errors="backslashreplace") as stream:
        kept = ""
        while block := stream.read(_BLOCK):
            if secrets.left_in(kept + block):
                return True
            kept = block[-_OVERLAP:]
    return False
