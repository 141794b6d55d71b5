"""Generated requests that no bytes can say are not sent."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from vcsdk.copied.suite.unwritable import is_json, is_unwritable

FORM = "application/x-www-form-urlencoded"
NOTHING: dict[str, Any] = {"media_type": None, "body": None, "query": {}, "headers": {}, "cookies": {}}


@pytest.mark.parametrize(
    ("given", "unwritable"),
    [
        ({"query": {"a": "b"}}, False),
        ({"query": {"a": ""}}, False),
        ({"query": {"list": ""}}, True),
        ({"query": {"list": []}}, True),
        ({"query": {"filter[ids]": ""}}, True),
        ({"query": {"filter[ids]": "1"}}, False),
        ({"query": {"a": None}}, True),
        ({"query": {"a": "null"}}, True),
        ({"query": {"a": "nullable"}}, False),
        ({"query": {"a": ["b", None]}}, True),
        ({"path_parameters": {"a": ".0,null"}}, True),
        ({"path_parameters": {"a": "%2Cnull%2C"}}, True),
        ({"headers": {"X-Schemathesis-Unknown-Property": "42"}}, True),
        ({"media_type": "application/json", "body": None}, False),
        ({"media_type": "application/json", "body": ""}, False),
        ({"media_type": "application/octet-stream", "body": b""}, True),
        ({"media_type": "text/plain", "body": "a"}, False),
        ({"media_type": "multipart/form-data", "body": {}}, True),
        ({"media_type": "multipart/form-data", "body": {"a": "b"}}, False),
        ({"media_type": FORM, "body": {"a": []}}, True),
        ({"media_type": FORM, "body": {"a": None}}, True),
        ({"media_type": FORM, "body": {"a": "b"}}, False),
        ({"media_type": FORM, "body": {}}, False),
    ],
)
def test_what_has_no_form_on_the_wire_is_told(given: dict[str, Any], unwritable: bool) -> None:
    case = SimpleNamespace(**{**NOTHING, "path_parameters": {}, **given})
    assert is_unwritable(case, frozenset({"list"})) is unwritable


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/json; charset=utf-8", True),
        ("text/json", True),
        ("application/merge-patch+json", True),
        ("application/jwt", False),
        ("application/xml", False),
        ("", False),
    ],
)
def test_json_is_known_by_its_name(media_type: str, expected: bool) -> None:
    assert is_json(media_type) is expected


@pytest.mark.parametrize(
    ("query", "unwritable"),
    [({}, True), (None, True), ({"f[a]": "1"}, False), ({"f": "1"}, True), ({"g[a]": "1"}, True)],
)
def test_an_object_that_must_be_there_needs_a_member(query: Any, unwritable: bool) -> None:
    case = SimpleNamespace(**{**NOTHING, "path_parameters": {}, "query": query})
    assert is_unwritable(case, frozenset(), frozenset({"f"})) is unwritable
