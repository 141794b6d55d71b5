"""The descriptions that are measured: the vendor's file, mended as far as the other tools need, and copies of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SPECS = Path(__file__).parents[3] / "shared" / "specs"
VCENTER = SPECS / "vcenter-7.0.3" / "vcenter.json"
LARGE = SPECS / "vcenter-9.1.1" / "vcenter.yaml"


def mended(target: Path) -> Path:
    """vCenter 7.0.3 without its one stray `required: false` and with its dangling bodies pointed at their schemas.

    As shipped the file is rejected by the tools we compare with, and without its bodies they would have less to do.
    """
    document = json.loads(VCENTER.read_bytes())
    _mend(document)
    target.write_text(json.dumps(document))
    return target


def mended_yaml(target: Path) -> Path:
    """vCenter 9.1.1 mended alike: it needs nothing, so that everyone reads the vendor's text.

    In a process of its own: what is started from a large one counts that one's memory as its own peak.
    """
    subprocess.run([sys.executable, "-m", "tests.bench.inputs", str(target)], cwd=ROOT, check=True)
    return target


def _mend_large(target: Path) -> None:
    text = LARGE.read_text(encoding="utf-8")
    document = yaml.load(text, yaml.CSafeLoader)
    before = json.dumps(document)
    _mend(document)
    target.write_text(text if json.dumps(document) == before else yaml.dump(document), encoding="utf-8")


def with_a_property(text: str) -> str:
    """The text of vCenter 9.1.1 with one more property in one schema."""
    head, start, behind = text.partition("\n    Vcenter.VM.Summary:\n")
    before, properties, rest = behind.partition("      properties:\n")
    assert start
    assert properties
    return f"{head}{start}{before}{properties}        bench_probe:\n          type: string\n{rest}"


def _mend(document: Any) -> None:
    _drop_boolean_required(document)
    schemas = document["components"]["schemas"]
    bodies = document["components"].get("requestBodies", {})
    for item in document["paths"].values():
        for operation in item.values():
            reference = operation.get("requestBody", {}).get("$ref", "")
            name = reference.rpartition("/")[2]
            if reference and name not in bodies and name in schemas:
                schema = {"$ref": f"#/components/schemas/{name}"}
                bodies[name] = {"content": {"application/json": {"schema": schema}}}
    if bodies:
        document["components"]["requestBodies"] = bodies


def _drop_boolean_required(node: Any) -> None:
    if isinstance(node, dict):
        if isinstance(node.get("required"), bool) and "in" not in node and "content" not in node:
            del node["required"]
        for value in node.values():
            _drop_boolean_required(value)
    elif isinstance(node, list):
        for value in node:
            _drop_boolean_required(value)


def copies(count: int, target: Path) -> Path:
    """The vendor's file `count` times over: every path and schema again under another name."""
    document = json.loads(VCENTER.read_bytes())
    text = json.dumps({"paths": document["paths"], "components": document["components"]})
    merged: dict[str, Any] = {"paths": {}, "components": {kind: {} for kind in document["components"]}}
    for number in range(count):
        part = text
        for kind in document["components"]:
            part = part.replace(f"#/components/{kind}/", f"#/components/{kind}/c{number}.")
        copy = json.loads(part)
        merged["paths"].update({f"/c{number}{path}": item for path, item in copy["paths"].items()})
        for kind, group in copy["components"].items():
            merged["components"][kind].update({f"c{number}.{name}": node for name, node in group.items()})
    target.write_text(json.dumps({**document, **merged}))
    return target


if __name__ == "__main__":
    _mend_large(Path(sys.argv[1]))
