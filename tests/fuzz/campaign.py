"""A share of a run: its mutants one after the other, each by a seed of its own, and the faults that they meet."""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fuzz import exercise, sources
from tests.fuzz.exercise import Fault, faults
from tests.fuzz.mutate import Members, Mutator, drawn, members
from tests.fuzz.reduce import reduced, reduced_text
from tests.fuzz.text import written

_WHOLE = 0.75
_CACHED = 100
"""Mutants after which the cache is emptied, which is also tried while it is full."""
SHARE = 250
"""Mutants that one process meets, so that what each may leave in memory makes the next ones no slower."""


@dataclass(frozen=True)
class Found:
    """A fault, the mutant that met it first, and the small file that shows it."""

    fault: Fault
    mutant: int
    file: Path | None = None


@dataclass(frozen=True)
class Mutant:
    """The bytes of a changed description, what was written down, and the source it was changed from."""

    suffix: str
    content: bytes
    data: Any
    source: Any


def shares(mutants: int) -> list[range]:
    """The numbers of the mutants, dealt out."""
    return [range(first, min(first + SHARE, mutants)) for first in range(0, mutants, SHARE)]


def mutant(seed: int, number: int) -> Mutant:
    """The mutant of that number: always the same, and for most numbers the same with a description more or less."""
    chance = random.Random(f"{seed}/{number}")
    ticket = f"{seed}/{number}"
    if chance.random() < _WHOLE or not sources.published():
        source = sources.small()[drawn(sources.small(), ticket)]
    else:
        source = sources.piece(sources.published()[drawn(sources.published(), ticket)], chance)
    mutator = Mutator(chance, _members())
    data = mutator.mutant(source)
    suffix, content = written(data, chance)
    return Mutant(suffix, content, data, source)


@functools.cache
def _members() -> Members:
    return members(sources.small())


def run(seed: int, numbers: range, folder: Path, output: Path | None) -> list[Found]:
    """Meet the mutants of these numbers; each kind of fault is reduced and told once.

    Args:
        seed: The run's.
        numbers: Of the mutants.
        folder: To work in.
        output: Where the small files go; None reduces nothing.
    """
    found: dict[tuple[str, str], Found] = {}
    for place, number in enumerate(numbers):
        with _apart(folder, emptied=place % _CACHED == 0):
            made = mutant(seed, number)
            for fault in _met(made, folder):
                if fault.key in found:
                    continue
                file = None if output is None else _keep(made, fault, folder, output, f"{seed}-{number}")
                found[fault.key] = Found(fault, number, file)
                print(
                    f"mutant {number}: {fault.command}: {fault.kind} in {fault.where}: {fault.detail}  -> {file}",
                    flush=True,
                )
    print(f"… {numbers.stop}", flush=True)
    return list(found.values())


@contextlib.contextmanager
def _apart(folder: Path, *, emptied: bool) -> Iterator[None]:
    """With a cache of its own, on one processor, so that nothing is handed to a second process."""
    cache = folder / "cache"
    if emptied:
        shutil.rmtree(cache, ignore_errors=True)
    before = os.environ.get("VCSDK_CACHE_DIR")
    os.environ["VCSDK_CACHE_DIR"] = str(cache)
    try:
        yield
    finally:
        gc.enable()  # `generate` takes the process for its own
        os.environ.pop("VCSDK_CACHE_DIR")
        if before is not None:
            os.environ["VCSDK_CACHE_DIR"] = before


def _met(made: Mutant, folder: Path, commands: tuple[str, ...] = exercise.COMMANDS) -> list[Fault]:
    folder.mkdir(parents=True, exist_ok=True)
    description, known = folder / f"description{made.suffix}", folder / "known.json"
    description.write_bytes(made.content)
    known.write_text(json.dumps(made.source), encoding="utf-8")
    return faults(description, known, folder / "work", commands=commands)


def _keep(made: Mutant, fault: Fault, folder: Path, output: Path, name: str) -> Path:
    """Reduce what shows a fault, as data where it does so, else line by line."""
    output.mkdir(parents=True, exist_ok=True)

    def shows(content: bytes, suffix: str, source: Any) -> bool:
        again = Mutant(suffix, content, None, source)
        return any(each.key == fault.key for each in _met(again, folder, (fault.command,)))

    def as_json(data: Any) -> bytes:
        return json.dumps(data, indent=1).encode()

    slow = fault.kind == exercise.TookTooLong.__name__
    told = re.sub(r"\W+", "-", f"{fault.kind}-{fault.where}")[:60]
    file = output / f"{told}-{name}{made.suffix}"
    if not slow and shows(as_json(made.data), ".json", made.source):
        file = file.with_suffix(".json")
        file.write_bytes(as_json(reduced(made.data, lambda data: shows(as_json(data), ".json", made.source))))
    else:
        content = (
            made.content if slow else reduced_text(made.content, lambda text: shows(text, made.suffix, made.source))
        )
        file.write_bytes(content)
    return file
