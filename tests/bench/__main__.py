"""`make bench`: everything that issue texts and the README say about speed, measured side by side in one run."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import calls, codec, generation, imports, inputs, large, peers, sdk, table


def main() -> int:
    """Measure, print the table, and exit 1 if a bound was missed (2 if the descriptions are not there)."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds of whole processes (default 5)")
    parser.add_argument("--environment", type=Path, default=Path(".bench"), help="where the other tools are installed")
    options = parser.parse_args()
    for path in (inputs.VCENTER, inputs.LARGE):
        if not path.exists():
            print(f"nothing to measure: {path} is missing", file=sys.stderr)
            return 2
    found = peers.install(options.environment.resolve())
    # Not in the system's folder for temporary files, where whatever ran before has left its traces: see `generation`.
    with tempfile.TemporaryDirectory(prefix="run-", dir=options.environment) as folder:
        work = Path(folder).resolve()
        rows: list[table.Row] = []
        for name, part in (
            ("generation", lambda: generation.measure(work, found, options.rounds)),
            ("9.1.1", lambda: large.measure(work, found, options.rounds)),
            ("scaling", lambda: generation.scaling(work, max(3, options.rounds // 2))),
            ("imports", lambda: imports.measure(work, found, options.rounds * 2)),
            ("VMware's SDK", lambda: sdk.measure(work, found, options.rounds * 2)),
            ("codec", lambda: codec.measure(work, found, 30)),
            ("calls", lambda: calls.measure(work, 1500)),
        ):
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            rows += part()
    print(table.render(rows))
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
