"""`make corpus`: every published description at hand becomes a package, which is used as far as it goes."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.corpus.alone import alone
from tests.corpus.examining import Examined, examine
from tests.corpus.expected import expectations, surprises
from tests.corpus.files import CORPUS, MISSING, names, tenth

AT_ONCE = 2


def main() -> int:
    """Print what is not whole and a summary; 1 if anything is better or worse than known, 2 if there is nothing."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders to look at besides ../shared/corpus")
    parser.add_argument("--only", default="", help="descriptions with this in their names")
    parser.add_argument("--verbose", action="store_true", help="print every fault")
    parser.add_argument("--tenth", action="store_true", help="only a tenth of ../shared/corpus, always the same")
    options = parser.parse_args()
    known = expectations()
    status = 0
    for folder in (CORPUS, *options.folders):
        every = tenth(names(folder)) if options.tenth else names(folder)
        chosen = [name for name in every if options.only in name]
        if not chosen and options.only:
            continue
        if not chosen:
            print(MISSING if folder == CORPUS else f"{folder} has no descriptions", file=sys.stderr)
            status = 2
            continue
        started = time.perf_counter()
        found = []
        for each in examined(folder, chosen):
            found.append(each)
            if each.outcome != "whole" or each.faults:
                print(each, flush=True)
            if options.verbose:
                for kind, where, what in each.faults:
                    print(f"    {kind}  {where}: {what}", flush=True)
        print(summary(found, time.perf_counter() - started))
        unexpected = list(surprises(found, known if folder == CORPUS else {}))
        if folder != CORPUS:
            # What is known says nothing of others, where only faults count.
            unexpected = [str(each) for each in found if each.faults]
        for line in unexpected:
            print(f"not as expected: {line}")
        status = status or (1 if unexpected else 0)
    return status


def examined(folder: Path, chosen: Iterable[str]) -> Iterator[Examined]:
    """Examine descriptions, two at a time; as they get ready."""
    with tempfile.TemporaryDirectory(prefix="vcsdk-corpus-") as work:
        place = alone(Path(work) / "alone")
        tasks = [(name, folder / name, Path(work) / str(number), place) for number, name in enumerate(chosen)]
        with multiprocessing.get_context("fork").Pool(AT_ONCE) as pool:
            yield from pool.imap_unordered(_examine, tasks)


def _examine(task: tuple[str, Path, Path, Path]) -> Examined:
    return examine(*task)


def summary(found: list[Examined], seconds: float) -> str:
    """Counts of what came out, what was tried and what could not be."""
    outcomes = Counter(each.outcome for each in found)
    faults = Counter(kind for each in found for kind, _, _ in each.faults)
    tried = sum((each.counted for each in found), Counter[str]())
    untried = sum((each.untried for each in found), Counter[str]())
    slowest, largest = max(each.seconds for each in found), max(each.megabytes for each in found)
    lines = [
        f"{len(found)} descriptions in {seconds:.0f} s: {_listed(outcomes)}",
        f"  tried: {_listed(tried)}; not tried: {_listed(untried) or 'nothing'}",
        f"  the slowest took {slowest:.1f} s, the largest {largest:.0f} MB; faults: {_listed(faults) or 'none'}",
    ]
    return "\n".join(lines)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))


if __name__ == "__main__":
    raise SystemExit(main())
