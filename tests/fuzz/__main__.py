"""`make fuzz SEED=… MUTANTS=…`: spoils descriptions, puts them through every command, and reduces what goes wrong."""

from __future__ import annotations

import argparse
import multiprocessing
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.campaign import Found, run, shares


def main() -> int:
    """Exits 1 if a fault was found."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--output", type=Path, default=Path(".fuzz"))
    options = parser.parse_args()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    began = time.monotonic()
    print(f"seed {seed}: {options.mutants} mutants", flush=True)
    with tempfile.TemporaryDirectory(prefix="vcsdk-fuzz-") as folder:
        jobs = [(seed, share, Path(folder) / str(n), options.output) for n, share in enumerate(shares(options.mutants))]
        context = multiprocessing.get_context("fork")
        with context.Pool(options.workers, maxtasksperchild=1) as pool:
            found = [each for several in pool.starmap(run, jobs, chunksize=1) for each in several]
    minutes = (time.monotonic() - began) / 60
    print(f"{options.mutants} mutants, {options.mutants / minutes:.0f} a minute, {len(_each_once(found))} faults")
    return 1 if found else 0


def _each_once(found: list[Found]) -> dict[tuple[str, str], Found]:
    return {each.fault.key: each for each in found}


if __name__ == "__main__":
    sys.exit(main())
