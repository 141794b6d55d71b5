from __future__ import annotations

import json
from typing import Any

import pytest
from vcsdk.normalize.query_key import split_key
from vcsdk.normalize.views import vendor_view

from tests.unit.normalize.test_rules import mend, operation, paths


def constant(name: str, value: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": True, **more, "schema": {"type": "string", "enum": [value]}}


def test_each_constant_becomes_a_parameter_with_one_value(tmp_path) -> None:
    declared = {"name": "x", "in": "query", "schema": {"type": "string"}}
    items = {
        "/a?action=b&vmw-task=true": {"post": operation(operationId="b$task", parameters=[declared])},
        "/a?action=c": {"post": operation(operationId="c")},
        "/a": {"get": operation(operationId="d")},
    }
    document, made = mend(tmp_path, paths(items))
    assert list(document.data["paths"]) == ["/a#b$task", "/a#c", "/a"]
    post = document.data["paths"]["/a#b$task"]["post"]
    assert post["parameters"] == [declared, constant("action", "b"), constant("vmw-task", "true")]
    assert document.vendor_paths == {"/a#b$task": "/a?action=b&vmw-task=true", "/a#c": "/a?action=c"}
    assert made[0].count == 2
    place = document.locate(document.origin("/paths/~1a#b$task/post/parameters/1"))
    assert place == document.locate(made[0].places[0].origin)


def test_a_declared_parameter_of_the_same_name_is_merged(tmp_path) -> None:
    action = {"name": "action", "in": "query", "description": "What to do", "schema": {"type": "string"}}
    other = {"name": "action", "in": "header", "schema": {"type": "string"}}
    items = {"/a?action=b": {"post": operation(parameters=[action, other])}}
    document, _ = mend(tmp_path, paths(items))
    assert document.data["paths"]["/a#list"]["post"]["parameters"] == [
        constant("action", "b", description="What to do"),
        other,
    ]


def test_a_parameter_that_the_path_declares_is_merged(tmp_path) -> None:
    items = {
        "/a?action=b": {
            "parameters": [{"$ref": "#/components/parameters/Action"}],
            "post": operation(),
            "put": operation(operationId="put"),
        }
    }
    text = paths(items) + "components: {parameters: {Action: {name: action, in: query, schema: {type: string}}}}\n"
    document, _ = mend(tmp_path, text)
    item = document.data["paths"]["/a#put"]
    assert item["parameters"] == [constant("action", "b")]
    assert item["post"].get("parameters", []) == item["put"].get("parameters", []) == []


def test_a_name_alone_makes_the_declared_parameter_required(tmp_path) -> None:
    name = {"name": "file_name", "in": "query", "schema": {"type": "string", "maxLength": 9}}
    document, _ = mend(tmp_path, paths({"/file?file_name": {"get": operation(parameters=[name])}}))
    assert document.data["paths"]["/file#list"]["get"]["parameters"] == [{**name, "required": True}]


def test_a_name_alone_that_is_not_declared_is_a_constant(tmp_path) -> None:
    document, _ = mend(tmp_path, paths({"/file?raw": {"get": operation()}}))
    assert document.data["paths"]["/file#list"]["get"]["parameters"] == [constant("raw", "")]


def test_a_template_in_the_query_is_a_parameter_of_the_query(tmp_path) -> None:
    size = {"name": "size", "in": "path", "required": True, "schema": {"type": "integer"}}
    document, _ = mend(tmp_path, paths({"/a?max={size}": {"get": operation(parameters=[size])}}))
    assert document.data["paths"]["/a#list"]["get"]["parameters"] == [{**size, "name": "max", "in": "query"}]


def test_references_into_renamed_paths_follow(tmp_path) -> None:
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    reference = "#/paths/~1a?b=c/post/requestBody/content/application~1json/schema"
    items = {
        "/a?b=c": {"post": operation(requestBody=body)},
        "/d": {
            "post": operation(
                operationId="d", requestBody={"content": {"application/json": {"schema": {"$ref": reference}}}}
            )
        },
    }
    document, _ = mend(tmp_path, paths(items))
    found = document.data["paths"]["/d"]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    assert found == "#/paths/~1a#list/post/requestBody/content/application~1json/schema"
    assert document.resolve(found)[1] == {"type": "object"}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("/a", ("/a", "", [])),
        ("/a#b", ("/a", "b", [])),
        ("/a?~action=get", ("/a", "", [("~action", "get")])),
        ("/a?b=c%20d+e&f=%7E#g", ("/a", "g", [("b", "c d e"), ("f", "~")])),
        ("/a?b=c?d=e", ("/a", "", [("b", "c"), ("d", "e")])),
        ("/a?b=c=d&&e", ("/a", "", [("b", "c=d"), ("e", None)])),
    ],
)
def test_keys_are_taken_apart(key: str, expected: tuple[str, str, list[tuple[str, str | None]]]) -> None:
    path, fragment, parts = split_key(key)
    assert (path, fragment, [(part.key, part.value) for part in parts]) == expected


def test_the_vendor_view_has_the_query_back_in_the_key(tmp_path) -> None:
    kept = {"name": "mode", "in": "query", "required": True, "schema": {"type": "string", "enum": ["only"]}}
    items = {
        "/a?action=b%20c&vmw-task=true": {"post": operation(operationId="b", parameters=[kept])},
        "/a": {"get": operation(operationId="d")},
        "/f?name": {"get": operation(operationId="f", parameters=[{"name": "name", "in": "query", "schema": {}}])},
    }
    document, _ = mend(tmp_path, paths(items))
    before = json.dumps(document.data)
    view = vendor_view(document)
    assert list(view["paths"]) == ["/a?action=b%20c&vmw-task=true", "/a", "/f"]
    assert view["paths"]["/a?action=b%20c&vmw-task=true"]["post"]["parameters"] == [kept]
    assert view["paths"]["/f"]["get"]["parameters"][0]["required"] is True
    assert json.dumps(document.data) == before
    assert json.dumps(vendor_view(document)) == json.dumps(view)
