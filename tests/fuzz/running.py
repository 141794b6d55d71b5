"""Mutants one after the other, all from a seed; each fault is kept once, reduced to a small file."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tests.fuzz import inputs, judging, mutate
from tests.fuzz.reduce import reduced


class Found(msgspec.Struct, frozen=True):
    """A fault, the number of its mutant, and the text that shows it."""

    number: int
    fault: judging.Fault
    content: bytes
    suffix: str


def mutant(seed: int, number: int) -> tuple[bytes, str, bytes]:
    """The text of a mutant, its suffix, and that of what it was made of."""
    chosen = random.Random(f"{seed}-{number}")
    document = inputs.choose(chosen)
    base = json.dumps(document).encode()
    for _ in range(chosen.choice((1, 1, 2, 3, 6))):
        mutate.change(document, chosen)
    content, suffix = mutate.written(document, chosen)
    return content, suffix, base


def run(seed: int, count: int, *, first: int = 0, reduce: bool = True) -> Iterator[Found]:
    """The faults of so many mutants; one of a kind is given once."""
    met: set[str] = set()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        for number in range(first, first + count):
            content, suffix, base = mutant(seed, number)
            (folder / "base.json").write_bytes(base)
            for fault in judging.faults(content, suffix, folder / "run", folder / "base.json"):
                if fault.kind in met:
                    continue
                met.add(fault.kind)
                yield Found(number, fault, _small(content, suffix, fault, folder) if reduce else content, suffix)


def _small(content: bytes, suffix: str, fault: judging.Fault, folder: Path) -> bytes:
    try:
        document = json.loads(content) if suffix == "json" else None
    except (ValueError, RecursionError):
        document = None
    if document is None or fault.kind == "too slow":
        return content

    def has_fault(text: bytes) -> bool:
        found = judging.faults(text, "json", folder / "smaller", folder / "base.json")
        return any(each.kind == fault.kind for each in found)

    return reduced(document, has_fault)


def main(seed: int, count: int, out: Path) -> int:
    """Write each fault's small file and say what it is; 1 where there is any."""
    shown = 0
    for found in run(seed, count):
        shown += 1
        out.mkdir(parents=True, exist_ok=True)
        place = out / f"{seed}-{found.number}.{found.suffix}"
        place.write_bytes(found.content)
        print(f"{place}: {found.fault.command}: {found.fault.kind}\n{found.fault.said}\n", flush=True)
    print(f"{count} mutants of seed {seed}: {shown} faults")
    return 1 if shown else 0
