"""What is mutated: the fragment, small descriptions that use every feature, and pieces of VMware's."""

from __future__ import annotations

import copy
import functools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.load import load

from tests.fuzz.mutate import places

ROOT = Path(__file__).parents[2]
SPECS = ROOT.parent / "shared" / "specs"
_SMALL = ("tests/unit/emitters/*/input.*", "tests/golden/*/input.*", "tests/typed/descriptions/*.*", "spec/*.yaml")
_SMALL += ("tests/e2e/contract/plain/*.yaml",)
_LARGEST = 60_000
_METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace"))


@functools.cache
def small() -> dict[str, Any]:
    """The descriptions of this repository that are read as they are, by their paths."""
    found = {}
    for path in sorted(path for pattern in _SMALL for path in ROOT.glob(pattern)):
        if path.suffix in (".json", ".yaml") and path.stat().st_size < _LARGEST:
            found[path.relative_to(ROOT).as_posix()] = load(path, Diagnostics()).data
    return found


@functools.cache
def published() -> dict[str, Any]:
    """VMware's descriptions, where the folder is there."""
    paths = sorted(path for kind in ("yaml", "json") for path in SPECS.rglob(f"*.{kind}"))
    read = {path.relative_to(SPECS).as_posix(): _read(path) for path in paths if path.stat().st_size < 4_000_000}
    return {name: data for name, data in read.items() if data}


def _read(path: Path) -> Any:
    try:
        return load(path, Diagnostics()).data
    except InputError:
        return None


def piece(document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """One or two paths of a description, with the components that they lead to; a few of those are left out."""
    paths = document.get("paths", {})
    chosen = chance.sample(sorted(paths), min(len(paths), chance.choice((1, 1, 2))))
    part = {**document, "paths": {key: paths[key] for key in chosen}}
    components: dict[str, dict[str, Any]] = {}
    waiting: list[Any] = [part["paths"]]
    met = 0
    while waiting and met < 40:
        for ref in _references(waiting.pop()):
            kind, _, name = ref.removeprefix("#/components/").partition("/")
            node = document.get("components", {}).get(kind, {}).get(name)
            if node is not None and name not in components.setdefault(kind, {}):
                components[kind][name] = node
                waiting.append(node)
                met += 1
    schemes = document.get("components", {}).get("securitySchemes")
    part["components"] = components | ({"securitySchemes": schemes} if schemes else {})
    return copy.deepcopy(part)


def _references(node: Any) -> Iterator[str]:
    for path, value in places({"": node}):
        if path[-1] == "$ref" and isinstance(value, str):
            yield value
