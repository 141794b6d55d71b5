"""What tells the files of a set of descriptions apart: the shortest ends of their paths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath


def labels(paths: Sequence[Path]) -> list[str]:
    """A label for each path, in their order: the stem, with folders before it where other files have the same.

    Labels depend on the paths alone, not on their order.
    """
    resolved = [PurePosixPath(path.resolve().as_posix()) for path in paths]
    wanted = [str(path.with_suffix("")).split("/") for path in resolved]
    found = [parts[-1:] for parts in wanted]
    for _ in range(max((len(parts) for parts in wanted), default=0)):
        counts = Counter(map(tuple, found))
        found = [
            parts[-len(now) - 1 :] if counts[tuple(now)] > 1 else now for parts, now in zip(wanted, found, strict=True)
        ]
    counts = Counter(map(tuple, found))
    return [
        "/".join(now) if counts[tuple(now)] == 1 else str(path).lstrip("/")
        for path, now in zip(resolved, found, strict=True)
    ]


def as_name(label: str) -> str:
    """A label as part of a component's name, which has letters, digits, `.`, `_` and `-` ("Components Object")."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", label)
