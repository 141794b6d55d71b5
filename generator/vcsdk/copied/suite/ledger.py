"""Counts accepted calls of an operation, across threads and worker processes."""

from __future__ import annotations

import hashlib
from pathlib import Path


class Ledger:
    """A folder with one file for each accepted call, or call whose answer is not known yet.

    A place is taken before the request leaves, so that no two processes can both use the last one.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self.limit = limit

    def take(self, operation: str) -> Path | None:
        """A place for one call of the operation, or None if the limit is reached."""
        key = hashlib.sha256(operation.encode()).hexdigest()[:16]
        for number in range(self.limit):
            place = self._folder / f"{key}.{number}"
            try:
                place.touch(exist_ok=False)
            except FileExistsError:
                continue
            return place
        return None

    @staticmethod
    def give_back(place: Path) -> None:
        """The call was refused: the place is free again."""
        place.unlink(missing_ok=True)

    def accepted(self) -> int:
        """How many places are taken, over all operations."""
        return sum(1 for _ in self._folder.iterdir())
