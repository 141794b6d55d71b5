"""JSON texts, unknown members, languages."""

from __future__ import annotations

import pytest
from vcsdk.instances.schemas import Schemas
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.messages import TEXTS, Message, choose_language
from vcsdk.simulator.validation import parse_json, unknown_fields

SCHEMAS = Schemas(
    {
        "openapi": "3.0.3",
        "paths": {},
        "components": {"schemas": {"A": {"type": "object", "properties": {"a": {"type": "string"}}}}},
    }
)
A = {"$ref": "#/components/schemas/A"}


@pytest.mark.parametrize(
    "raw", [b"{", b"", b"NaN", b"[Infinity]", b'{"a":1,"a":2}', b"\xff", b"\xef\xbb\xbf{}", b"{'a':1}", b"[" * 100_000]
)
def test_what_is_no_json_is_refused(raw):
    with pytest.raises(Refusal) as refused:
        parse_json(raw)
    assert (refused.value.status, refused.value.error_type) == (400, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    ("schema", "value", "unknown"),
    [
        (A, {"a": "x"}, []),
        (A, {"b": 1, "c": 2}, ["b", "c"]),
        ({"type": "array", "items": A}, [{}, {"b": 1}], ["1/b"]),
        ({"properties": {"in": A}}, {"in": {"b": 1}}, ["in/b"]),
        ({"type": "object"}, {"b": 1}, []),
        ({"properties": {"x": {}}, "additionalProperties": True}, {"b": 1}, []),
        ({"allOf": [A, {"properties": {"b": {}}}]}, {"a": 1, "b": 1, "c": 1}, ["c"]),
        ({"allOf": [A, {"required": ["a"]}]}, {"b": 1}, ["b"]),
        ({"oneOf": [A, {"properties": {"b": {}}}]}, {"b": 1, "c": 1}, ["c"]),
        ({"anyOf": [{"type": "object"}]}, {"b": 1}, []),
    ],
)
def test_unknown_fields(schema, value, unknown):
    assert list(unknown_fields(SCHEMAS, schema, value)) == unknown


def test_complaints_do_not_repeat_the_value():
    schema = {"type": "object", "properties": {"password": {"type": "string", "pattern": "^a$", "maxLength": 3}}}
    complaints = SCHEMAS.complaints(schema, {"password": "hunter2"})
    assert [path for path, _ in complaints] == ["/password"] * 2
    assert "hunter2" not in str(complaints)


def test_a_schema_that_cannot_be_compiled_is_reported_and_judges_nothing():
    schemas = Schemas({"openapi": "3.0.3", "paths": {}})
    assert schemas.accepts({"type": "nonsense"}, 12)
    assert len(schemas.unusable) == 1


@pytest.mark.parametrize("pattern", ["(", "[", "^.{0,65536}$", "a{2,1}"])
def test_a_pattern_that_no_engine_reads_judges_nothing_and_the_rest_does(pattern):
    schemas = Schemas({"openapi": "3.0.3", "paths": {}})
    assert schemas.accepts({"type": "string", "pattern": pattern}, "x")
    assert not schemas.accepts({"type": "string", "pattern": pattern}, 12)
    assert schemas.unusable == []


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("en;q=0.9, de;q=0.8", "en"),
        ("fr, de;q=0.1", "de"),
        ("fr", "en"),
        ("de;q=x", "en"),
    ],
)
def test_languages(header, language):
    assert choose_language(header) == language


@pytest.mark.parametrize("key", TEXTS)
def test_both_texts_take_the_same_arguments(key):
    english, german = TEXTS[key]
    assert [number for number in range(4) if f"{{{number}}}" in english] == [
        number for number in range(4) if f"{{{number}}}" in german
    ]


def test_arguments_are_data():
    assert Message("api.path", ("{0}{x}",)).text("de") == "Unter {0}{x} gibt es keine Ressource."
