"""The surface against griffe, which reads the generated code itself and knows nothing of the toolkit."""

from __future__ import annotations

from pathlib import Path

import griffe
import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import compare
from vcsdk.diff.read import read

from tests.diff.descriptions import write
from tests.unit.surface.oracle import generated, hold_against_the_code

ROOT = Path(__file__).parents[3]
INPUTS = [
    ROOT / "spec/vcha.yaml",
    *sorted((ROOT / "tests/golden").glob("*/input.yaml")),
    *sorted((ROOT / "tests/unit/emitters").glob("*/input.*")),
]


def described(path):
    config = next((c for c in (path.with_suffix(".toml"), path.with_name("config.toml")) if c.is_file()), None)
    return read(path, config, use_config=True, overlays=(), diagnostics=Diagnostics())


@pytest.mark.slow
@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name if path.stem == "input" else path.stem)
def test_the_surface_is_what_griffe_finds_in_the_code(path, tmp_path):
    assert hold_against_the_code(described(path), tmp_path) >= 2


TEXT = {"type": "string"}


def thing(**more):
    return {"response": {"type": "object", "properties": {"name": TEXT, **more}}}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (thing(size=TEXT), thing()),
        ({}, {"query_parameter": {"required": True}}),
        ({}, {"more_parameters": [{"name": "more", "in": "query", "required": True, "schema": TEXT}]}),
        ({"more_parameters": [{"name": "more", "in": "query", "schema": TEXT}]}, {}),
        ({"response": {**TEXT, "enum": ["a", "b", "c"]}}, {"response": {**TEXT, "enum": ["a", "b"]}}),
        ({}, {"merge": {"paths": {"/things": None}}}),
        ({"path_name": "thing"}, {"path_name": "object"}),
        (thing(), {"response": TEXT}),
    ],
)
def test_what_griffe_calls_a_breakage_is_among_the_findings(old, new, tmp_path):
    sides = [described(write(case, tmp_path / side)) for side, case in (("old", old), ("new", new))]
    packages = [generated(side, tmp_path / f"package-{number}") for number, side in enumerate(sides)]
    breakages = list(griffe.find_breaking_changes(*packages))
    assert breakages
    symbols = {found.site.symbol for found in compare(*sides) if found.rule.area == "surface"}
    names = {part for symbol in symbols for part in symbol.split(".")}
    module = sides[0].config.package.module
    for breakage in breakages:
        path = breakage.obj.path.removeprefix(f"{module}.").partition("(")[0].replace(".Async", ".")
        # Models are told where they are defined; griffe finds them where the package offers them as well.
        name = path.split(".")[-1]
        assert any(path.startswith(symbol) for symbol in symbols) or name in names, (breakage.kind, path, symbols)
