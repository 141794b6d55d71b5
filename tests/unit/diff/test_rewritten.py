"""A whole description in other words: every schema rewritten in the same way, and no caller has to look."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.diff.test_same_meaning import found

ROOT = Path(__file__).parents[3]
HISTORIES = ROOT.parent / "shared/histories"
DESCRIPTIONS = {
    "vcha": ROOT / "spec/vcha.yaml",
    "payments": HISTORIES / "payments-1/old.json",
    "telephony": HISTORIES / "telephony-1/old.json",
}
ANNOTATIONS = frozenset(("description", "title", "example", "default", "readOnly", "writeOnly", "deprecated"))
LISTS = ("allOf", "oneOf", "anyOf")
METHODS = ("get", "put", "post", "delete", "patch")

Schema = dict[str, Any]


def rewritten(document: Any, rewrite: Callable[[Schema], Schema]) -> Any:
    """The document with each schema rewritten, those within it first."""

    def schema(node: Any) -> Any:
        if not isinstance(node, dict):
            return node
        made = dict(node)
        made |= {k: {n: schema(each) for n, each in node[k].items()} for k in ("properties",) if k in node}
        made |= {k: schema(node[k]) for k in ("items", "additionalProperties", "not") if k in node}
        made |= {k: [schema(each) for each in node[k]] for k in LISTS if k in node}
        return rewrite(made)

    def part(node: Any, key: str = "") -> Any:
        if isinstance(node, list):
            return [part(each) for each in node]
        if not isinstance(node, dict) or key in ("example", "examples", "default"):
            return node
        if key == "schemas":
            return {name: schema(each) for name, each in node.items()}
        return {name: schema(each) if name == "schema" else part(each, name) for name, each in node.items()}

    return part(document)


def in_a_part(schema: Schema) -> Schema:
    if schema.get("type") not in ("string", "integer", "number", "boolean") or "nullable" in schema:
        return schema
    said = {key: value for key, value in schema.items() if key not in ANNOTATIONS}
    return {"allOf": [said], **{key: value for key, value in schema.items() if key in ANNOTATIONS}}


def without_kind(schema: Schema) -> Schema:
    known = ("enum" in schema and schema.get("type") == "string") or (
        schema.get("type") == "object" and schema.get("properties")
    )
    plain = known and "nullable" not in schema
    return {key: value for key, value in schema.items() if key != "type"} if plain else schema


def newer(schema: Schema) -> Schema:
    made = dict(schema)
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(made.get(exclusive), bool) and made.pop(exclusive):
            made[exclusive] = made.pop(bound)
    if made.pop("nullable", False) and isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
        made |= {"enum": [*(value for value in made["enum"] if value is not None), None]} if "enum" in made else {}
    if made.get("format") == "byte":
        del made["format"]
        made["contentEncoding"] = "base64"
    return made


def renamed(document: Any) -> Any:
    text = json.dumps(document)
    names = document["components"]["schemas"]
    for name in names:
        text = text.replace(f'"#/components/schemas/{name}"', f'"#/components/schemas/{name}_x"')
    made = json.loads(text)
    made["components"]["schemas"] = {f"{name}_x": each for name, each in made["components"]["schemas"].items()}
    return made


def shared(document: Any) -> Any:
    """Every parameter, body and answer as a component."""
    made = json.loads(json.dumps(document))
    components = made.setdefault("components", {})

    def moved(kind: str, node: Any) -> Any:
        if "$ref" in node:
            return node
        held = components.setdefault(kind, {})
        held[f"N{len(held)}"] = node
        return {"$ref": f"#/components/{kind}/N{len(held) - 1}"}

    for item in made["paths"].values():
        for operation in (item[method] for method in METHODS if method in item):
            operation["parameters"] = [moved("parameters", each) for each in operation.get("parameters", [])]
            operation["responses"] = {s: moved("responses", each) for s, each in operation["responses"].items()}
            if "requestBody" in operation:
                operation["requestBody"] = moved("requestBodies", operation["requestBody"])
    return made


def wrapped(word: str) -> Callable[[Any], Any]:
    return lambda document: rewritten(document, lambda s: {word: [s]} if s.keys() == {"$ref"} else s)


WAYS: dict[str, Callable[[Any], Any]] = {
    "sorted": lambda document: json.loads(json.dumps(document, sort_keys=True)),
    "references in allOf": wrapped("allOf"),
    "values in allOf": lambda document: rewritten(document, in_a_part),
    "without kinds": lambda document: rewritten(document, without_kind),
    "as 3.1": lambda document: {**rewritten(document, newer), "openapi": "3.1.0"},
    "renamed": renamed,
    "shared": shared,
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_description_in_other_words_is_the_same(tmp_path: Path, name: str, way: str) -> None:
    if not DESCRIPTIONS[name].is_file():
        pytest.skip("other people's descriptions are not beside this checkout")
    text = DESCRIPTIONS[name].read_text()
    read = json.loads(text) if DESCRIPTIONS[name].suffix == ".json" else yaml.load(text, Loader=yaml.CSafeLoader)
    document = json.loads(json.dumps(read, default=str))
    other = WAYS[way](document)
    for old, new in ((document, other), (other, document)):
        worse = [each.text for each in found(tmp_path, old, new) if each.level != "safe"]
        assert worse == []
