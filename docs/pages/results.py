"""The members of `results.json`, from its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import vcsdk.contract

from docs.pages.markdown import code, table

_SCHEMA = Path(vcsdk.contract.__file__).with_name("results.schema.json")
_HEAD = """# Members of results.json

What `vcsdk contract run --report DIR` writes for programs; about the folder and what the words mean:
[results](../results.md). `[*]` is each element of a list, `*` each key of a mapping. Members in italics may be missing.

"""


def page() -> str:
    """The page: path, type and meaning of each member."""
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return _HEAD + table(("member", "type", "meaning"), _rows(schema, ""))


def _rows(node: dict[str, Any], path: str) -> Iterator[tuple[str, str, str]]:
    """A row for each member below a node of the schema."""
    for alternative in _alternatives(node):
        yield from _rows(alternative, path)
    required = node.get("required", ())
    for name, below in node.get("properties", {}).items():
        yield from _member(below, f"{path}.{name}".lstrip("."), optional=name not in required)
    if isinstance(node.get("additionalProperties"), dict):
        yield from _member(node["additionalProperties"], f"{path}.*".lstrip("."))
    if isinstance(node.get("items"), dict):
        yield from _rows(node["items"], f"{path}[*]")


def _member(node: dict[str, Any], path: str, *, optional: bool = False) -> Iterator[tuple[str, str, str]]:
    yield f"*{code(path)}*" if optional else code(path), _kind(node), node.get("description", "")
    yield from _rows(node, path)


def _kind(node: dict[str, Any]) -> str:
    """The type as a reader names it: "array of string", the values of an enumeration.

    Raises:
        ValueError: The schema says it in a way that this page cannot show.
    """
    if "const" in node:
        return code(json.dumps(node["const"]))
    if "enum" in node:
        return ", ".join(code(json.dumps(value)) for value in node["enum"])
    kinds = node.get("type", [])
    names = [_kind(each) for each in _alternatives(node)] + ([kinds] if isinstance(kinds, str) else kinds)
    if not names:
        raise ValueError(f"results.schema.json: no type in {json.dumps(node)[:200]}")
    return " or ".join(f"array of {_kind(node['items'])}" if n == "array" and node.get("items") else n for n in names)


def _alternatives(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [*node.get("anyOf", ()), *node.get("oneOf", ())]
