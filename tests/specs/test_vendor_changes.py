"""The vendor's own two versions, whose differences were read through by hand, and a file in another order."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import compare
from vcsdk.diff.read import read
from vcsdk.diff.scale import Area, Severity
from vcsdk.pipeline import config_beside

ROOT = Path(__file__).parents[2]
SPECS = ROOT.parent / "shared/specs/swagger2"
OLD, NEW = SPECS / "7.0.1/vcenter.json", SPECS / "7.0.2/vcenter.json"
EXPECTED = Path(__file__).parent / "expected/vcenter-7.0.1-7.0.2.json"
vendor = pytest.mark.skipif(not NEW.is_file(), reason="the vendor's descriptions are not beside this checkout")


def load(path, config=None):
    return read(path, config, use_config=True, overlays=(), diagnostics=Diagnostics())


@vendor
def test_the_changes_from_7_0_1_to_7_0_2_are_named(tmp_path):
    command = [sys.executable, "-m", "vcsdk", "diff", str(OLD), str(NEW), "--format", "json"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == 0, result.stderr
    found = {
        (f["rule"], next(f[key] for key in SUBJECTS if key in f), f["position"], f["path"], f["message"])
        for f in json.loads(result.stdout)["findings"]
    }
    expected = json.loads(EXPECTED.read_text())
    assert len(expected) >= 30
    missing = [row for row in expected if tuple(row[key] for key in KEYS) not in found]
    assert missing == []


SUBJECTS = ("operation", "schema", "symbol")
KEYS = ("rule", "subject", "position", "path", "message")


@vendor
def test_nothing_of_the_api_breaks_from_7_0_1_to_7_0_2():
    """What breaks is Python names, which follow the vendor's new names of schemas."""
    breaking = [found.rule for found in compare(load(OLD), load(NEW)) if found.level is Severity.BREAKING]
    assert [rule.id for rule in breaking if rule.area is not Area.SURFACE] == []


def shuffled(node: Any, order: random.Random) -> Any:
    """The same JSON with the keys of every object in another order."""
    if isinstance(node, list):
        return [shuffled(each, order) for each in node]
    if not isinstance(node, dict):
        return node
    keys = list(node)
    order.shuffle(keys)
    return {key: shuffled(node[key], order) for key in keys}


@pytest.mark.parametrize(
    "path",
    [
        ROOT / "spec/vcha.yaml",
        pytest.param(OLD, marks=vendor),
    ],
    ids=["vcha", "vcenter-7.0.1"],
)
def test_another_order_of_keys_is_no_change(path, tmp_path):
    described = load(path)
    data = yaml.safe_load(path.read_text()) if path.suffix == ".yaml" else json.loads(path.read_text())
    other = tmp_path / path.with_suffix(".json").name
    other.write_text(json.dumps(shuffled(data, random.Random(7)), default=str))
    assert [found.text for found in compare(described, load(other, config_beside(path)))] == []
