"""vCenter 9.1.1, read as YAML: generation beside the floor and openapi-python-client, memory, and one change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.bench import inputs, table
from tests.bench.generation import by_floor, by_openapi_python_client, fresh, generate
from tests.bench.measure import Sample, interleaved, median_seconds, peak_megabytes, process
from tests.bench.peers import Peers

MEGABYTES = 200


def measure(work: Path, peers: Peers, rounds: int) -> list[table.Row]:
    """Whole processes, formatting included.  `work/large` is the output that other parts import."""
    description = inputs.mended_yaml(work / "vcenter.yaml")
    kept = work / "large"
    process(generate(description, kept), work)
    changing = _Changing(work, description)
    contestants: dict[str, Callable[[], Sample]] = {
        "ours": lambda: fresh(work / "large-ours", lambda out: process(generate(description, out), work)),
        "floor": lambda: fresh(work / "large-floor", lambda out: process(by_floor(description, kept, out), work)),
        "changed": changing.run,
    }
    found = interleaved(contestants, rounds)
    # It takes half a minute: two rounds, and no warm-up, since it has run on 7.0.3 already.
    theirs = [
        fresh(work / "large-opc", lambda out: process(by_openapi_python_client(peers, work, description, out), work))
        for _ in range(2)
    ]
    seconds = {name: median_seconds(samples) for name, samples in found.items()}
    memory = peak_megabytes(found["ours"])
    return [
        table.row("generate vCenter 9.1.1; openapi-python-client", seconds["ours"], median_seconds(theirs), 0.3),
        table.row("generate 9.1.1; the floor (parse, write, format)", seconds["ours"], seconds["floor"], 2.0),
        table.row(f"peak memory, 9.1.1; {MEGABYTES} MB", memory, MEGABYTES, 1.0, "MB"),
        table.row("9.1.1, one schema changed; the first run", seconds["changed"], seconds["ours"], 0.5),
    ]


class _Changing:
    """A description in which a schema gains and loses a property, and the output that follows it."""

    def __init__(self, work: Path, description: Path) -> None:
        plain = description.read_text(encoding="utf-8")
        self._texts = (inputs.with_a_property(plain), plain)
        self._work, self._out = work, work / "large-changing"
        self._description = work / "changing" / description.name
        self._description.parent.mkdir()
        self._description.write_text(plain, encoding="utf-8")
        process(generate(self._description, self._out), work)
        self._turn = 0

    def run(self) -> Sample:
        self._description.write_text(self._texts[self._turn % 2], encoding="utf-8")
        self._turn += 1
        return process(generate(self._description, self._out), self._work)
