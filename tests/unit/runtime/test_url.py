"""URLs byte for byte; the tables are those of OpenAPI 3.0.3 "Style Examples" and RFC 6570."""

from __future__ import annotations

import datetime
import enum
from typing import Any
from urllib.parse import unquote

import pytest
from vcsdk.copied.runtime import ArgumentError, Model, Operation, Parameter
from vcsdk.copied.runtime.arguments import checked
from vcsdk.copied.runtime.serialize import header_text, path_text, query_pairs
from vcsdk.copied.runtime.target import address
from vcsdk.copied.runtime.url import path_and_query

LIST = ["blue", "black", "brown"]
MAP = {"R": 100, "G": 200}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("vc.example.com", "https://vc.example.com"),
        ("vc.example.com:8443", "https://vc.example.com:8443"),
        ("https://vc.example.com/", "https://vc.example.com"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("::1", "https://[::1]"),
        ("[::1]:443", "https://[::1]:443"),
        ("HTTPS://VC.example.com", "https://vc.example.com"),
        ("https://gw.example.com/api/v1", "https://gw.example.com/api/v1"),
        ("gw.example.com:8443/api/v1/", "https://gw.example.com:8443/api/v1"),
        ("http://[::1]:8080/a%20b/ü", "http://[::1]:8080/a%20b/%C3%BC"),
    ],
)
def test_a_target_is_a_host_an_origin_or_an_address(target: str, expected: str) -> None:
    assert str(address(target)) == expected


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("", "expected a host name"),
        ("vc example", "expected a host name"),
        ("ftp://vc", "neither https nor http"),
        ("https://root:hunter2@vc", "holds a user name"),
        ("root:hunter2@vc", "holds a user name"),
        ("https://vc/api?x=1", "no further than a path"),
        ("https://vc?x=1", "no further than a path"),
        ("https://vc#f", "no further than a path"),
        ("https://vc/api/../x", "leads back"),
        ("https://vc/api/%2E%2e/x", "leads back"),
        ("https://root:hun/ter2@vc", "is no address"),
        ("https://:80", "no host name"),
        ("https://vc:port", "target:"),
        ("https://vc:99999", "target:"),
        ("vc" + "x" * 70 + "\u00e9.com", "cannot exist"),
    ],
)
def test_any_other_target_is_refused_without_repeating_it(target: str, said: str) -> None:
    with pytest.raises(ArgumentError, match=said) as caught:
        address(target)
    assert "hun" not in str(caught.value)


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("simple", False, LIST, "blue,black,brown"),
        ("simple", False, MAP, "R,100,G,200"),
        ("simple", True, MAP, "R=100,G=200"),
        ("form", False, "a/b c", "a%2Fb%20c"),
        ("label", False, "blue", ".blue"),
        ("label", True, LIST, ".blue.black.brown"),
        ("label", False, MAP, ".R,100,G,200"),
        ("label", True, MAP, ".R=100.G=200"),
        ("matrix", False, "", ";color"),
        ("matrix", False, "blue", ";color=blue"),
        ("matrix", False, LIST, ";color=blue,black,brown"),
        ("matrix", True, LIST, ";color=blue;color=black;color=brown"),
        ("matrix", False, MAP, ";color=R,100,G,200"),
        ("matrix", True, MAP, ";R=100;G=200"),
    ],
)
def test_path_styles(style: str, explode: bool, value: Any, expected: str) -> None:
    assert path_text(Parameter("color", "color", "path", style, explode), value) == expected


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("", None, LIST, "color=blue&color=black&color=brown"),
        ("form", True, LIST, "color=blue&color=black&color=brown"),
        ("form", False, LIST, "color=blue,black,brown"),
        ("form", True, MAP, "R=100&G=200"),
        ("form", False, MAP, "color=R,100,G,200"),
        ("form", True, "", "color="),
        ("form", True, [], ""),
        ("spaceDelimited", False, LIST, "color=blue%20black%20brown"),
        ("pipeDelimited", False, LIST, "color=blue%7Cblack%7Cbrown"),
        ("deepObject", True, MAP, "color%5BR%5D=100&color%5BG%5D=200"),
        ("deepObject", True, {"a": {"b": [1, 2]}}, "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2"),
        ("deepObject", True, ["a", "b"], "color=a&color=b"),
        ("form", True, "h&x=1", "color=h%26x%3D1"),
        ("form", False, ["a,b", "c"], "color=a%2Cb,c"),
        ("form", True, "ü", "color=%C3%BC"),
    ],
)
def test_query_styles(style: str, explode: bool | None, value: Any, expected: str) -> None:
    pairs = query_pairs(Parameter("color", "color", "query", style, explode), value)
    assert "&".join(f"{key}={text}" for key, text in pairs) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([{"a": 1, "b": 2}, {"a": 3}], "f[0][a]=1&f[0][b]=2&f[1][a]=3"),
        ({"x": [{"a": 1}, {"a": [2, 3]}]}, "f[x][0][a]=1&f[x][1][a]=2&f[x][1][a]=3"),
        ([[1], [2, 3]], "f[0]=1&f[1]=2&f[1]=3"),
        ([1, {"a": 2}], "f[0]=1&f[1][a]=2"),
        ([{}], ""),
    ],
    ids=str,
)
def test_deep_lists_of_what_has_parts(value: Any, expected: str) -> None:
    """Whose part a pair is stays told, as PHP, Rails and what reads like them want it."""
    pairs = query_pairs(Parameter("f", "f", "query", "deepObject", True), value)
    assert unquote("&".join(f"{key}={text}" for key, text in pairs)) == expected


