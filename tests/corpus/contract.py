"""`make corpus-contract`: the simulator of every published description, held to the suite of the same description."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest  # noqa: F401  what is imported here is there at once in every fork
import schemathesis  # noqa: F401

from tests.corpus.files import CORPUS, MISSING, names, tenth
from tests.corpus.holding import LEVELS, Held, hold

AT_ONCE = 2


def main() -> int:
    """Print what disagrees and a summary; 1 if anything does, 2 if there is nothing."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.contract", description=__doc__)
    parser.add_argument("--only", default="", help="descriptions with this in their names")
    parser.add_argument("--tenth", action="store_true", help="only a tenth of them, always the same")
    parser.add_argument("--level", choices=LEVELS, action="append", help="only this level; repeatable")
    options = parser.parse_args()
    chosen = [name for name in (tenth(names()) if options.tenth else names()) if options.only in name]
    if not chosen:
        print(MISSING if not names() else "there is no such description", file=sys.stderr)
        return 2
    started = time.perf_counter()
    found = []
    for each in held(chosen, tuple(options.level or LEVELS)):
        found.append(each)
        if each.rows or each.trouble:
            print(each, flush=True)
    print(summary(found, time.perf_counter() - started))
    return 1 if any(each.rows or each.trouble for each in found) else 0


def held(chosen: Iterable[str], levels: tuple[str, ...]) -> Iterator[Held]:
    """Hold descriptions, two at a time; as they get ready."""
    with tempfile.TemporaryDirectory(prefix="vcsdk-corpus-") as work:
        tasks = [(name, CORPUS / name, Path(work) / str(number), levels) for number, name in enumerate(chosen)]
        with multiprocessing.get_context("fork").Pool(AT_ONCE) as pool:
            yield from pool.imap_unordered(_hold, tasks)


def _hold(task: tuple[str, Path, Path, tuple[str, ...]]) -> Held:
    return hold(*task)


def summary(found: list[Held], seconds: float) -> str:
    """What was held and what was not, and how much of it agreed."""
    untried = Counter(each.untried for each in found if each.untried)
    tried = [each for each in found if not each.untried]
    disagreeing = sum(bool(each.rows or each.trouble) for each in tried)
    reasons = "".join(f", {count} {reason}" for reason, count in sorted(untried.items()))
    return (
        f"{len(found)} descriptions in {seconds:.0f} s: {len(tried)} held{reasons}\n"
        f"  {sum(each.tests for each in tried):,} tests, {sum(each.requests for each in tried):,} requests; "
        f"{sum(len(each.rows) for each in tried)} findings in {disagreeing} descriptions"
    )


if __name__ == "__main__":
    raise SystemExit(main())
