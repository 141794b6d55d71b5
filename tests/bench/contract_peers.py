"""Plain schemathesis beside the contract suite, on the same planted faults: the table of docs/score.md.

    vcsdk contract score --json > score.json
    python -m tests.bench.contract_peers --score score.json --write docs/score.md

schemathesis runs with its defaults, on the description that the suite has too (with its known gaps, so that a 400 is no
failure), with a session in the header and a fixed seed.  The simulator's failover never ends, so that no outage throws
it out of its session.  A fault counts as found if a failure (kind and operation) comes that the server without a fault
does not have.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from vcsdk.contract import score_table
from vcsdk.contract.score import Row, Score
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator import Simulator, SimulatorOptions
from vcsdk.simulator.faults import known_faults

START, END = "<!-- score -->", "<!-- end of score -->"
HEADER = "vmware-api-session-id"


@dataclass(frozen=True)
class Measured:
    """One run of schemathesis: its failures as kind and operation, requests sent, failovers accepted."""

    failures: frozenset[tuple[str, str]]
    titles: dict[tuple[str, str], str]
    requests: int
    failovers: int


def measure(described: Described, description: Path, fault: str | None, needs: dict[str, Any]) -> Measured:
    """Run schemathesis once."""
    faults = () if fault is None else (fault,)
    options = SimulatorOptions(faults=faults, failover_seconds=3600, task_seconds=0.2, **needs)
    simulator = Simulator(described, options)
    with simulator.running() as url, tempfile.TemporaryDirectory(prefix="vcsdk-peers-") as folder:
        token = httpx2.post(f"{url}/api/session", auth=(options.username, options.password)).json()
        report = Path(folder) / "report.json"
        command = [str(Path(sys.executable).with_name("st")), "run", str(description), "--url", f"{url}/api"]
        command += ["-H", f"{HEADER}: {token}", "--seed", "1", "--generation-database", "none"]
        command += ["--report", "json", "--report-json-path", str(report)]
        subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=600)
        found = json.loads(report.read_text(encoding="utf-8"))
        titles = {
            (failure["code"], operation): failure["title"]
            for failure in found["failures"]
            for operation in failure["operations"]
        }
        failovers = simulator.log.accepted["vcha.cluster.failover"]
        return Measured(frozenset(titles), titles, simulator.log.received.total(), failovers)


def cells(described: Described, workers: int, names: list[str]) -> Iterator[tuple[str, str]]:
    """For each fault, what schemathesis says of it: the titles of its failures, or that it is missed.

    The first pair is of the server without a fault.
    """
    needs = {info.id: dict(info.needs) for info in known_faults()}
    with tempfile.TemporaryDirectory(prefix="vcsdk-peers-") as folder, ThreadPoolExecutor(workers) as pool:
        description = Path(folder) / "openapi.json"
        description.write_text(json.dumps(described.document.contract_view), encoding="utf-8")
        clean = measure(described, description, None, {})
        told = sorted(f"{clean.titles[failure]}: `{failure[1]}`" for failure in clean.failures)
        yield "", f"{clean.requests} requests; failures on the server without a fault: {'; '.join(told) or 'none'}"
        running = {name: pool.submit(measure, described, description, name, needs[name]) for name in names}
        for number, (name, waiting) in enumerate(running.items(), 1):
            seen = waiting.result()
            fresh = sorted({seen.titles[failure] for failure in seen.failures - clean.failures})
            print(f"[{number:>3}/{len(names)}] {name}: {', '.join(fresh) or 'missed'}", file=sys.stderr, flush=True)
            yield name, "; ".join(fresh) or "missed"


def section(score: Score, beside: dict[str, str], version: str) -> str:
    """The part of docs/score.md between its marks."""
    clean = beside.pop("")
    found = sum(cell != "missed" for cell in beside.values())
    lines = [
        f"The suite finds {score.caught} of {score.planted} planted faults, schemathesis {version} by default {found}.",
        f"Of schemathesis: {clean}.",
        "By default it deletes its own session early, so that most later requests are answered 401.",
        "",
        *score_table.markdown(score, beside, "schemathesis by default"),
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.contract_peers", description=__doc__)
    parser.add_argument("--score", type=Path, required=True, help="what `vcsdk contract score --json` printed")
    parser.add_argument("--write", type=Path, help="put the table between the marks of this file")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="runs at a time")
    kept = Path(".contract-peers.jsonl")
    parser.add_argument("--kept", type=Path, default=kept, help=f"keeps what was measured, to go on from ({kept})")
    options = parser.parse_args()
    rows = json.loads(options.score.read_text(encoding="utf-8"))["rows"]
    names = list(Row.__slots__)
    score = Score(tuple(Row(**{name: row[name] for name in names} | {"checks": tuple(row["checks"])}) for row in rows))
    beside = dict(json.loads(line) for line in options.kept.open(encoding="utf-8")) if options.kept.exists() else {}
    missing = [row.trial for row in score.rows if row.planted and row.trial.partition(",")[0] not in beside]
    if missing:
        with options.kept.open("a", encoding="utf-8") as stream:
            for pair in cells(read_api(Path("spec/vcha.yaml")), options.workers, missing):
                beside.update([pair])
                stream.write(json.dumps(pair) + "\n")
                stream.flush()
    from importlib.metadata import version

    text = section(score, beside, version("schemathesis"))
    if options.write is None:
        print(text)
        return 0
    page = options.write.read_text(encoding="utf-8")
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    options.write.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
