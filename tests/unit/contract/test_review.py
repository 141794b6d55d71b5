"""What a person reads of a changed description: a property is a row, whatever it is called and stands beside."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.emitters.contract.emit import emit
from vcsdk.pipeline import read_api

from .modules import ACCEPTED, REFUSED, bodies

TEXT = {"type": "string"}


def struct(required: list[str], optional: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required,
        "properties": {**{name: properties.get(name, TEXT) for name in required}, **(optional or {})},
    }


def package(folder: Path, schema: dict[str, Any], **media: Any) -> dict[str, str]:
    """The contract package of an API with one operation, whose body has this schema."""
    operation = {
        "operationId": "make",
        "tags": ["thing"],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema, **media}}},
        "responses": {"204": {"description": "made"}},
    }
    document = {"openapi": "3.0.3", "info": {"title": "API", "version": "1"}, "paths": {"/things": {"post": operation}}}
    path = folder / "api.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    described = read_api(path)
    return {file.path.name: file.content for file in emit(described.api, described.config, described.document)}


def changed_lines(old: dict[str, str], new: dict[str, str]) -> dict[str, int]:
    """How many lines of each file came or went."""
    assert old.keys() == new.keys()
    found = {}
    for name, text in old.items():
        lines = list(difflib.unified_diff(text.splitlines(), new[name].splitlines(), "", "", n=0, lineterm=""))
        found[name] = sum(line[0] in "+-" for line in lines[2:])
    return {name: count for name, count in found.items() if count}


NAMES = [f"property_{number}" for number in range(40)]


@pytest.mark.parametrize("place", ["top", "required object", "optional object"])
def test_renaming_a_required_property_changes_its_own_lines(place: str, tmp_path: Path) -> None:
    def schema(names: list[str]) -> dict[str, Any]:
        inner = struct(names)
        if place == "top":
            return inner
        if place == "required object":
            return struct(["part", *NAMES], part=inner)
        return struct(NAMES, {"part": inner, "last": TEXT})

    old = package(tmp_path, schema(NAMES))
    new = package(tmp_path, schema([name.replace("property_20", "renamed") for name in NAMES]))

    # The sample or the part, and the row; in the description its schema, and that it is required.
    assert changed_lines(old, new) == {"test_things.py": 4, "openapi.json": 4}
    assert "renamed missing" in str(list(bodies(new["test_things.py"], "TestMake", REFUSED)))


@pytest.mark.parametrize(
    "name", ["a.b", "", ".", "a/b", "a~1b", "a b", "1", "0", '"', "'", "\\", "{{ x }}", "ä", "[0]"]
)
def test_any_name_is_changed_where_it_is(name: str, tmp_path: Path) -> None:
    inner = struct([name, "other"])
    module = package(tmp_path, struct([name], {"part": inner}, **{name: inner}))["test_things.py"]

    found = bodies(module, "TestMake", REFUSED)

    whole = {name: "text", "other": "text"}
    assert found[f"{name} missing"] == {}
    assert found[f"{name}.{name} = 1"] == {name: {**whole, name: 1}}
    assert found[f"part.{name} missing"] == {name: whole, "part": {"other": "text"}}
    assert found["part.other = []"] == {name: whole, "part": {**whole, "other": []}}


def test_names_whose_dots_say_the_same_are_kept_apart(tmp_path: Path) -> None:
    module = package(tmp_path, struct(["a.b", "c"], c=struct(["d.e", "d"], d=struct(["f"]))))["test_things.py"]

    found = bodies(module, "TestMake", REFUSED)

    sample = {"a.b": "text", "c": {"d.e": "text", "d": {"f": "text"}}}
    assert found["a.b = 1"] == {**sample, "a.b": 1}
    assert found["c.d.e = 1"] == {**sample, "c": {"d.e": 1, "d": {"f": "text"}}}
    assert found["c.d.f = 1"] == {**sample, "c": {"d.e": "text", "d": {"f": 1}}}


def test_an_object_with_optional_properties_only_needs_a_part_of_its_own(tmp_path: Path) -> None:
    deepest = struct([], {"deep": TEXT})
    module = package(tmp_path, struct([], {"a": struct([], {"b": deepest})}))["test_things.py"]

    assert bodies(module, "TestMake", REFUSED)["a.b.deep = 1"] == {"a": {"b": {"deep": 1}}}


def test_accepted_bodies_start_from_the_sample(tmp_path: Path) -> None:
    schema = struct(["name"], {"size": {"type": "string", "enum": ["S", "L"]}, "on": {"type": "boolean"}})
    schema["properties"]["size"]["default"] = "S"
    module = package(tmp_path, schema, example={"name": "text", "size": "L"})["test_things.py"]

    found = bodies(module, "TestMake", ACCEPTED)

    assert {json.loads(name) == body for name, body in found.items()} == {True}
    assert list(found.values()) == [
        {"name": "text", "size": "L"},
        {"name": "text"},
        {"name": "text", "size": "S"},
        {"name": "text", "on": True},
        {"name": "text", "on": False},
    ]
    assert '{**BODY, "on"' in module.replace("'", '"')


def test_a_sample_outside_its_type_is_not_changed_to_itself(tmp_path: Path) -> None:
    schema = struct(["count"], count={"type": "integer", "minimum": 1.5})
    module = package(tmp_path, schema)["test_things.py"]

    assert bodies(module, "TestMake", REFUSED)["count missing"] == {}
