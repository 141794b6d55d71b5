"""JSON to objects and back: 5,000 VM summaries, ours against openapi-python-client's and pydantic's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.bench import table
from tests.bench.peers import Peers

COUNT = 5000
_HARNESS = """
import json, statistics, sys, time
data = open(sys.argv[1], 'rb').read()
{setup}
def clock(call):
    call()
    times = []
    for _ in range(int(sys.argv[2])):
        started = time.perf_counter(); call(); times.append(time.perf_counter() - started)
    return statistics.median(times)
objects = decode()
assert len(objects) == {count}
assert json.loads(encode(objects)) == json.loads(data)
print(json.dumps([clock(decode), clock(lambda: encode(objects))]))
"""
_OURS = """
import msgspec
from vcenter.models import {name} as Summary
decoder, encoder = msgspec.json.Decoder(list[Summary]), msgspec.json.Encoder()
decode = lambda: decoder.decode(data)
encode = lambda objects: encoder.encode(objects)
"""
_CLIENT = """
from opc.models import VcenterVMSummary as Summary
decode = lambda: [Summary.from_dict(row) for row in json.loads(data)]
encode = lambda objects: json.dumps([row.to_dict() for row in objects])
"""
_PYDANTIC = """
from pydantic import TypeAdapter
from summaries import Summary
adapter = TypeAdapter(list[Summary])
decode = lambda: adapter.validate_json(data)
encode = lambda objects: adapter.dump_json(objects, by_alias=True, exclude_unset=True)
"""


def measure(work: Path, peers: Peers, rounds: int) -> list[table.Row]:
    """Seconds to decode and to encode the same bytes; each harness checks that what it decoded encodes to the same."""
    data = work / "summaries.json"
    data.write_text(json.dumps([_summary(number) for number in range(COUNT)]))
    ours = str(next((work / "again").glob("*/src/vcenter")).parent)
    _pydantic_models(work, peers)
    runs = {
        "ours": (sys.executable, ours, _OURS.format(name="VcenterVMSummary")),
        "opc": (str(peers.python), str(work), _CLIENT),
        "pydantic": (str(peers.python), str(work), _PYDANTIC),
    }
    found: dict[str, list[list[float]]] = {name: [] for name in runs}
    for _ in range(3):
        for name, (python, path, setup) in runs.items():
            program = _HARNESS.format(setup=setup, count=COUNT)
            command = [python, "-c", program, str(data), str(rounds)]
            done = subprocess.run(command, env={"PYTHONPATH": path}, capture_output=True, text=True, check=True)
            found[name].append(json.loads(done.stdout))
    best = {name: [sorted(column)[1] for column in zip(*samples, strict=True)] for name, samples in found.items()}
    return [
        table.row("decode 5,000 VM summaries; openapi-python-client", best["ours"][0], best["opc"][0], 1 / 5),
        table.row("decode 5,000 VM summaries; pydantic", best["ours"][0], best["pydantic"][0], 1 / 4),
        table.row("encode 5,000 VM summaries; openapi-python-client", best["ours"][1], best["opc"][1], 1 / 5),
        table.row("encode 5,000 VM summaries; pydantic", best["ours"][1], best["pydantic"][1], 1 / 4),
    ]


def _summary(number: int) -> dict[str, object]:
    state = ("POWERED_ON", "POWERED_OFF", "SUSPENDED")[number % 3]
    row = {"vm": f"vm-{number}", "name": f"web {number}", "power_state": state, "cpu_count": 4}
    return row if number % 5 == 0 else {**row, "memory_size_MiB": 4096}


def _pydantic_models(work: Path, peers: Peers) -> None:
    """The schema and what it refers to, as datamodel-code-generator makes pydantic models of it."""
    schemas = json.loads((work / "vcenter.json").read_bytes())["components"]["schemas"]
    text = json.dumps(schemas["vcenter.VM.summary"]).replace(
        "#/components/schemas/vcenter.vm.power.state", "#/$defs/State"
    )
    schema = {**json.loads(text), "title": "Summary", "$defs": {"State": schemas["vcenter.vm.power.state"]}}
    source = work / "summary.schema.json"
    source.write_text(json.dumps(schema))
    command = [
        str(peers.datamodel_codegen),
        "--input",
        str(source),
        "--input-file-type",
        "jsonschema",
        "--output",
        str(work / "summaries.py"),
        "--output-model-type",
        "pydantic_v2.BaseModel",
        "--disable-timestamp",
    ]
    subprocess.run(command, check=True, capture_output=True)
