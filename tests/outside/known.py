"""Differences that are known, each with its reason: none is there unlisted, none listed that is not there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "differences"


@dataclass(frozen=True)
class Known:
    """Differences of one kind.  `places` are texts with `*`; `count` is how many differences they match together."""

    reason: str
    places: tuple[str, ...]
    count: int

    def matches(self, difference: str) -> list[str]:
        """The places that this difference stands for."""
        return [place for place in self.places if re.fullmatch(re.escape(place).replace(r"\*", ".*"), difference)]


def read(name: str) -> list[Known]:
    """The list of this name."""
    data = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    entries = data.get("difference", [])
    return [Known(entry["reason"], tuple(entry["places"]), entry["count"]) for entry in entries]


def complaints(differences: Iterable[str], known: list[Known]) -> list[str]:
    """What is not on the list, and what the list has that is not needed."""
    found = sorted(set(differences))
    said = [f"not listed: {one}" for one in found if not any(entry.matches(one) for entry in known)]
    for entry in known:
        matched = [(one, places) for one in found if (places := entry.matches(one))]
        if len(matched) != entry.count:
            said.append(f"listed as {entry.count}, now {len(matched)}: {entry.places} ({entry.reason})")
        used = {place for _, places in matched for place in places}
        said += [f"not needed: {place} ({entry.reason})" for place in entry.places if place not in used]
    return said
