"""The descriptions of a folder."""

from __future__ import annotations

import random
from pathlib import Path

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
MISSING = "the published descriptions are not beside the project (../shared/corpus)"


def names(folder: Path = CORPUS) -> list[str]:
    """Every file that may be one, from the folder; empty where there is no such folder."""
    found = (path for path in folder.rglob("*") if path.suffix in (".json", ".yaml", ".yml") and path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def tenth(every: list[str]) -> list[str]:
    """A tenth of them, always the same."""
    return sorted(random.Random("corpus").sample(every, -(-len(every) // 10)))
