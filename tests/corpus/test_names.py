"""No name of a release changes because something comes, goes or moves beside what has it.

Small published descriptions are crowded with twins and rivals, and left without some of their parts, at random; each
seed is another crowd.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.cli.diff import record
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.ir import Alias, Api, Enumeration, Ref, Schema, Struct
from vcsdk.ir.finite import all_fields
from vcsdk.ir.requests import identity
from vcsdk.naming import Record
from vcsdk.pipeline import Described, read_api

from tests.corpus.files import CORPUS, MISSING, names

SEEDS = 200
DESCRIPTIONS = 40
LARGEST = 30_000
"""Most bytes of a description: a seed costs what reading it does, twice."""
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
_WORD = re.compile(r"[A-Za-z0-9]+")

Named = dict[str, Any]
"""What stands under a name: of a method its arguments, of a class the members, each by what it is on the wire."""


def read(data: Any, file: Path, names_: Record | None = None) -> Described:
    file.write_text(json.dumps(data), encoding="utf-8")
    return read_api(file, use_config=False, partial=True, diagnostics=Diagnostics(), record=names_)


def small() -> dict[str, Any]:
    """The same descriptions in every run."""
    every = [name for name in names() if (CORPUS / name).stat().st_size <= LARGEST]
    described = {name: data for name in every if (data := described_by(CORPUS / name)) is not None}
    chosen = random.Random("names").sample(sorted(described), min(DESCRIPTIONS, len(described)))
    return {name: described[name] for name in sorted(chosen)}


def described_by(file: Path) -> Any:
    """The data of an OpenAPI description that has operations and schemas, else None."""
    try:
        data = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
        data = json.loads(json.dumps(data, default=str))
    except (yaml.YAMLError, TypeError, ValueError):
        return None
    if not isinstance(data, dict) or "openapi" not in data or not isinstance(data.get("paths"), dict):
        return None
    components = data.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else None
    paths = all(isinstance(item, dict) for item in data["paths"].values())
    ways = any(method in _METHODS for item in data["paths"].values() for method in item) if paths else False
    return data if isinstance(schemas, dict) and schemas and ways else None


def rival(name: str, chance: random.Random) -> str:
    """Another name that reads like this one in Python, or nearly so."""
    words = _WORD.findall(name) or ["x"]
    return chance.choice(
        (
            "_".join(words).lower(),
            ".".join(words),
            "".join(word[:1].upper() + word[1:] for word in words),
            name.upper(),
            f"{name}2",
            f"{name}_2",
            name + "Info",
            f"aaa.{name}",
        )
    )


def crowded(data: Mapping[str, Any], chance: random.Random) -> Any:
    """The description with twins and rivals of schemas and operations, in another order."""
    document = deepcopy(dict(data))
    schemas, paths = document["components"]["schemas"], document["paths"]
    some = sorted(schemas)
    for name in [chance.choice(some) for _ in range(4)]:
        as_it_is = {"type": "object", "properties": {"a": {"type": "string"}}}
        twin = deepcopy(chance.choice((schemas[name], schemas[chance.choice(some)], as_it_is, {"type": "string"})))
        schemas.setdefault(rival(name, chance), twin)
    ways = [(path, method) for path, item in paths.items() for method in item if method in _METHODS]
    for number in range(3):
        path, method = chance.choice(ways)
        twin = deepcopy(paths[path][method])
        twin["operationId"] = chance.choice((rival(twin.get("operationId", "get"), chance), f"get{number}"))
        place = chance.choice((f"/api{path}", f"/v2{path}", f"{path}/list", f"/rest{path}"))
        shared = {"parameters": paths[path]["parameters"]} if "parameters" in paths[path] else {}
        paths.setdefault(place, {**shared, method: twin})
    for node in (schemas, paths, document["components"]):
        shuffle(node, chance)
    return document


def shuffle(node: dict[str, Any], chance: random.Random) -> None:
    rows = list(node.items())
    chance.shuffle(rows)
    node.clear()
    node.update(rows)


def without_some(data: Mapping[str, Any], chance: random.Random) -> Any:
    """The description without one of its operations, in another order."""
    document = deepcopy(dict(data))
    paths = document["paths"]
    ways = [(path, method) for path, item in paths.items() for method in item if method in _METHODS]
    if len(ways) > 1:
        path, method = chance.choice(ways)
        del paths[path][method]
        if not any(method in paths[path] for method in _METHODS):
            del paths[path]
    shuffle(document["components"]["schemas"], chance)
    shuffle(paths, chance)
    return document


def methods(api: Api) -> Named:
    """Name and arguments of each request, by what they are on the wire."""
    return {
        identity(o): (o.python_path, {(a.source, a.wire_name): a.name for a in o.arguments}) for o in api.operations
    }


def classes(api: Api) -> Named:
    """The members of each name of a class, by what they are on the wire."""
    found: Named = {}
    for schema in reversed(list(api.schemas.values())):
        found[schema.name] = members(schema, api)
    return found


def members(schema: Schema, api: Api) -> dict[str, str]:
    seen = {schema.key}
    while isinstance(schema, Alias) and isinstance(schema.type, Ref) and schema.type.key not in seen:
        seen.add(schema.type.key)
        schema = api.schemas[schema.type.key]
    if isinstance(schema, Struct):
        return {field.wire_name: field.name for field in all_fields(schema, api.schemas)}
    if isinstance(schema, Enumeration):
        return {repr(member.value): member.name for member in schema.members}
    return {}


def homes(api: Api) -> set[tuple[str, str]]:
    return {(schema.module, schema.name) for schema in api.schemas.values()}


def changed(before: Api, after: Api, *, all_stand: bool) -> list[str]:
    """Names that are others now, or are not there any more, of what still stands."""
    told = []
    now = methods(after)
    for request, (name, arguments) in methods(before).items():
        if request not in now and not all_stand:
            continue
        if request not in now or now[request][0] != name or not arguments.items() <= now[request][1].items():
            told.append(f"{request}: {name} {arguments}, now {now.get(request)}")
    known, there = classes(after), homes(after)
    for name, fields in classes(before).items():
        if name not in known and not all_stand:
            continue
        if name not in known or not fields.items() <= known[name].items():
            told.append(f"{name} {fields}, now {known.get(name)}")
    if all_stand:
        told += [f"{module}.{name} is not there" for module, name in sorted(homes(before) - there)]
    return told


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
@pytest.mark.parametrize("part", range(4))
def test_no_name_changes_for_what_comes_or_goes_beside_it(part: int, tmp_path: Path) -> None:
    descriptions = small()
    assert len(descriptions) >= 20
    told: list[str] = []
    tried = 0
    for number, (name, data) in list(enumerate(descriptions.items()))[part::4]:
        try:
            first = read(data, tmp_path / "api.json")
        except InputError:
            continue
        names_ = record(first)
        for seed in range(number, SEEDS, len(descriptions)):
            chance = random.Random(f"{name} {seed}")
            try:
                crowd = read(crowded(data, chance), tmp_path / "api.json", names_)
                fewer = read(without_some(data, chance), tmp_path / "api.json", names_)
            except InputError as error:
                told.append(f"{name} {seed}: refused: {[each.message for each in error.diagnostics.found][:2]}")
                continue
            tried += 1
            told += [f"{name} {seed}: {each}" for each in changed(first.api, crowd.api, all_stand=True)]
            told += [f"{name} {seed}: {each}" for each in changed(first.api, fewer.api, all_stand=False)]
    assert told == []
    assert tried >= 0.8 * SEEDS / 4
