"""What a schema says may be said in several ways, of which none is a change; what is wider is wider in each place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.diff.documents import api, of_answer, of_request
from tests.unit.diff.test_same_meaning import found, ref, thing

TEXT, NUMBER, FRACTION = {"type": "string"}, {"type": "integer"}, {"type": "number"}
SHORT, LONG = {"type": "string", "maxLength": 5}, {"type": "string", "minLength": 3}


def of_parameter(schema: Any) -> dict[str, Any]:
    given = {"name": "q", "in": "query", "schema": schema}
    return {"parameters": [given], "responses": {"204": {"description": "Done."}}}


def of_header(schema: Any) -> dict[str, Any]:
    answer = {"description": "It.", "headers": {"X-H": {"schema": schema}}}
    return {"responses": {"200": answer}}


SENT = {
    "request": lambda schema: of_request(thing(m=schema)),
    "item of a request": lambda schema: of_request(thing(m={"type": "array", "items": schema})),
    "parameter": of_parameter,
}
GOT = {
    "answer": lambda schema: of_answer(thing(m=schema)),
    "value of an answer": lambda schema: of_answer(thing(m={"type": "object", "additionalProperties": schema})),
    "header": of_header,
}


def levels(folder: Path, old: Any, new: Any, version: str, schemas: Any = None) -> tuple[str | None, str | None]:
    """The worst level of what is told of the API, and of what is told of Python; None for nothing but wording."""
    sides = [{**api(side, schemas or {}), "openapi": version} for side in (old, new)]
    told = [each for each in found(folder, *sides) if not each.rule.wording]
    kinds = ([f for f in told if f.rule.id.startswith("surface") is python] for python in (False, True))
    api_level, python = (min(kind, key=lambda f: f.level.rank).level.value if kind else None for kind in kinds)
    return api_level, python


SAME: dict[str, tuple[str, Any, Any]] = {
    "null as a kind and as an alternative": (
        "3.1.0",
        {"type": ["string", "null"]},
        {"anyOf": [TEXT, {"type": "null"}]},
    ),
    "null first": ("3.1.0", {"type": ["string", "null"]}, {"oneOf": [{"type": "null"}, TEXT]}),
    "kinds and alternatives": ("3.1.0", {"type": ["string", "integer"]}, {"anyOf": [TEXT, NUMBER]}),
    "kinds that exclude each other": ("3.1.0", {"type": ["string", "integer"]}, {"oneOf": [NUMBER, TEXT]}),
    "a number is one that may be whole": ("3.1.0", {"type": ["integer", "number"]}, FRACTION),
    "one of several and any of them": ("3.0.3", {"oneOf": [NUMBER, TEXT]}, {"anyOf": [NUMBER, TEXT]}),
    "an alternative alone": ("3.0.3", TEXT, {"anyOf": [TEXT]}),
    "a part alone": ("3.0.3", TEXT, {"allOf": [TEXT]}),
    "parts": ("3.0.3", {**SHORT, "minLength": 1}, {"allOf": [{**TEXT, "minLength": 1}, {"maxLength": 5}]}),
    "the narrower of two": ("3.0.3", SHORT, {"allOf": [SHORT, {"maxLength": 9}]}),
    "a constant": ("3.1.0", {"type": "string", "const": "a"}, {"type": "string", "enum": ["a"]}),
    "a constant without its kind": ("3.1.0", {"type": "string", "const": "a"}, {"const": "a"}),
    "a list without its kind": ("3.0.3", {"type": "string", "enum": ["a", "b"]}, {"enum": ["a", "b"]}),
    "another order": (
        "3.0.3",
        {"type": "string", "enum": ["a", "b"]},
        {"type": "string", "enum": ["b", "a"]},
    ),
    "a value twice": ("3.0.3", {"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["a", "a"]}),
    "constants as alternatives": (
        "3.1.0",
        {"type": "string", "enum": ["a", "b"]},
        {"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]},
    ),
    "both truth values": ("3.0.3", {"type": "boolean"}, {"type": "boolean", "enum": [True, False]}),
    "null in a list": (
        "3.0.3",
        {"type": "string", "nullable": True, "enum": ["a", "b"]},
        {"type": "string", "nullable": True, "enum": ["a", "b", None]},
    ),
    "whole numbers above": ("3.0.3", {**NUMBER, "minimum": 4}, {**NUMBER, "minimum": 3, "exclusiveMinimum": True}),
    "whole numbers above, newer": ("3.1.0", {**NUMBER, "minimum": 4}, {**NUMBER, "exclusiveMinimum": 3}),
    "whole numbers below": ("3.1.0", {**NUMBER, "maximum": 4}, {**NUMBER, "exclusiveMaximum": 4.5}),
    "an idle bound": ("3.1.0", {**FRACTION, "exclusiveMinimum": 3}, {**FRACTION, "exclusiveMinimum": 3, "minimum": 1}),
    "multiples of one": ("3.0.3", NUMBER, {**NUMBER, "multipleOf": 1}),
    "a word that says nothing": ("3.0.3", TEXT, {**TEXT, "minLength": 0}),
}


@pytest.mark.parametrize("place", SENT | GOT)
@pytest.mark.parametrize("name", SAME)
def test_the_same_said_otherwise_is_no_change(tmp_path: Path, name: str, place: str) -> None:
    version, one, other = SAME[name]
    put = (SENT | GOT)[place]
    for old, new in ((one, other), (other, one)):
        api_level, python = levels(tmp_path, put(old), put(new), version)
        # A union may be called by a name where it is one.
        assert (api_level, python) in ((None, None), (None, "safe"))


# What is wider than the other, and how bad the wider one is where callers get it; narrower it breaks those who send it.
WIDER: dict[str, tuple[str, Any, Any, str]] = {
    "steps as decimals": ("3.0.3", {**FRACTION, "multipleOf": 0.1}, {**FRACTION, "multipleOf": 0.01}, "breaking"),
    "more bits": ("3.0.3", {**NUMBER, "format": "int32"}, {**NUMBER, "format": "int64"}, "breaking"),
    "more digits": ("3.0.3", {**FRACTION, "format": "float"}, {**FRACTION, "format": "double"}, "breaking"),
    "fractions": ("3.0.3", NUMBER, FRACTION, "breaking"),
    "one more": (
        "3.0.3",
        {"type": "string", "enum": ["a"]},
        {"type": "string", "enum": ["a", "b"]},
        "risky",
    ),
}


@pytest.mark.parametrize("place", SENT | GOT)
@pytest.mark.parametrize("name", WIDER)
def test_what_is_wider_breaks_nobody_who_sends_it(tmp_path: Path, name: str, place: str) -> None:
    version, narrow, wide, got = WIDER[name]
    put = (SENT | GOT)[place]
    widened = levels(tmp_path, put(narrow), put(wide), version)
    narrowed = levels(tmp_path, put(wide), put(narrow), version)
    assert widened[0] == ("safe" if place in SENT else got)
    assert narrowed[0] == ("breaking" if place in SENT else "safe")
    # What breaks nothing on the wire breaks no program either.
    assert (widened if place in SENT else narrowed)[1] != "breaking"


@pytest.mark.parametrize("options", [[SHORT, LONG], [{"type": "object"}, thing(a=TEXT)]])
@pytest.mark.parametrize("place", ["request", "answer"])
def test_alternatives_that_share_values_exclude_each_other_or_not(tmp_path: Path, place: str, options: Any) -> None:
    put = (SENT | GOT)[place]
    one, several = put({"oneOf": options}), put({"anyOf": options})
    assert levels(tmp_path, several, one, "3.0.3")[0] == ("risky" if place in SENT else "safe")
    assert levels(tmp_path, one, several, "3.0.3")[0] == ("safe" if place in SENT else "risky")


@pytest.mark.parametrize("place", ["request", "answer", "header"])
def test_a_secret_is_looked_at_and_refused_by_nobody(tmp_path: Path, place: str) -> None:
    put = (SENT | GOT)[place]
    sides = [api(put(TEXT), {}), api(put({**TEXT, "format": "password"}), {})]
    for old, new in (sides, reversed(sides)):
        told = [each for each in found(tmp_path, old, new) if not each.rule.id.startswith("surface")]
        rule = "request-secrecy-changed" if place in SENT else "response-secrecy-changed"
        assert [(each.rule.id, each.level.value) for each in told] == [(rule, "risky")]


def test_a_description_of_30_is_the_same_in_31(tmp_path: Path) -> None:
    shared = {"A": thing(a=TEXT, b=NUMBER)}
    old = thing(
        m={**TEXT, "nullable": True},
        n={"allOf": [ref("A")], "nullable": True},
        e={"type": "string", "nullable": True, "enum": ["a", "b", None]},
        x={**NUMBER, "minimum": 1, "exclusiveMinimum": True},
        f={**FRACTION, "maximum": 1, "exclusiveMaximum": True},
        b={**TEXT, "format": "byte"},
    )
    new = thing(
        m={"type": ["string", "null"]},
        n={"anyOf": [ref("A"), {"type": "null"}]},
        e={"type": ["string", "null"], "enum": ["a", "b", None]},
        x={**NUMBER, "exclusiveMinimum": 1},
        f={**FRACTION, "exclusiveMaximum": 1},
        b={**TEXT, "contentEncoding": "base64"},
    )
    for put in (of_request, of_answer):
        sides = [{**api(put(old), shared), "openapi": "3.0.3"}, {**api(put(new), shared), "openapi": "3.1.0"}]
        for before, after in (sides, reversed(sides)):
            assert [each.text for each in found(tmp_path, before, after) if not each.rule.wording] == []


def test_a_file_of_30_is_one_in_31(tmp_path: Path) -> None:
    def download(schema: Any, version: str) -> dict[str, Any]:
        content = {"application/octet-stream": {"schema": schema}}
        answer = {"responses": {"200": {"description": "It.", "content": content}}}
        return {**api(answer, {}), "openapi": version}

    old, new = download({**TEXT, "format": "binary"}, "3.0.3"), download({}, "3.1.0")
    assert [each.text for each in (*found(tmp_path, old, new), *found(tmp_path, new, old))] == []
    # JSON is no file.
    sides = [{**api(of_answer(schema), {}), "openapi": "3.1.0"} for schema in ({**TEXT, "format": "binary"}, {})]
    assert found(tmp_path, *sides)


BEYOND = 10**400
"""No double holds it, and `1e400` is read as infinity."""
BOUNDLESS: dict[str, Any] = {
    "minimum": {**NUMBER, "minimum": BEYOND},
    "maximum": {**NUMBER, "maximum": -BEYOND},
    "exclusive minimum": {**NUMBER, "exclusiveMinimum": BEYOND},
    "infinite minimum": {**NUMBER, "minimum": float("inf")},
    "step of whole numbers": {**NUMBER, "multipleOf": float("inf")},
    "step of fractions": {**FRACTION, "multipleOf": float("inf")},
    "large step": {**NUMBER, "multipleOf": BEYOND},
    "steps of two parts": {"allOf": [{**NUMBER, "multipleOf": float("inf")}, {"multipleOf": 0.5}]},
    "values": {"enum": [BEYOND, 1]},
}


@pytest.mark.parametrize("place", [*SENT, *GOT])
@pytest.mark.parametrize("what", BOUNDLESS)
def test_numbers_that_no_double_holds_are_compared(what: str, place: str, tmp_path: Path) -> None:
    shape = {**SENT, **GOT}[place]
    plain, beyond = shape(FRACTION if what == "step of fractions" else NUMBER), shape(BOUNDLESS[what])
    for old, new in ((plain, beyond), (beyond, plain), (beyond, beyond)):
        told = levels(tmp_path, old, new, "3.1.0")
        assert (told == (None, None)) or old is not new
