"""The last look at what a run has written: no file may show a secret, in whatever spelling."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .masking import Secrets

_BLOCK = 1 << 24
# As long as the longest spelling of a secret that could lie across two blocks.
_OVERLAP = 1 << 14


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


def _shows(path: Path, secrets: Secrets) -> bool:
    with path.open(encoding="utf-8", errors="backslashreplace") as stream:
        kept = ""
        while block := stream.read(_BLOCK):
            if secrets.left_in(kept + block):
                return True
            kept = block[-_OVERLAP:]
    return False
