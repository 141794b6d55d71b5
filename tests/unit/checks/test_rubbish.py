"""Whatever stands in place of a node, the answer is a diagnostic or a document, never another exception."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.checks import check
from vcsdk.config.model import Config, PackageNames
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.load import load
from vcsdk.normalize import normalize

from tests.unit.load.test_swagger2 import LAMPS

SPEC = Path(__file__).parents[3] / "spec" / "vcha.yaml"
RUBBISH: list[Any] = [
    None, 5, -1.5, True, "x", "", [], {}, [None], [[]], [{}], {"": {}}, {"a": {"b": [1]}},
    {"$ref": 5}, {"$ref": None}, {"$ref": "#/nope"}, {"$ref": "#"}, {"$ref": "#/components/schemas"},
    {"$ref": "b.yaml"},
]  # fmt: skip


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from places(value, (*path, key))


@pytest.mark.slow
@pytest.mark.parametrize("source", ["fragment", "swagger"])
def test_rubbish_ends_in_a_diagnostic(tmp_path, source: str) -> None:
    base = yaml.safe_load(SPEC.read_text() if source == "fragment" else LAMPS)
    # Two in a hundred of all combinations, the same each time.
    cases = [(place, rubbish) for place in places(base) for rubbish in RUBBISH]
    chosen = random.Random(2).sample(cases, min(len(cases), 400))
    path = tmp_path / "input.json"
    refused = 0
    for place, rubbish in chosen:
        data = copy.deepcopy(base)
        holder = data
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = rubbish
        path.write_text(json.dumps(data))
        diagnostics = Diagnostics()
        try:
            document = load(path, diagnostics)
            normalize(document, Config(PackageNames("a", "a", "A"), profile="vapi"), diagnostics)
            check(document, diagnostics)
        except InputError:
            refused += 1
            assert diagnostics.failed
    assert refused > len(chosen) // 3
