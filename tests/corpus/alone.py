"""A place to import httpx2, msgspec and what those two need from, and nothing else that is installed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

WANTED = ("httpx2", "msgspec")


def alone(folder: Path) -> Path:
    """The folder, with a link to each of their modules."""
    folder.mkdir(parents=True)
    for name in _needed(WANTED):
        distribution = metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or () if not file.parts[0].startswith("..")}:
            if top == "__pycache__":
                continue
            (folder / top).symlink_to(Path(str(distribution.locate_file(top))).resolve())
    return folder


def _needed(names: tuple[str, ...]) -> Iterator[str]:
    met: set[str] = set()
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in met:
            continue
        met.add(name)
        yield name
        requirements = (Requirement(text) for text in metadata.distribution(name).requires or ())
        waiting += [each.name for each in requirements if each.marker is None or each.marker.evaluate({"extra": ""})]
