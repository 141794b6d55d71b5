"""The first configuration of what VMware publishes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.diagnostics import Diagnostics
from vcsdk.pipeline import read_api
from vcsdk.release.first import configuration_for

from tests.specs.published import MISSING, SPECS, VCENTER

FAILOVER = {"safety": "destructive", "disrupts_connection": True}
SHOWS_IT = {"properties": ["node1", "node2"], "path": "runtime.role", "equals": "ACTIVE"}


def part(name: str) -> dict[str, Any]:
    """Of a published description, the operations of vCenter HA."""
    text = (SPECS / name).read_text(encoding="utf-8")
    whole = json.loads(text) if name.endswith(".json") else yaml.load(text, yaml.CSafeLoader)
    paths = {key: item for key, item in whole["paths"].items() if "/vcha/" in key}
    return {**whole, "paths": paths}


@pytest.mark.skipif(not SPECS.is_dir(), reason=MISSING)
@pytest.mark.parametrize(
    ("name", "reader"),
    [(VCENTER, "vcha.cluster_get"), ("vcenter-9.1.1/vcenter.yaml", "Vcenter.Vcha.Cluster_get")],
    ids=["7.0.3", "9.1.1"],
)
def test_a_failover_is_recognised(name: str, reader: str, tmp_path: Path) -> None:
    (tmp_path / "vcha.json").write_text(json.dumps(part(name)))
    text = configuration_for([tmp_path / "vcha.json"], tmp_path / "vcha.toml", Diagnostics())
    written = tomllib.loads(text)["operations"]
    failover = {key: value for key, value in written.items() if len(value) > 1}
    assert failover == {"vcha.cluster.failover": {**FAILOVER, "outcome": {"operation": reader, **SHOWS_IT}}}
    (tmp_path / "vcha.toml").write_text(text)
    api = read_api(tmp_path / "vcha.json").api
    assert [o.outcome.operation for o in api.operations if o.outcome is not None] == [reader]


@pytest.mark.skipif(not SPECS.is_dir(), reason=MISSING)
@pytest.mark.parametrize("lost", ["node2", "runtime"])
def test_without_what_shows_it_nothing_is_said(lost: str, tmp_path: Path) -> None:
    """Neighbours: one node alone, and nodes without a role."""
    description = part(VCENTER)
    for schema in description["components"]["schemas"].values():
        schema.get("properties", {}).pop(lost, None)
    (tmp_path / "vcha.json").write_text(json.dumps(description))
    written = tomllib.loads(configuration_for([tmp_path / "vcha.json"], tmp_path / "vcha.toml", Diagnostics()))[
        "operations"
    ]
    assert written["vcha.cluster.failover"] == {"safety": "destructive"}
