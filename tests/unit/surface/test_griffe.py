"""The surface against griffe, which reads the generated code itself and knows nothing of the toolkit."""

from __future__ import annotations

import json
from pathlib import Path

import griffe
import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import compare
from vcsdk.diff.read import read
from vcsdk.emitters import emit_all
from vcsdk.emitters.plain_types import PlainTypes
from vcsdk.emitters.surface import surface_of

from tests.diff.descriptions import write

ROOT = Path(__file__).parents[3]
INPUTS = [ROOT / "spec/vcha.yaml", *sorted((ROOT / "tests/golden").glob("*/input.yaml"))]


def described(path):
    config = next((c for c in (path.with_suffix(".toml"), path.with_name("config.toml")) if c.is_file()), None)
    return read(path, config, use_config=True, overlays=(), diagnostics=Diagnostics())


def generated(description, folder):
    """The client package as griffe sees it; nothing of it is imported."""
    for file in emit_all(description):
        if file.kind == "python" and file.package == description.config.package.distribution:
            target = folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(file.content)
    return griffe.load(description.config.package.module, search_paths=[folder / "src"], allow_inspection=False)


def own(node):
    return {name: each for name, each in node.members.items() if not each.is_alias and not name.startswith("_")}


def outline(node, types):
    """A class as griffe sees it, in plain values."""
    methods, properties, fields, members = {}, {}, {}, {}
    for name, each in own(node).items():
        if each.is_function:
            methods[name] = (
                "async" in each.labels,
                types.plain(str(each.returns)),
                [
                    (p.name, str(p.kind.value), types.plain(str(p.annotation)), p.default and str(p.default))
                    for p in each.parameters
                    if p.name != "self"
                ],
            )
        elif "property" in each.labels:
            # A class whose name means something else where it is used has an underscore there.
            properties[name] = types.plain(str(each.annotation)).rstrip("_")
        elif each.annotation is not None:
            fields[name] = types.plain(str(each.annotation))
        else:
            members[name] = str(each.value)
    return methods, properties, fields, members


def stated(class_):
    """The same of the surface."""
    return (
        {
            m.name: (
                m.asynchronous,
                m.returns,
                [(p.name, {"keyword": "keyword-only"}[p.kind], p.type, p.default) for p in m.parameters],
            )
            for m in class_.methods
        },
        {p.name: p.type for p in class_.properties},
        {f.name: f.type for f in class_.fields},
        {m.name: m.value for m in class_.members},
    )


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name if path.stem == "input" else path.stem)
def test_the_surface_is_what_griffe_finds_in_the_code(path, tmp_path):
    description = described(path)
    package = generated(description, tmp_path)
    types = PlainTypes.of(description.api)
    surface = surface_of(description.api, description.config)
    seen = 0
    for module in surface.modules:
        if not module.name:
            continue
        node = package[module.name]
        classes = {name: each for name, each in own(node).items() if each.is_class}
        assert set(classes) == {c.name for c in module.classes}, module.name
        others = {name for name, each in own(node).items() if each.is_attribute} - {"FAMILY"}
        assert others == {alias.name for alias in module.aliases}, module.name
        for class_ in module.classes:
            seen += 1
            found = outline(classes[class_.name], types)
            for ours, theirs in zip(stated(class_), found, strict=True):
                assert {name: unset(value) for name, value in ours.items()} == {
                    name: unset(value) for name, value in theirs.items()
                }, f"{module.name}.{class_.name}"
            bases = [types.plain(str(base)) for base in classes[class_.name].bases]
            assert list(class_.bases) == [base for base in bases if base], class_.name
    assert seen >= 2


def unset(value):
    """`msgspec.UNSET` and `UNSET` are the same default."""
    return json.loads(json.dumps(value).replace("msgspec.UNSET", "UNSET"))


TEXT = {"type": "string"}


def thing(**more):
    return {"response": {"type": "object", "properties": {"name": TEXT, **more}}}


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
