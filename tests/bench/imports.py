"""What a program pays for importing a generated package."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import table
from tests.bench.measure import interleaved
from tests.bench.peers import Peers

_CLOCK = "import time; started = time.perf_counter()\n{body}\nprint(time.perf_counter() - started)"
_EVERYTHING = """
import importlib, pkgutil
package = importlib.import_module({name!r})
for module in pkgutil.walk_packages(package.__path__, {name!r} + '.'):
    importlib.import_module(module.name)
"""


def measure(work: Path, peers: Peers, rounds: int) -> list[table.Row]:
    """One call's modules against the two dependencies alone; everything against openapi-python-client's everything."""
    ours = str(next((work / "again").glob("*/src/vcenter")).parent)
    # Only what importing costs: a client that is made opens a pool and reads certificates, as httpx2's own does.
    one_call = "from vcenter import Vcenter\nimport vcenter.resources.vcenter_vm"
    contestants: dict[str, Callable[[], float]] = {
        "dependencies": lambda: run(sys.executable, ours, "import httpx2, msgspec"),
        "one call": lambda: run(sys.executable, ours, one_call),
        "everything": lambda: run(sys.executable, ours, everything("vcenter")),
        "opc": lambda: run(str(peers.python), str(work), everything("opc")),
    }
    seconds = {name: statistics.median(found) for name, found in interleaved(contestants, rounds).items()}
    return [
        table.row("import for one call; httpx2 and msgspec alone", seconds["one call"], seconds["dependencies"], 1.5),
        table.row("import everything; openapi-python-client", seconds["everything"], seconds["opc"], 0.4),
    ]


def everything(package: str) -> str:
    """A program that imports all modules of a package."""
    return _EVERYTHING.format(name=package)


def run(python: str, path: str, body: str) -> float:
    """Seconds that a program takes once its interpreter has started; it leaves bytecode for the next run."""
    command = [python, "-c", _CLOCK.format(body=body)]
    done = subprocess.run(command, env={"PYTHONPATH": path}, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
