"""How long it takes, and how much memory, from a description to formatted packages."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import inputs, table
from tests.bench.measure import Sample, interleaved, median_seconds, peak_megabytes, process
from tests.bench.peers import Peers

FLOOR = Path(__file__).with_name("floor.py")


def generate(description: Path, out: Path) -> list[str]:
    """The command that generates with the toolkit."""
    return [sys.executable, "-m", "vcsdk", "generate", str(description), "-o", str(out), "--quiet"]


def by_openapi_python_client(peers: Peers, work: Path, description: Path, out: Path) -> list[str]:
    """The command that generates with openapi-python-client, without its hooks, which would format with ruff."""
    settings = work / "client.yaml"
    settings.write_text("post_hooks: []\n")
    command = [str(peers.openapi_python_client), "generate", "--path", str(description), "--meta", "none"]
    return [*command, "--output-path", str(out), "--config", str(settings)]


def by_floor(description: Path, texts: Path, out: Path) -> list[str]:
    """The command of the floor, which writes what is in `texts`."""
    return [sys.executable, str(FLOOR), str(description), str(texts), str(out)]


def measure(work: Path, peers: Peers, rounds: int) -> list[table.Row]:
    """Whole processes, formatting included: ours, ours again, each peer, and the floor."""
    description = inputs.mended(work / "vcenter.json")
    again = work / "again"
    process(generate(description, again), work)
    contestants: dict[str, Callable[[], Sample]] = {
        "ours": lambda: fresh(work / "ours", lambda out: process(generate(description, out), work)),
        "again": lambda: process(generate(description, again), work),
        "opc": lambda: fresh(
            work / "opc", lambda out: process(by_openapi_python_client(peers, work, description, out), work)
        ),
        "floor": lambda: fresh(work / "floor", lambda out: process(by_floor(description, again, out), work)),
    }
    if peers.openapi_generator:
        java = peers.openapi_generator
        contestants["java"] = lambda: fresh(
            work / "java",
            lambda out: process(
                [*java, "generate", "-i", str(description), "-g", "python", "-o", str(out), "--skip-validate-spec"],
                work,
            ),
        )
    found = interleaved(contestants, rounds)
    seconds = {name: median_seconds(samples) for name, samples in found.items()}
    memory = {name: peak_megabytes(samples) for name, samples in found.items()}
    rows = [
        table.row("generate vCenter 7.0.3; openapi-python-client, no hooks", seconds["ours"], seconds["opc"], 0.4),
        table.row("generate; the floor (parse, write, format)", seconds["ours"], seconds["floor"], 2.0),
        table.row("peak memory; openapi-python-client", memory["ours"], memory["opc"], 1.5, "MB"),
        table.row("generate again, nothing changed; the first run", seconds["again"], seconds["ours"], 0.3),
    ]
    if "java" in seconds:
        rows.insert(1, table.row("generate; OpenAPI Generator", seconds["ours"], seconds["java"], 0.2))
    else:
        rows.insert(1, table.skipped("generate; OpenAPI Generator", peers.no_java))
    return rows


def scaling(work: Path, rounds: int) -> list[table.Row]:
    """Twice and four times the document: time must grow with it, not faster."""
    sizes = {count: inputs.copies(count, work / f"copies-{count}.json") for count in (1, 2, 4)}
    contestants = {
        str(count): (lambda path=path: fresh(path.with_suffix(""), lambda out: process(generate(path, out), work)))
        for count, path in sizes.items()
    }
    seconds = {name: median_seconds(samples) for name, samples in interleaved(contestants, rounds).items()}
    return [
        table.row("generate 2 copies; 1 copy", seconds["2"], seconds["1"], 2.3),
        table.row("generate 4 copies; 1 copy", seconds["4"], seconds["1"], 4.8),
    ]


def fresh(out: Path, run: Callable[[Path], Sample]) -> Sample:
    """Run into a folder that is not there yet; what an earlier run left in it is moved aside.

    Nothing is deleted between runs: for some minutes afterwards ext4 looks at every deleted inode again before it
    makes a new file, and so would charge a run for the files of the one before.
    """
    if out.exists():
        out.rename(Path(tempfile.mkdtemp(dir=out.parent)) / out.name)
    return run(out)
