"""`python -m tests.fuzz [--seed N] [--count N] [--out DIR]`: exits 1 where a mutant shows a fault."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.fuzz.running import main

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--out", type=Path, default=Path("fuzz-faults"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as memory:
        os.environ["VCSDK_CACHE_DIR"] = memory
        sys.exit(main(given.seed, given.count, given.out))
