"""`make soak SOAK=1000`: fails over as often, with outages, cuts and forks by chance, against several simulators."""

from __future__ import annotations

import argparse
import multiprocessing
import secrets
import sys
import time
from collections import Counter
from multiprocessing.queues import SimpleQueue

from tests.soak.campaign import Ended, share
from tests.soak.misfortune import LONGEST_OUTAGE


def main() -> int:
    """Exits 1 if a failover was not decided, was decided wrongly, or was asked for more than once."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--failovers", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--workers", type=int, default=6, help="failovers at a time: most of each is waiting")
    parser.add_argument("--outage", type=float, default=LONGEST_OUTAGE, help="longest outage, in seconds")
    options = parser.parse_args()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    began = time.monotonic()
    print(f"seed {seed}: {options.failovers} failovers, {options.workers} at a time", flush=True)
    context = multiprocessing.get_context("spawn")
    told: SimpleQueue[Ended | None] = context.SimpleQueue()
    workers = [
        # Not daemons: they start processes of their own.
        context.Process(target=share, args=(told, seed, range(n, options.failovers, options.workers), options.outage))
        for n in range(options.workers)
    ]
    for worker in workers:
        worker.start()
    ended = list(_told(told, len(workers)))
    for worker in workers:
        worker.join()
    _summarize(ended, time.monotonic() - began)
    return 1 if len(ended) != options.failovers or any(each.wrong for each in ended) else 0


def _told(told: SimpleQueue[Ended | None], workers: int) -> list[Ended]:
    ended: list[Ended] = []
    while workers:
        each = told.get()
        if each is None:
            workers -= 1
            continue
        ended.append(each)
        for wrong in each.wrong:
            print(f"{each.fate}\n  ended {each.ended}, {each.served}\n  {wrong}", flush=True)
        if len(ended) % 50 == 0:
            print(f"… {len(ended)}", flush=True)
    return ended


def _summarize(ended: list[Ended], seconds: float) -> None:
    ways = Counter(how for each in ended for _, how in each.ended[:1])
    children = sum(len(each.ended) - 1 for each in ended if each.ended)
    asked = sum(each.served.asked for each in ended if each.served is not None)
    print(f"{len(ended)} failovers in {seconds:.0f} s, {asked} requests; {children} forked children waited, too")
    print("decided by " + ", ".join(f"{way} {count}" for way, count in sorted(ways.items())))
    print(f"{sum(1 for each in ended if each.wrong)} wrong")


if __name__ == "__main__":
    sys.exit(main())
