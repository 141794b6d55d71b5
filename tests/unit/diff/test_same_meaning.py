"""What callers cannot tell apart is no change for them: moved properties, named and inlined schemas, open objects."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import Compared, Finding, compared
from vcsdk.diff.read import read
from vcsdk.naming.recording import record_of

from tests.unit.diff.documents import CLOSED, api, json_file, of_answer, of_request

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def found(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> list[Finding]:
    return found_of(folder, old, new).findings


def found_of(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> Compared:
    """Compare as the command does: the new one is named as if the old one had been released."""
    options: dict[str, Any] = {"use_config": False, "overlays": (), "diagnostics": Diagnostics()}
    before = read(json_file(folder / "old.json", old), None, **options)
    names = record_of(before.api, before.document.original_ids)
    return compared(before, read(json_file(folder / "new.json", new), None, **options, record=names))


def levels(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    return {each.level.value for each in found(folder, old, new)}


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


LITE = {"Lite": thing(id=TEXT), "Detail": {"allOf": [ref("Lite"), thing(note=TEXT, size=NUMBER)]}}
MOVED = {"Lite": thing(id=TEXT, note=TEXT), "Detail": {"allOf": [ref("Lite"), thing(size=NUMBER)]}}
BETWEEN = {
    "Lite": thing(id=TEXT),
    "Middle": {"allOf": [ref("Lite"), thing(note=TEXT)]},
    "Detail": {"allOf": [ref("Middle"), thing(size=NUMBER)]},
}
FLAT = {"Lite": thing(id=TEXT), "Detail": thing(id=TEXT, note=TEXT, size=NUMBER)}


@pytest.mark.parametrize("new", [MOVED, BETWEEN], ids=["moved", "between"])
@pytest.mark.parametrize("where", [of_request, of_answer])
def test_a_property_may_move_into_a_base_and_a_base_between(tmp_path: Path, new: Any, where: Any) -> None:
    sides = [api(where(ref("Detail")), LITE), api(where(ref("Detail")), new)]
    assert levels(tmp_path, *sides) <= {"safe"}


def test_the_way_back_removes_it_from_the_base_alone(tmp_path: Path) -> None:
    use = of_answer(thing(detail=ref("Detail"), lite=ref("Lite")))
    gone = [each.site.symbol for each in found(tmp_path, api(use, MOVED), api(use, LITE)) if each.level == "breaking"]
    assert gone
    assert not any("Detail" in symbol for symbol in gone)


def test_a_base_that_is_gone_is_told(tmp_path: Path) -> None:
    use = of_answer(thing(detail=ref("Detail"), lite=ref("Lite")))
    rules = [each.rule.id for each in found(tmp_path, api(use, LITE), api(use, FLAT))]
    assert "surface-base-removed" in rules
    assert "surface-field-removed" not in rules


SHAPES = {
    "enumeration": {"type": "string", "enum": ["a", "b"]},
    "one value": {"type": "string", "enum": ["a"]},
    "object": thing(note=TEXT),
    "nested": thing(inner=thing(note=TEXT), kind={"type": "string", "enum": ["x", "y"]}),
    "list": {"type": "array", "items": thing(note=TEXT)},
    "union": {"oneOf": [thing(a=TEXT), thing(b=NUMBER)]},
    "text": TEXT,
}
PLACES = {
    "whole": lambda schema: schema,
    "property": lambda schema: thing(m=schema),
    "in a union": lambda schema: thing(m={"anyOf": [schema, NUMBER]}),
    "item": lambda schema: thing(m={"type": "array", "items": schema}),
    "value": lambda schema: thing(m={"type": "object", "additionalProperties": schema}),
}


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("where", [of_request, of_answer])
def test_inline_and_component_are_the_same_class(tmp_path: Path, shape: str, place: str, where: Any) -> None:
    inline = api(where(PLACES[place](SHAPES[shape])), {})
    named = api(where(PLACES[place](ref("M"))), {"M": SHAPES[shape]})
    wrapped = api(where(PLACES[place]({"allOf": [ref("M")]})), {"M": SHAPES[shape]})
    for old, new in ((inline, named), (named, inline), (named, wrapped), (wrapped, named)):
        worse = [each.text for each in found(tmp_path, old, new) if each.level != "safe"]
        assert worse == []


@pytest.mark.parametrize("where", [of_request, of_answer])
def test_another_name_of_a_schema_is_an_alias(tmp_path: Path, where: Any) -> None:
    schema = SHAPES["nested"]
    sides = [api(where(thing(m=ref(name))), {name: schema}) for name in ("Before", "After")]
    assert [each.text for each in found(tmp_path, *sides)] == ["models.after.After: is new"] or levels(
        tmp_path, *sides
    ) == {"safe"}


def test_a_schema_that_goes_while_an_equal_one_stands_is_that_one(tmp_path: Path) -> None:
    use, other = of_answer(thing(a=ref("One"), b=ref("Two"))), of_answer(thing(a=ref("One"), b=ref("One")))
    schemas = {"One": thing(note=TEXT), "Two": thing(note=TEXT)}
    assert levels(tmp_path, api(use, schemas), api(other, {"One": schemas["One"]})) <= {"safe"}
    # What is another one is not.
    changed = {"One": schemas["One"], "Two": thing(note=TEXT, size=NUMBER)}
    assert "breaking" in levels(tmp_path, api(use, changed), api(other, {"One": schemas["One"]}))


@pytest.mark.parametrize(("old", "new", "level"), CLOSED)
@pytest.mark.parametrize("fields", [{"a": TEXT}, {}], ids=["with fields", "free"])
def test_what_is_said_of_further_properties(tmp_path: Path, old: Any, new: Any, level: Any, fields: Any) -> None:
    """OpenAPI 3.0 and 3.1: where nothing is said any are allowed."""
    schemas = [{**thing(**fields), **({} if said is None else {"additionalProperties": said})} for said in (old, new)]
    if not fields:
        schemas = [{key: value for key, value in each.items() if key != "properties"} for each in schemas]
    told = [
        each
        for each in found(tmp_path, *(api(of_request(each), {}) for each in schemas))
        if "surface" not in each.rule.id
    ]
    assert {each.level.value for each in told} == ({level} if level else set())
    answers = [api(of_answer(each), {}) for each in deepcopy(schemas)]
    assert levels(tmp_path, *answers) <= {"safe"}


def answered(status: str, content: dict[str, Any]) -> dict[str, Any]:
    node = {"operationId": "call", "responses": {status: {"description": "d", **content}}}
    return {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/x": {"get": node}}}


BARE: dict[str, Any] = {"content": {"application/json": {}}}
ANYTHING: dict[str, Any] = {"content": {"application/json": {"schema": {}}}}


@pytest.mark.parametrize(
    ("status", "old", "new", "rules"),
    [
        ("204", BARE, {}, set()),
        ("205", {}, {"content": {"application/json": {"example": 1}}}, set()),
        ("304", BARE, {}, set()),
        ("200", BARE, ANYTHING, set()),
        ("404", ANYTHING, BARE, set()),
        ("200", BARE, {}, {"response-body-removed"}),
        ("204", {"content": {"application/json": {"schema": NUMBER}}}, {}, {"response-body-removed"}),
        ("200", BARE, {"content": {"application/json": {"schema": NUMBER}}}, {"response-type-narrowed"}),
    ],
)
def test_json_without_a_schema_is_any_where_there_can_be_content(
    tmp_path: Path, status: str, old: Any, new: Any, rules: set[str]
) -> None:
    told = {each.rule.id for each in found(tmp_path, answered(status, old), answered(status, new))}
    assert {each for each in told if not each.startswith("surface")} == rules
