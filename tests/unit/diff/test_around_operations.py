"""What stands beside the requests of callers: components, callbacks, webhooks, addresses, ranges of statuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from vcsdk.diff import Finding, causes_of

from tests.unit.diff.documents import api, of_answer, of_request
from tests.unit.diff.test_same_meaning import found, found_of, levels, ref, thing

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


def calling_back(
    schema: Any, schemas: Any = None, *, name: str = "done", to: str = "{$request.body#/url}", **changes: Any
) -> dict[str, Any]:
    operation = {"requestBody": body(schema), "responses": ANSWER, **changes}
    operation = {key: value for key, value in operation.items() if value is not None}
    return api({**of_answer(TEXT), "callbacks": {name: {to: {"post": operation}}}}, schemas or {})


def asking_for(schema: Any, schemas: Any) -> dict[str, Any]:
    described = calling_back(schema, schemas)
    described["paths"]["/t"]["post"] |= of_request(schema)
    return described


def signed(schema: Any, **more: Any) -> dict[str, Any]:
    return {"name": "X-Sign", "in": "header", "schema": schema, **more}


def answered(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "Thanks.", **body(schema)}}


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
    "a property": (calling_back(A), calling_back(thing(a=TEXT)), {"response-optional-property-removed"}),
    "a new property": (calling_back(thing(a=TEXT)), calling_back(A), {"response-property-added"}),
    "a property far below": (
        calling_back(thing(n={"type": "array", "items": thing(m={"allOf": [A, thing(c=TEXT)]})})),
        calling_back(thing(n={"type": "array", "items": thing(m={"allOf": [A, thing(c=NUMBER)]})})),
        {"response-type-changed"},
    ),
    "a bound": (
        calling_back({**TEXT, "maxLength": 5}),
        calling_back({**TEXT, "maxLength": 4}),
        {"response-max-length-lowered"},
    ),
    "a value": (calling_back({"enum": ["a"]}), calling_back({"enum": ["a", "b"]}), {"response-enum-value-added"}),
    "a word that nobody compares": (
        calling_back({**TEXT, "not": {"enum": ["a"]}}),
        calling_back({**TEXT, "not": {"enum": ["b"]}}),
        {"keyword-changed"},
    ),
    "a component that requests have as well": (
        asking_for(ref("A"), {"A": A}),
        asking_for(ref("A"), {"A": {**A, "required": ["a"]}}),
        {"request-property-became-required", "response-property-became-required"},
    ),
    "wording": (
        calling_back({**A, "description": "A"}),
        calling_back({**A, "description": "B"}),
        {"keyword-of-documentation-changed"},
    ),
    "another name": (calling_back(ref("A"), {"A": A}), calling_back(ref("C"), {"C": A}), set()),
    "a parameter": (
        calling_back(A),
        calling_back(A, parameters=[signed(TEXT)]),
        {"webhook-parameter-added"},
    ),
    "the type of a parameter": (
        calling_back(A, parameters=[signed(TEXT)]),
        calling_back(A, parameters=[signed(NUMBER)]),
        {"response-type-changed"},
    ),
    "the only value of a parameter": (
        calling_back(A, parameters=[signed({"enum": ["a"]}, required=True)]),
        calling_back(A, parameters=[signed({"enum": ["b"]}, required=True)]),
        {"response-constant-changed"},
    ),
    "what must be answered": (
        calling_back(A, responses=answered(A)),
        calling_back(A, responses=answered({**A, "required": ["a"]})),
        {"request-property-became-required"},
    ),
    "what may be answered": (
        calling_back(A, responses=answered({**TEXT, "maxLength": 5})),
        calling_back(A, responses=answered({**TEXT, "maxLength": 6})),
        {"request-max-length-raised"},
    ),
    "a status that a range holds": (
        calling_back(A),
        calling_back(A, responses={"2XX": ANSWER["200"]}),
        {"webhook-answer-added"},
    ),
    "its name": (calling_back(A), calling_back(A, name="ended"), {"keyword-of-documentation-changed"}),
    "a name like an extension's": (
        calling_back(A, name="x-done"),
        calling_back(thing(a=TEXT), name="x-done"),
        {"response-optional-property-removed"},
    ),
    "its address": (calling_back(A), calling_back(A, to="{$url}"), {"callback-added", "callback-removed"}),
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


def test_what_goes_with_a_webhook_is_compared_as_what_goes_with_a_callback(tmp_path: Path) -> None:
    def side(schema: Any, answer: Any) -> dict[str, Any]:
        described = hooked(A)
        described["webhooks"]["made"]["post"] |= {"parameters": [signed(schema)], "responses": answered(answer)}
        return described

    assert rules(found(tmp_path, side(TEXT, A), side(NUMBER, A))) == {"response-type-changed"}
    assert rules(found(tmp_path, side(TEXT, A), side(TEXT, {**A, "required": ["a"]}))) == {
        "request-property-became-required"
    }
    assert rules(found(tmp_path, side(TEXT, A), side(TEXT, A))) == set()
    bare = hooked(A)
    assert rules(found(tmp_path, bare, side(TEXT, A))) == {"webhook-parameter-added", "webhook-answer-body-added"}


def test_what_becomes_of_the_class_of_a_callback_follows_from_it(tmp_path: Path) -> None:
    old = calling_back(ref("A"), {"A": A})
    new = calling_back(ref("A"), {"A": thing(a=TEXT, c={"type": "array", "items": thing(d=TEXT)})})
    both = found_of(tmp_path, old, new)
    causes = causes_of(both.findings, both.comparison)
    assert [cause.message for cause in causes] == ["schema A: /b: is gone", "schema A: /c: is new"]
    assert {cause.places for cause in causes} == {("callback done (POST {$request.body#/url}) of POST /t",)}
    assert all(cause.following for cause in causes)


def test_what_stands_in_a_callback_alone_has_no_class(tmp_path: Path) -> None:
    old = calling_back(A, {"B": thing(a=TEXT)})
    new = calling_back(thing(a=TEXT, b=TEXT, c=thing(d=TEXT)), {"B": A})
    both = found_of(tmp_path, old, new)
    assert [cause.message for cause in causes_of(both.findings, both.comparison)] == [
        "schema B: /b: is new (no operation uses it)",
        "callback done (POST {$request.body#/url}) of POST /t: request body /c: is new",
    ]


def with_item(**said: Any) -> dict[str, Any]:
    described = api(of_answer(TEXT), {})
    described["paths"]["/t"] |= said
    return described


ITEMS: dict[str, tuple[dict[str, Any], dict[str, Any], set[str]]] = {
    "summary": ({"summary": "A"}, {"summary": "B"}, {"keyword-of-documentation-changed"}),
    "description": ({"description": "A"}, {"description": "B"}, {"keyword-of-documentation-changed"}),
    "servers": ({}, {"servers": [{"url": "https://b.test"}]}, {"keyword-changed"}),
    "a word of a parameter": (
        {"parameters": [signed(TEXT)]},
        {"parameters": [signed(TEXT, allowEmptyValue=True)]},
        {"keyword-changed"},
    ),
    "a word of a parameter's schema": (
        {"parameters": [signed({**TEXT, "not": {"enum": ["a"]}})]},
        {"parameters": [signed({**TEXT, "not": {"enum": ["b"]}})]},
        {"keyword-changed"},
    ),
}


@pytest.mark.parametrize("name", ITEMS)
def test_what_a_path_says_of_its_operations_is_compared(tmp_path: Path, name: str) -> None:
    old, new, expected = ITEMS[name]
    assert rules(found(tmp_path, with_item(**old), with_item(**new))) == expected


@pytest.mark.parametrize(
    "said", [{"servers": [{"url": "https://b.test"}]}, {"parameters": [signed({**TEXT, "not": {"enum": ["a"]}})]}]
)
def test_what_a_path_says_is_the_same_in_its_operation(tmp_path: Path, said: dict[str, Any]) -> None:
    own = with_item()
    own["paths"]["/t"]["post"] |= said
    assert found(tmp_path, with_item(**said), own) == []
    assert found(tmp_path, own, with_item(**said)) == []


def with_header(**content: Any) -> dict[str, Any]:
    described = of_answer(TEXT)
    described["responses"]["200"]["headers"] = {"X-Page": {"content": content}}
    return api(described, {})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (body(A)["content"], body(thing(a=TEXT))["content"], {"keyword-changed"}),
        (body(A)["content"], body(TEXT)["content"], {"keyword-changed"}),
        (body(TEXT)["content"], {"text/plain": {"schema": TEXT}}, {"keyword-changed"}),
        (body(TEXT)["content"], body({**TEXT, "title": "A"})["content"], {"keyword-of-documentation-changed"}),
        (body(A)["content"], body(thing(b=TEXT, a=TEXT))["content"], set()),
    ],
)
def test_the_content_of_a_header_is_compared(tmp_path: Path, old: Any, new: Any, expected: set[str]) -> None:
    assert rules(found(tmp_path, with_header(**old), with_header(**new))) == expected


def at(*servers: Any) -> dict[str, Any]:
    return {**api(of_answer(TEXT), {}), "servers": [{"url": s} if isinstance(s, str) else s for s in servers]}


def variable(**said: Any) -> dict[str, Any]:
    return {"url": "https://{at}.example.com/api", "variables": {"at": {"default": "eu", **said}}}


@pytest.mark.parametrize("said", [{"default": "eu"}, {"default": "eu", "description": "Where."}, {"b": [1]}, {}])
def test_a_variable_that_only_one_side_declares_is_no_fault(tmp_path: Path, said: dict[str, Any]) -> None:
    undeclared = {"url": "https://{at}.example.com/api"}
    other = {**undeclared, "variables": {"zone": said}}

    for old, new in ((undeclared, other), (other, undeclared)):
        changed = rules(found(tmp_path, at(old), at(new)))
        assert changed - {"keyword-changed", "keyword-of-documentation-changed"} == {"server-added", "server-removed"}


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


def test_the_server_that_is_called_by_default_is_told(tmp_path: Path) -> None:
    a, b = "https://a.example.com/api", "https://b.example.com/api"
    assert rules(found(tmp_path, at(a, b), at(b, a))) == {"server-preferred"}
    assert rules(found(tmp_path, at(a), at(b, a))) == {"server-preferred", "server-added"}
    assert rules(found(tmp_path, at(a), at(a, b))) == {"server-added"}
    assert rules(found(tmp_path, at(a, b), at(b))) == {"server-removed"}
    assert rules(found(tmp_path, at(a, f"{b}/v2"), at(f"{b}/v2", a))) == {"server-prefix-changed"}


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


@pytest.mark.parametrize("put", [of_request, of_answer])
def test_what_must_be_there_is_told_where_a_component_is_met_first(tmp_path: Path, put: Any) -> None:
    used = thing(first=ref("A"), more={"type": "array", "items": ref("A")}, map_={"additionalProperties": ref("A")})
    old, new = ({"A": {**A, "required": names}} for names in (["b"], ["a"]))
    told = rules(found(tmp_path, api(put(used), old), api(put(used), new)))
    assert "keyword-changed" not in told
    assert any(each.endswith("property-became-required") for each in told)


@pytest.mark.parametrize("put", [of_request, of_answer])
def test_a_name_that_no_property_has_is_told_where_it_must_be_there(tmp_path: Path, put: Any) -> None:
    told = found(tmp_path, api(put({**A, "required": ["b"]}), {}), api(put({**A, "required": ["b", "c"]}), {}))
    assert "keyword-changed" in rules(told)
    new = {**thing(a=TEXT, b=TEXT, c=TEXT), "required": ["b", "c"]}
    assert "keyword-changed" not in rules(found(tmp_path, api(put({**A, "required": ["b"]}), {}), api(put(new), {})))


@pytest.mark.parametrize("put", [of_request, of_answer])
@pytest.mark.parametrize("said", [{"description": "New."}, {"deprecated": True}])
def test_what_is_said_of_a_property_hides_nothing_of_its_schema(tmp_path: Path, put: Any, said: Any) -> None:
    old, new = {"enum": [{"a": 1}]}, {"enum": [{"a": 2}], **said}
    told = rules(found(tmp_path, api(put(thing(m=old)), {}), api(put(thing(m=new)), {})))
    assert "keyword-changed" in told
