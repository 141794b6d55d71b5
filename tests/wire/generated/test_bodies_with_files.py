"""Bodies whose properties are keywords but no model: what is not given is not sent, null is where it is a value."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import both, operation
from tests.wire.generated.test_bodies import FILE, NUMBER, TEXT, parts

NOTE = {**TEXT, "nullable": True}
JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
BOOK = {
    "type": "object",
    "required": ["title", "series"],
    "properties": {
        "title": TEXT,
        "series": NOTE,
        "cover": FILE,
        "scan": {**FILE, "nullable": True},
        "pages": {"type": "array", "items": FILE},
        "note": NOTE,
        "count": NUMBER,
        "any": {},
    },
}
"""What drf-spectacular describes for a serializer with files, under each of the content types it reads."""


def described(schema: dict[str, Any], *types: str, required: bool = True) -> dict[str, Any]:
    content = {each: {"schema": ref("Book")} for each in types}
    return operation(body={"required": required, "content": content}, Book=schema)


GIVEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "what is required": ({"title": "a", "series": None}, {"title": "a", "series": None}),
    "a file": ({"title": "a", "series": "b", "cover": b"c"}, {"title": "a", "series": "b", "cover": "Yw=="}),
    "null where it is a value": (
        {"title": "a", "series": "b", "note": None, "any": None, "count": None},
        {"title": "a", "series": "b", "note": None, "any": None},
    ),
    "files": (
        {"title": "a", "series": "b", "pages": [b"c", b"d"]},
        {"title": "a", "series": "b", "pages": ["Yw==", "ZA=="]},
    ),
    "all that is no file": (
        {"title": "a", "series": "b", "note": "c", "count": 1, "any": [None]},
        {"title": "a", "series": "b", "note": "c", "count": 1, "any": [None]},
    ),
}


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("types", [(JSON, FORM, FILES), (FILES, JSON)], ids=["JSON first", "form first"])
def test_a_form_with_files_goes_as_json(types: tuple[str, ...], name: str, generate: Generates) -> None:
    given, sent = GIVEN[name]
    seen, _ = both(generate(**described(BOOK, *types)), lambda client: client.x.call(content_type=JSON, **given))
    assert [json.loads(each.body) for each in seen] == [sent] * 2


def test_the_same_as_forms(generate: Generates) -> None:
    package = generate(**described(BOOK, JSON, FORM, FILES))
    fields = {"title": "a", "series": "b", "note": None, "count": 1}
    seen, _ = both(package, lambda client: client.x.call(content_type=FORM, **fields))
    assert [parse_qsl(each.body.decode()) for each in seen] == [[("title", "a"), ("series", "b"), ("count", "1")]] * 2
    seen, _ = both(package, lambda client: client.x.call(content_type=FILES, cover=b"c", **fields))
    assert [[(name, content) for name, _, _, content in parts(each)] for each in seen] == [
        [("title", b"a"), ("series", b"b"), ("cover", b"c"), ("count", b"1")]
    ] * 2


def test_an_optional_one_is_left_out(generate: Generates) -> None:
    schema = {"type": "object", "properties": {"cover": FILE, "note": NOTE}}
    package = generate(**described(schema, JSON, FILES, required=False))
    seen, _ = both(package, lambda client: client.x.call())
    assert [(each.body, "content-type" in each.headers) for each in seen] == [(b"", False)] * 2
    seen, _ = both(package, lambda client: client.x.call(note=None))
    assert [each.body for each in seen] == [b'{"note":null}'] * 2


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"a_b": "c"}, {'a"b': "c"}),
        ({"a_b": "c", "note": None}, {'a"b': "c", "note": None}),
        ({"a_b": "c", "count": None, "note": "d"}, {'a"b': "c", "note": "d"}),
    ],
)
def test_what_no_class_can_hold(given: Any, sent: Any, generate: Generates) -> None:
    schema = {"type": "object", "required": ['a"b'], "properties": {'a"b': TEXT, "note": NOTE, "count": NUMBER}}
    seen, _ = both(generate(**described(schema, JSON)), lambda client: client.x.call(**given))
    assert [json.loads(each.body) for each in seen] == [sent] * 2
