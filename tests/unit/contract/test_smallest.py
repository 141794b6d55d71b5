"""The smallest values: recursive schemas of every kind end, or are said to have no value."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from vcsdk.emitters.contract.emit import emit
from vcsdk.emitters.contract.smallest import NoValueError, sample
from vcsdk.pipeline import Described, read_api

TEXT = {"type": "string"}
AWKWARD = Path(__file__).parents[1] / "emitters" / "awkward" / "input.json"


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def struct(*, needs: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(needs)}


def described(folder: Path, version: str = "3.1.0", **schemas: Any) -> Described:
    body = {"required": True, "content": {"application/json": {"schema": ref("X")}}}
    post = {"operationId": "x", "requestBody": body, "responses": {"204": {"description": "ok"}}}
    document = {
        "openapi": version,
        "info": {"title": "Loops", "version": "1"},
        "paths": {"/x": {"post": post}},
        "components": {"schemas": schemas},
    }
    path = folder / "loops.json"
    path.write_text(json.dumps(document))
    return read_api(path)


def array(items: Any, **limits: int) -> dict[str, Any]:
    return {"type": "array", "items": items, **limits}


LEAF = struct(needs=("leaf",), leaf=TEXT, more=ref("X"))
ENDING: dict[str, dict[str, Any]] = {
    "through an array": {"X": struct(needs=("children",), children=array(ref("X")))},
    "an array of itself": {"X": array(ref("X"))},
    "through a map": {"X": struct(needs=("m",), m={"type": "object", "additionalProperties": ref("X")})},
    "through an optional property": {"X": struct(next=ref("X"))},
    "a union that begins with itself": {"X": {"oneOf": [struct(needs=("x",), x=ref("X")), TEXT]}},
    "a union of arrays of itself": {"X": {"anyOf": [array(ref("X"), minItems=1), {"type": "integer"}]}},
    "a member that leads back, and a larger one that ends": {
        "X": {"oneOf": [ref("Back"), ref("Wide")]},
        "Back": struct(needs=("x",), x=ref("X")),
        "Wide": struct(needs=("a", "b", "c"), a=TEXT, b=TEXT, c=TEXT),
    },
    "null ends it": {"X": struct(needs=("next",), next={"oneOf": [ref("X"), {"type": "null"}]})},
    "null beside a member that ends": {
        "X": struct(needs=("next",), next={"oneOf": [ref("Either"), {"type": "null"}]}),
        "Either": {"oneOf": [struct(needs=("x",), x=ref("X")), struct(needs=("a", "b"), a=TEXT, b=TEXT)]},
    },
    "null beside a member that ends in another circle": {
        "X": struct(needs=("next",), next={"oneOf": [ref("Either"), {"type": "null"}]}),
        "Either": {"oneOf": [struct(needs=("x",), x=ref("X")), struct(needs=("l", "a"), l=ref("Long"), a=TEXT)]},
        "Long": {"oneOf": [struct(needs=("l",), l=ref("Long")), struct(needs=("a", "b"), a=TEXT, b=TEXT)]},
    },
    "all of it and more": {"X": {"allOf": [ref("Base"), struct(needs=("next",), next=array(ref("X")))]}, "Base": LEAF},
    "in two steps": {
        "X": struct(needs=("y",), y=ref("Y")),
        "Y": {"anyOf": [ref("Z"), ref("Leaf")]},
        "Z": struct(needs=("x",), x=ref("X")),
        "Leaf": LEAF,
    },
    "at least two": {"X": struct(needs=("m",), m={**array(ref("Leaf")), "minItems": 2}), "Leaf": LEAF},
    "a map of at least two": {
        "X": {"type": "object", "additionalProperties": ref("Leaf"), "minProperties": 2},
        "Leaf": LEAF,
    },
}
ENDLESS: dict[str, dict[str, Any]] = {
    "itself": {"X": struct(needs=("x",), x=ref("X"))},
    "each other": {"X": struct(needs=("y",), y=ref("Y")), "Y": struct(needs=("x",), x=ref("X"))},
    "a list that cannot be empty": {"X": struct(needs=("x",), x=array(ref("X"), minItems=1))},
    "a map that cannot be empty": {"X": {"type": "object", "additionalProperties": ref("X"), "minProperties": 1}},
    "every member": {"X": {"oneOf": [struct(needs=("x",), x=ref("X")), array(ref("X"), minItems=1)]}},
    "what it is composed of": {"X": {"allOf": [ref("Base"), struct(a=TEXT)]}, "Base": struct(needs=("x",), x=ref("X"))},
    "more than anybody writes": {
        "X": ref("N0"),
        **{f"N{n}": struct(needs=("a", "b"), a=ref(f"N{n + 1}"), b=ref(f"N{n + 1}")) for n in range(40)},
        "N40": TEXT,
    },
    "deeper than anybody writes": {
        "X": ref("N0"),
        **{f"N{n}": struct(needs=("a",), a=ref(f"N{n + 1}")) for n in range(600)},
        "N600": TEXT,
    },
}


def body_of(found: Described) -> Any:
    (operation,) = found.api.operations
    assert operation.body is not None
    type_ = operation.body.content[0].type
    assert type_ is not None
    return sample(type_, found.api.schemas)


def written(found: Described) -> str:
    files = emit(found.api, found.config, found.document)
    return "".join(file.content for file in files if file.path.name.startswith("test_"))


@pytest.mark.parametrize("kind", ENDING)
def test_a_value_that_ends_is_found_and_is_valid(tmp_path: Path, kind: str) -> None:
    found = described(tmp_path, **ENDING[kind])
    value = body_of(found)
    schema = {"$ref": "#/components/schemas/X", "components": found.document.data["components"]}
    assert Draft202012Validator(schema).is_valid(value), value
    assert not [d for d in found.diagnostics if d.rule == "endless-value"]
    assert "test_it_answers_as_documented" in written(found)


@pytest.mark.parametrize("kind", ENDLESS)
def test_where_none_ends_it_is_said_and_nothing_is_sent(tmp_path: Path, kind: str) -> None:
    started = time.process_time()
    found = described(tmp_path, **ENDLESS[kind])
    with pytest.raises(NoValueError):
        body_of(found)
    assert "test_it_answers_as_documented" not in written(found)
    if not kind.startswith(("more", "deeper")):
        assert any("`X`" in d.message for d in found.diagnostics if d.rule == "endless-value")
    assert time.process_time() - started < 20


def test_the_awkward_description_has_its_contract_package() -> None:
    found = read_api(AWKWARD)
    assert emit(found.api, found.config, found.document)
