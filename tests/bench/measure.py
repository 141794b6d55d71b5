"""Runs contestants in turn and takes medians, so that a noisy machine is equally unfair to all."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sample:
    """One run of a process: wall seconds and peak resident megabytes, children included."""

    seconds: float
    megabytes: float


class RunFailed(Exception):
    """A contestant's process did not exit with 0."""


def process(command: Sequence[str], cwd: Path) -> Sample:
    """Run a command to its end; its output is kept only to explain a failure."""
    # Whoever measures may keep Python from writing bytecode; nobody who uses a tool compiles it anew each time.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    log = cwd / "bench.log"
    started = time.perf_counter()
    with log.open("wb") as sink:
        child = subprocess.Popen(list(command), cwd=cwd, env=environment, stdout=sink, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    code = child.returncode = os.waitstatus_to_exitcode(status)
    if code != 0:
        tail = log.read_text(errors="replace")[-2000:]
        raise RunFailed(f"{' '.join(command[:3])} … exited with {code}:\n{tail}")
    return Sample(seconds, usage.ru_maxrss / 1024)


def interleaved(contestants: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Every contestant once a round, the order turning by one each round; one warm-up round is thrown away."""
    names = list(contestants)
    results: dict[str, list[T]] = {name: [] for name in names}
    for turn in range(rounds + 1):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            result = contestants[name]()
            if turn:
                results[name].append(result)
    return results


def median_seconds(samples: Sequence[Sample]) -> float:
    """The median wall time."""
    return statistics.median(sample.seconds for sample in samples)


def peak_megabytes(samples: Sequence[Sample]) -> float:
    """The median of the peaks."""
    return statistics.median(sample.megabytes for sample in samples)
