"""Every parameter style on the wire; the table of OpenAPI 3.0.3, "Style Examples", and RFC 6570 beyond it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.unit.emitters.conftest import Generates, Reads
from tests.wire.generated.calling import both, operation

EMPTY, BLUE = "", "blue"
ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}
SCHEMAS: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    list: {"type": "array", "items": {"type": "string"}},
    dict: {"type": "object", "additionalProperties": {"type": "integer"}},
}
PATH = [
    ("matrix", False, BLUE, ";color=blue"),
    ("matrix", False, EMPTY, ";color"),
    ("matrix", False, ARRAY, ";color=blue,black,brown"),
    ("matrix", False, OBJECT, ";color=R,100,G,200,B,150"),
    ("matrix", True, BLUE, ";color=blue"),
    ("matrix", True, ARRAY, ";color=blue;color=black;color=brown"),
    ("matrix", True, OBJECT, ";R=100;G=200;B=150"),
    ("label", False, BLUE, ".blue"),
    ("label", False, ARRAY, ".blue,black,brown"),
    ("label", False, OBJECT, ".R,100,G,200,B,150"),
    ("label", True, ARRAY, ".blue.black.brown"),
    ("label", True, OBJECT, ".R=100.G=200.B=150"),
    ("simple", False, BLUE, "blue"),
    ("simple", False, ARRAY, "blue,black,brown"),
    ("simple", False, OBJECT, "R,100,G,200,B,150"),
    ("simple", True, ARRAY, "blue,black,brown"),
    ("simple", True, OBJECT, "R=100,G=200,B=150"),
    ("simple", False, "a/b c;d,é%", "a%2Fb%20c%3Bd%2C%C3%A9%25"),
    ("simple", False, ["a,b", "c"], "a%2Cb,c"),
]
QUERY = [
    ("form", True, BLUE, "?color=blue"),
    ("form", True, EMPTY, "?color="),
    ("form", True, ARRAY, "?color=blue&color=black&color=brown"),
    ("form", True, OBJECT, "?R=100&G=200&B=150"),
    ("form", False, ARRAY, "?color=blue,black,brown"),
    ("form", False, OBJECT, "?color=R,100,G,200,B,150"),
    ("form", True, [], ""),
    ("form", True, ["", "a&b=c d+e"], "?color=&color=a%26b%3Dc%20d%2Be"),
    ("form", False, ["a,b", "c"], "?color=a%2Cb,c"),
    ("spaceDelimited", False, ARRAY, "?color=blue%20black%20brown"),
    ("spaceDelimited", True, ARRAY, "?color=blue&color=black&color=brown"),
    ("pipeDelimited", False, ARRAY, "?color=blue%7Cblack%7Cbrown"),
    ("pipeDelimited", True, ARRAY, "?color=blue&color=black&color=brown"),
    ("deepObject", True, OBJECT, "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
]
HEADER = [
    ("simple", False, BLUE, "blue"),
    ("simple", False, ARRAY, "blue,black,brown"),
    ("simple", False, OBJECT, "R,100,G,200,B,150"),
    ("simple", True, ARRAY, "blue,black,brown"),
    ("simple", True, OBJECT, "R=100,G=200,B=150"),
    ("simple", False, "a b;c=d", "a b;c=d"),
]
COOKIE = [
    ("form", True, BLUE, "color=blue"),
    ("form", False, ARRAY, "color=blue,black,brown"),
    ("form", False, OBJECT, "color=R,100,G,200,B,150"),
    ("form", True, ARRAY, "color=blue; color=black; color=brown"),
    ("form", True, "a;b", "color=a%3Bb"),
]


def colour(place: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"name": "color", "in": place, "required": place == "path", "schema": SCHEMAS[type(value)], **more}


@pytest.mark.parametrize(("style", "explode", "value", "expected"), PATH, ids=str)
def test_in_the_path(style: str, explode: bool, value: Any, expected: str, generate: Generates) -> None:
    parameter = colour("path", value, style=style, explode=explode)
    package = generate(**operation("/before/{color}/after", parameters=[parameter]))
    seen, _ = both(package, lambda client: client.before.after.call(color=value))
    assert [request.target for request in seen] == [f"/before/{expected}/after"] * 2


@pytest.mark.parametrize(("style", "explode", "value", "expected"), QUERY, ids=str)
def test_in_the_query(style: str, explode: bool, value: Any, expected: str, generate: Generates) -> None:
    package = generate(**operation(parameters=[colour("query", value, style=style, explode=explode)]))
    seen, _ = both(package, lambda client: client.x.call(color=value))
    assert [request.target for request in seen] == [f"/x{expected}"] * 2


@pytest.mark.parametrize(("style", "explode", "value", "expected"), HEADER, ids=str)
def test_in_a_header(style: str, explode: bool, value: Any, expected: str, generate: Generates) -> None:
    package = generate(**operation(parameters=[colour("header", value, style=style, explode=explode)]))
    seen, _ = both(package, lambda client: client.x.call(color=value))
    assert [request.headers["color"] for request in seen] == [expected] * 2


@pytest.mark.parametrize(("style", "explode", "value", "expected"), COOKIE, ids=str)
def test_in_a_cookie(style: str, explode: bool, value: Any, expected: str, generate: Generates) -> None:
    package = generate(**operation(parameters=[colour("cookie", value, style=style, explode=explode)]))
    seen, _ = both(package, lambda client: client.x.call(color=value))
    assert [request.headers["cookie"] for request in seen] == [expected] * 2


def test_the_defaults_of_each_place(generate: Generates) -> None:
    names = {"path": "p", "query": "q", "header": "h", "cookie": "c"}
    parameters = [{**colour(place, ARRAY), "name": name} for place, name in names.items()]
    package = generate(**operation("/x/{p}", parameters=parameters))
    seen, _ = both(package, lambda client: client.x.call(p=ARRAY, q=ARRAY, h=ARRAY, c=ARRAY))
    for request in seen:
        assert request.target == "/x/blue,black,brown?q=blue&q=black&q=brown"
        assert request.headers["h"] == "blue,black,brown"
        assert request.headers["cookie"] == "c=blue; c=black; c=brown"


def test_a_document_in_a_parameter(generate: Generates) -> None:
    content = {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "integer"}}}}}
    parameters = [
        {"name": "filter", "in": "query", "content": content},
        {"name": "X-F", "in": "header", "content": content},
    ]
    package = generate(**operation(parameters=parameters))
    model = next(name for name in package.models.__all__ if "filter" in name.lower())
    value = getattr(package.models, model)(a=1)
    seen, _ = both(package, lambda client: client.x.call(filter=value))
    assert [request.target for request in seen] == ["/x?filter=%7B%22a%22%3A1%7D"] * 2


@pytest.mark.parametrize(
    ("content_type", "value", "expected"),
    [
        ("application/json", "a b", '"a b"'),
        ("application/vnd.x+json; v=1", ["a", "b"], '["a","b"]'),
        ("application/json", "1", '"1"'),
        ("text/plain", "a b", "a b"),
    ],
)
def test_a_text_in_a_parameter_is_written_as_its_content_type_says(
    content_type: str, value: Any, expected: str, generate: Generates
) -> None:
    content = {content_type: {"schema": SCHEMAS[type(value)]}}
    names = {"path": "p", "query": "q", "header": "h", "cookie": "c"}
    parameters = [{"name": n, "in": place, "required": True, "content": content} for place, n in names.items()]
    package = generate(**operation("/x/{p}", parameters=parameters))
    seen, _ = both(package, lambda client: client.x.call(p=value, q=value, h=value, c=value))
    for request in seen:
        path, _, query = request.target.partition("?")
        assert unquote(path) == f"/x/{expected}"
        assert unquote(query) == f"q={expected}"
        assert request.headers["h"] == expected
        assert unquote(request.headers["cookie"]) == f"c={expected}"


def test_reserved_characters_stay_where_that_is_allowed(generate: Generates) -> None:
    package = generate(**operation(parameters=[colour("query", BLUE, allowReserved=True)]))
    seen, _ = both(package, lambda client: client.x.call(color="/a?b:c@d,e&f=g#h+i j%"))
    # `&`, `=`, `#`, `+` and `%` would end the value or change it, so they do not stay.
    assert {request.target for request in seen} == {"/x?color=/a?b:c@d,e%26f%3Dg%23h%2Bi%20j%25"}


DATES = {"type": "array", "items": {"type": "string", "format": "date"}}
WHOLE = {"type": "array", "items": {"type": "integer"}}
POINTS = {"type": "array", "items": {"type": "object", "properties": {"x": {"type": "integer"}}}}
IN_OBJECTS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "springdoc's Pageable": (
        {"page": {"type": "integer"}, "sort": SCHEMAS[list]},
        {"page": 0, "sort": ["name,asc", "id"]},
        "?page=0&sort=name%2Casc&sort=id",
    ),
    "one": ({"sort": SCHEMAS[list]}, {"sort": ["id"]}, "?sort=id"),
    "none": ({"page": {"type": "integer"}, "sort": SCHEMAS[list]}, {"page": 1, "sort": []}, "?page=1"),
    "dates": ({"on": DATES}, {"on": [date(2026, 1, 2), date(2026, 1, 3)]}, "?on=2026-01-02&on=2026-01-03"),
    "numbers, one of them missing": ({"ids": WHOLE, "sort": SCHEMAS[list]}, {"ids": [1, 2]}, "?ids=1&ids=2"),
    "objects, of which no style speaks": ({"at": POINTS}, {"at": [{"x": 1}]}, "?at=%5B%7B%22x%22%3A1%7D%5D"),
}


@pytest.mark.parametrize("name", IN_OBJECTS)
def test_a_list_in_an_object_is_repeated(name: str, generate: Generates, tmp_path: Path) -> None:
    properties, value, expected = IN_OBJECTS[name]
    parameters = [{"name": "given", "in": "query", "schema": {"type": "object", "properties": properties}}]
    package = generate(**operation(parameters=parameters))
    (model,) = (each for each in package.models.__all__ if "given" in each.lower() and "At" not in each)
    given = msgspec.convert(msgspec.to_builtins(value), getattr(package.models, model))
    seen, _ = both(package, lambda client: client.x.call(given=given))
    assert [request.target for request in seen] == [f"/x{expected}"] * 2
    with (
        Simulator(read_api(tmp_path / "thing.json"), SimulatorOptions()).running() as url,
        package.Thing(url) as client,
    ):
        client.x.call(given=given)


def test_a_list_in_a_map_is_repeated(generate: Generates) -> None:
    schema = {"type": "object", "additionalProperties": SCHEMAS[list]}
    package = generate(**operation(parameters=[{"name": "tags", "in": "query", "schema": schema}]))
    seen, _ = both(package, lambda client: client.x.call(tags={"a": ["1", "2"], "b c": ["&"]}))
    assert {request.target for request in seen} == {"/x?a=1&a=2&b%20c=%26"}


def test_an_object_with_fields_is_spread(generate: Generates) -> None:
    page = {"type": "object", "properties": {"page-size": {"type": "integer"}, "sort": SCHEMAS[list]}}
    parameters = [
        {"name": "page", "in": "query", "style": "deepObject", "schema": {"$ref": "#/components/schemas/Page"}}
    ]
    package = generate(**operation(parameters=parameters, Page=page))
    value = package.models.Page(page_size=2, sort=["a", "b"])
    seen, _ = both(package, lambda client: client.x.call(page=value))
    assert {r.target for r in seen} == {"/x?page%5Bpage-size%5D=2&page%5Bsort%5D=a&page%5Bsort%5D=b"}


def test_headers_that_the_specification_ignores_are_no_arguments(read: Reads) -> None:
    """OpenAPI 3.0.3, "Parameter Object": Accept, Content-Type and Authorization are ignored as header parameters."""
    names = ("Accept", "content-type", "Authorization", "X-Other")
    described = read(**operation(parameters=[{**colour("header", BLUE), "name": name} for name in names]))
    assert [argument.name for argument in described.api.operations[0].arguments] == ["x_other"]
    assert [found.rule for found in described.diagnostics].count("ignored-header") == 3


@pytest.mark.parametrize("name", ["$id", "a.b", "x!y", "we|ird", "it's", "#1", "a*b", "plain_-~^`&+"])
def test_the_name_of_a_cookie_is_sent_as_it_is(name: str, generate: Generates) -> None:
    package = generate(**operation("/x", "get", [{"name": name, "in": "cookie", "schema": {"type": "string"}}]))
    keyword = next(iter(package.Thing("http://127.0.0.1:1").x.call.__annotations__))
    seen, _ = both(package, lambda client: client.x.call(**{keyword: "v"}))
    assert [each.headers["cookie"] for each in seen] == [f"{name}=v"] * 2


@pytest.mark.parametrize("name", ["a b", "a;b", "a=b", "é", "a%b", 'q"'])
def test_the_name_of_a_cookie_that_is_no_token_is_escaped(name: str, generate: Generates) -> None:
    package = generate(**operation("/x", "get", [{"name": name, "in": "cookie", "schema": {"type": "string"}}]))
    keyword = next(iter(package.Thing("http://127.0.0.1:1").x.call.__annotations__))
    seen, _ = both(package, lambda client: client.x.call(**{keyword: "v"}))
    for each in seen:
        written, _, value = each.headers["cookie"].partition("=")
        assert (unquote(written), value) == (name, "v")
        assert not set(' ;="\u00e9') & set(written)


@pytest.mark.parametrize("text", ["é", "日本", "\U0001f600", "\x7f", "plain", 'q"\\'])
@pytest.mark.parametrize("shape", ["text", "map", "list"])
def test_json_in_a_header_is_written_in_ascii(text: str, shape: str, generate: Generates) -> None:
    schema: dict[str, Any] = {"type": "string"}
    schema = {
        "map": {"type": "object", "additionalProperties": schema},
        "list": {"type": "array", "items": schema},
    }.get(shape, schema)
    value: Any = {"text": text, "map": {text: text}, "list": [text]}[shape]
    content = {"application/json": {"schema": schema}}
    package = generate(**operation("/x", "get", [{"name": "X-V", "in": "header", "content": content}]))
    seen, _ = both(package, lambda client: client.x.call(x_v=value))
    for each in seen:
        assert each.headers["x-v"].isascii()
        assert each.headers["x-v"].isprintable()
        assert json.loads(each.headers["x-v"]) == value
