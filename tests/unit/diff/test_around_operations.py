"""What stands beside the requests of callers: components, callbacks, webhooks, addresses, ranges of statuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from vcsdk.diff import Finding

from tests.unit.diff.documents import api, of_answer, of_request
from tests.unit.diff.test_same_meaning import found, levels, ref, thing

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
A = thing(a=TEXT, b=TEXT)
ANSWER = {"200": {"description": "Thanks."}}


def body(schema: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def rules(told: list[Finding]) -> set[str]:
    return {each.rule.id for each in told if not each.rule.id.startswith("surface")}


def with_unused(schema: Any) -> dict[str, Any]:
    return api(of_answer(TEXT), {"Unused": schema})


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (A, thing(a=TEXT), "/b: is gone"),
        (A, thing(a=NUMBER, b=TEXT), "/a: the type is `integer`, was `string`"),
        ({**TEXT, "maxLength": 5}, {**TEXT, "maxLength": 4}, "maxLength is 4, was 5"),
        ({**TEXT, "enum": ["a", "b"]}, {**TEXT, "enum": ["a"]}, "the value `b` is gone"),
        ({**A, "not": {"required": ["a"]}}, {**A, "not": {"required": ["b"]}}, "`not` is"),
        (thing(a={**TEXT, "readOnly": True}), thing(a={**NUMBER, "readOnly": True}), "/a: the type is `integer`"),
    ],
)
def test_a_component_that_nothing_uses_is_named(tmp_path: Path, old: Any, new: Any, where: str) -> None:
    told = [each for each in found(tmp_path, with_unused(old), with_unused(new)) if "surface" not in each.rule.id]
    assert [each.level.value for each in told] == ["risky"]
    assert where in told[0].text
    assert told[0].site.schema == "Unused"


@pytest.mark.parametrize(
    ("old", "new"),
    [(A, thing(b=TEXT, a=TEXT)), (A, {**A, "description": "Of old."}), ({**TEXT, "minLength": 0}, TEXT)],
)
def test_a_component_that_nothing_uses_and_that_says_the_same_is_not(tmp_path: Path, old: Any, new: Any) -> None:
    assert levels(tmp_path, with_unused(old), with_unused(new)) <= {"safe"}


def calling_back(schema: Any, schemas: Any = None, **changes: Any) -> dict[str, Any]:
    operation = {"requestBody": body(schema), "responses": ANSWER, **changes}
    operation = {key: value for key, value in operation.items() if value is not None}
    callbacks = {"done": {"{$request.body#/url}": {"post": operation}}}
    return api({**of_answer(TEXT), "callbacks": callbacks}, schemas or {})


CALLED: dict[str, tuple[Any, Any, set[str]]] = {
    "a property of a component": (
        calling_back(ref("A"), {"A": A}),
        calling_back(ref("A"), {"A": thing(a=TEXT)}),
        {"response-optional-property-removed"},
    ),
    "a new property of a component": (
        calling_back(ref("A"), {"A": thing(a=TEXT)}),
        calling_back(ref("A"), {"A": A}),
        {"response-property-added"},
    ),
    "a property": (calling_back(A), calling_back(thing(a=TEXT)), {"keyword-changed"}),
    "a bound": (calling_back({**TEXT, "maxLength": 5}), calling_back({**TEXT, "maxLength": 4}), {"keyword-changed"}),
    "wording": (
        calling_back({**A, "description": "A"}),
        calling_back({**A, "description": "B"}),
        {"keyword-of-documentation-changed"},
    ),
    "another name": (calling_back(ref("A"), {"A": A}), calling_back(ref("C"), {"C": A}), set()),
    "a parameter": (
        calling_back(A),
        calling_back(A, parameters=[{"name": "X-Sign", "in": "header", "schema": TEXT}]),
        {"keyword-changed"},
    ),
    "its body": (calling_back(A), calling_back(A, requestBody=None), {"webhook-body-removed"}),
    "all of it": (calling_back(A), api(of_answer(TEXT), {}), {"callback-removed"}),
    "a new one": (api(of_answer(TEXT), {}), calling_back(A), {"callback-added"}),
}


@pytest.mark.parametrize("name", CALLED)
def test_what_callbacks_hold_is_compared(tmp_path: Path, name: str) -> None:
    old, new, expected = CALLED[name]
    assert rules(found(tmp_path, old, new)) == expected


def hooked(schema: Any, **more: Any) -> dict[str, Any]:
    operation = {"requestBody": body(schema), "responses": ANSWER}
    hooks = {"made": {"post": operation}, **more}
    return {"openapi": "3.1.0", "info": {"title": "Things", "version": "1"}, "paths": {}, "webhooks": hooks}


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        (thing(a=TEXT), A, "safe"),
        (thing(a=TEXT), {**thing(a=TEXT), "required": ["a"]}, "safe"),
        (thing(a=thing(b=TEXT)), thing(a=thing(b=TEXT, c=TEXT)), "safe"),
        (A, thing(a=TEXT), "breaking"),
    ],
)
def test_the_class_of_a_webhook_keeps_its_name(tmp_path: Path, old: Any, new: Any, level: str) -> None:
    told = found(tmp_path, hooked(old), hooked(new))
    assert "surface-class-removed" not in {each.rule.id for each in told}
    assert min((each.level for each in told), key=lambda each: each.rank).value == level


def test_a_webhook_without_its_body_is_told(tmp_path: Path) -> None:
    bare = hooked(A)
    del bare["webhooks"]["made"]["post"]["requestBody"]
    assert rules(found(tmp_path, hooked(A), bare)) == {"webhook-body-removed"}
    assert rules(found(tmp_path, bare, hooked(A))) == {"webhook-body-added"}


def at(*servers: Any) -> dict[str, Any]:
    return {**api(of_answer(TEXT), {}), "servers": [{"url": s} if isinstance(s, str) else s for s in servers]}


def variable(**said: Any) -> dict[str, Any]:
    return {"url": "https://{at}.example.com/api", "variables": {"at": {"default": "eu", **said}}}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://EXAMPLE.com/api", "https://example.com/api"),
        ("HTTPS://example.com/api", "https://example.com/api"),
        ("https://example.com/api", "https://example.com:443/api"),
        ("http://example.com:80/api", "http://example.com/api/"),
        (variable(enum=["eu", "us"]), variable(enum=["us", "eu"])),
        (variable(), variable(description="Where.")),
    ],
)
def test_the_same_address_is_no_change(tmp_path: Path, old: Any, new: Any) -> None:
    told = found(tmp_path, at("https://first.example.com/api", old), at("https://first.example.com/api", new))
    assert [each.text for each in told if not each.rule.wording] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://example.com/api", "https://example.com:8443/api"),
        ("https://example.com/api", "https://example.com/Api"),
        (variable(), variable(default="us")),
        (variable(enum=["eu", "us"]), variable(enum=["eu"])),
    ],
)
def test_another_address_is_one(tmp_path: Path, old: Any, new: Any) -> None:
    told = found(tmp_path, at("https://first.example.com/api", old), at("https://first.example.com/api", new))
    assert rules(told) == {"server-added", "server-removed"}


def test_a_range_of_statuses_breaks_nobody(tmp_path: Path) -> None:
    one = api(of_answer(A), {})
    many = api({"responses": {"2XX": of_answer(A)["responses"]["200"]}}, {})
    told = found(tmp_path, one, many)
    assert {each.rule.id: each.level.value for each in told} == {
        "success-status-became-range": "safe",
        "surface-return-may-be-none": "risky",
    }


def test_a_prefix_that_moved_into_the_paths_is_the_same_request(tmp_path: Path) -> None:
    old = {**api(of_request(A), {}), "servers": [{"url": "/api"}]}
    new = {**old, "servers": [{"url": "/"}], "paths": {"/api/t": old["paths"]["/t"]}}
    assert [each.text for each in (*found(tmp_path, old, new), *found(tmp_path, new, old))] == []


def test_one_value_is_written_alike_exploded_or_not(tmp_path: Path) -> None:
    def with_parameter(schema: Any, **said: Any) -> dict[str, Any]:
        given = {"name": "q", "in": "query", "schema": schema, **said}
        return api({"parameters": [given], "responses": {"204": {"description": "Done."}}}, {})

    for schema in (TEXT, NUMBER, {"oneOf": [TEXT, NUMBER]}):
        assert found(tmp_path, with_parameter(schema), with_parameter(schema, explode=False)) == []
    for schema in ({"type": "array", "items": TEXT}, A, {"oneOf": [TEXT, A]}):
        told = found(tmp_path, with_parameter(schema), with_parameter(schema, explode=False))
        assert rules(told) == {"parameter-explode-changed"}


def test_what_a_reference_says_keeps_a_property_from_travelling(tmp_path: Path) -> None:
    def side(put: Any, **said: Any) -> dict[str, Any]:
        return api(put(thing(a=ref("A"), b=TEXT)), {"A": {**TEXT, **said}})

    assert rules(found(tmp_path, side(of_request), side(of_request, readOnly=True))) == {"keyword-changed"}
    assert rules(found(tmp_path, side(of_answer), side(of_answer, writeOnly=True))) == {"keyword-changed"}
    assert levels(tmp_path, side(of_answer), side(of_answer, readOnly=True)) <= {"safe"}
    assert levels(tmp_path, side(of_request), side(of_request, writeOnly=True)) <= {"safe"}


HIDDEN: dict[str, tuple[Any, Any]] = {
    "values that are objects": ({"enum": [{"a": 1}]}, {"enum": [{"a": 2}]}),
    "values that are lists": ({"type": "array", "enum": [["a"]]}, {"type": "array", "enum": [["b"]]}),
    "bounds of any value": ({"maxLength": 1}, {"maxLength": 2}),
    "what a map must have": (
        {"type": "object", "additionalProperties": TEXT, "required": ["a"]},
        {"type": "object", "additionalProperties": TEXT, "required": ["b"]},
    ),
    "how much an object must have": ({**A, "minProperties": 1}, {**A, "minProperties": 2}),
    "what alternatives require": (
        {**A, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {**A, "oneOf": [{"required": ["a"]}, {"required": ["a", "b"]}]},
    ),
}


@pytest.mark.parametrize("put", [of_request, of_answer])
@pytest.mark.parametrize("name", HIDDEN)
def test_another_change_of_the_operation_hides_none(tmp_path: Path, name: str, put: Any) -> None:
    one, other = HIDDEN[name]
    for more in ({**TEXT, "maxLength": 5}, NUMBER):
        told = found(tmp_path, api(put(thing(m=one, z=TEXT)), {}), api(put(thing(m=other, z=more)), {}))
        hidden = [each.site.path for each in told if each.rule.id == "keyword-changed"]
        assert hidden
        assert all(path.startswith("/m") for path in hidden)


def test_what_a_rule_tells_is_not_told_again(tmp_path: Path) -> None:
    old = {**thing(m=A, u={"oneOf": [A, TEXT]}, t=TEXT), "required": ["m"]}
    new = {**thing(m=thing(a=NUMBER, b=TEXT), u={"oneOf": [A, NUMBER]}, t=A), "required": ["t"]}
    told = found(tmp_path, api(of_request(old), {}), api(of_request(new), {}))
    assert "keyword-changed" not in rules(told)
