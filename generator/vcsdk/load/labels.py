"""What tells the files of a set of descriptions apart: the shortest ends of their paths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from vcsdk.access import real


def labels(paths: Sequence[Path]) -> list[str]:
    """A label for each of several different paths: the stem, with folders before it where other files have the same.

    Labels depend on the paths alone, not on their order.
    """
    resolved = [PurePosixPath(real(path).as_posix()) for path in paths]
    stems = Counter(path.with_suffix("") for path in resolved)
    # Beside `api.yaml`, `api.json` is told apart by its ending.
    ends = [path.stem if stems[path.with_suffix("")] == 1 else path.name for path in resolved]
    wanted = [[*path.parts[1:-1], end] for path, end in zip(resolved, ends, strict=True)]
    found = [parts[-1:] for parts in wanted]
    for _ in range(max((len(parts) for parts in wanted), default=0)):
        counts = Counter(map(tuple, found))
        found = [
            parts[-len(now) - 1 :] if counts[tuple(now)] > 1 else now for parts, now in zip(wanted, found, strict=True)
        ]
    return ["/".join(parts) for parts in found]


def as_name(label: str) -> str:
    """A label as part of a component's name, which has letters, digits, `.`, `_` and `-` ("Components Object")."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", label)