class Colour(enum.StrEnum):
    RED = "red"


class Filter(Model):
    name: str
    size: int | None = None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (7, "7"),
        (1.5, "1.5"),
        (Colour.RED, "red"),
        (b"\x00\xff", "AP8%3D"),
        (datetime.datetime(2024, 1, 31, 12, tzinfo=datetime.UTC), "2024-01-31T12%3A00%3A00Z"),
        (datetime.date(2024, 1, 31), "2024-01-31"),
    ],
)
def test_scalars_stand_as_json_writes_them(value: object, expected: str) -> None:
    assert query_pairs(Parameter("v", "v", "query"), value) == [("v", expected)]


def test_a_model_is_an_object_and_absent_fields_are_absent() -> None:
    assert query_pairs(Parameter("f", "f", "query", "deepObject"), Filter(name="x")) == [("f%5Bname%5D", "x")]


def test_a_parameter_may_travel_as_json_and_keep_reserved_characters() -> None:
    assert query_pairs(Parameter("f", "f", "query", content_type="application/json"), {"a": 1}) == [
        ("f", "%7B%22a%22%3A1%7D")
    ]
    assert query_pairs(Parameter("f", "f", "query", allow_reserved=True), "a/b?c&d") == [("f", "a/b?c%26d")]


def test_headers_are_simple_and_not_percent_encoded() -> None:
    assert header_text(Parameter("h", "h", "header"), ["a b", True]) == "a b,true"
    assert header_text(Parameter("h", "h", "header", explode=True), MAP) == "R=100,G=200"
    assert header_text(Parameter("h", "h", "header"), MAP) == "R,100,G,200"


TASK = Operation(
    name="x",
    method="GET",
    path="/services/{id}/$x",
    query=(("vmw-task", "true"), ("a b", "c&d")),
    parameters=(
        Parameter("id", "id", "path", required=True, type=str),
        Parameter("hostname", "hostname", "query", type=str),
        Parameter("port", "port", "query", type=int),
    ),
)


def test_constants_come_first_and_every_value_is_encoded_once() -> None:
    values = checked(TASK, {"id": "%2F", "hostname": "h&x=1", "port": 443})
    written = path_and_query(TASK, values, [])
    assert written == "/services/%252F/$x?vmw-task=true&a%20b=c%26d&hostname=h%26x%3D1&port=443"


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_path_segment_that_would_change_the_path_is_refused(value: str) -> None:
    with pytest.raises(ArgumentError, match=r"^id: "):
        path_and_query(TASK, {"id": value}, [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "id: required, but missing"),
        ({"id": None}, "id: required, but missing"),
        ({"id": 1}, "id: expected str, got int"),
        ({"id": "a", "port": "443"}, "port: expected int, got str"),
        ({"id": "a", "port": True}, "port: expected int, got bool"),
        ({"id": "a", "prot": 1}, "prot: x has no such argument"),
    ],
)
def test_arguments_are_checked_strictly(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        checked(TASK, arguments)
    assert str(caught.value) == said
    assert isinstance(caught.value, ValueError)


def test_a_date_time_needs_a_zone() -> None:
    operation = Operation(
        name="x", method="GET", path="/", parameters=(Parameter("since", "since", "query", type=datetime.datetime),)
    )
    with pytest.raises(ArgumentError, match="since: a date-time needs a time zone"):
        checked(operation, {"since": datetime.datetime(2024, 1, 1)})
