"""Patterns of ECMA-262 that Python or the validator would not read as they stand."""

from __future__ import annotations

import re

import jsonschema_rs
import pytest
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import UnboundedError, Values
from vcsdk.ir.ecma import plain
from vcsdk.ir.patterns import sample


@pytest.mark.parametrize(
    ("pattern", "spelled"),
    [
        (r"^[\w-.+]+@[\w-.+]+$", r"^[\w\-.+]+@[\w\-.+]+$"),
        (r"[a-\d]", r"[a\-\d]"),
        (r"[\s-z]", r"[\s\-z]"),
        (r"[^/:|\000-\037]+", r"[^/:|\x00-\x1f]+"),
        (r"\0", r"\x00"),
    ],
)
def test_what_only_annex_b_reads_is_spelled_for_all(pattern: str, spelled: str) -> None:
    assert plain(pattern) == spelled
    re.compile(spelled)
    jsonschema_rs.Draft202012Validator({"pattern": spelled})


@pytest.mark.parametrize(
    "pattern",
    [r"^[a-z]+-[0-9]$", r"[\d-]", r"\[\w-.]", r"\w-\d", r"[\]-a]", "a.b\nc", r"^\p{L}+$", "(", "[", "\\"],
)
def test_any_other_pattern_stays_as_it_is(pattern: str) -> None:
    assert plain(pattern) == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[\w-.+]+@[\w-.+]+$",
        r"^[^/:|\000-\037]+$",
        r"^[\p{L}\p{Z}\p{N}_.:\/=+\-@]*$",
        r"^\p{Lu}\p{Ll}+$",
        r"\A(25[0-5]|2[0-4]\d)\z",
        r"([^\s]+(\.(?i)(jpeg|tiff))$)",
    ],
)
def test_a_text_is_found_and_fits_by_the_validator(pattern: str) -> None:
    found = sample(pattern, shortest=3)
    assert found is not None
    assert jsonschema_rs.Draft202012Validator({"pattern": plain(pattern)}).is_valid(found)
    schemas = Schemas({"openapi": "3.0.3"})
    schema = {"type": "string", "pattern": pattern, "minLength": 3}
    assert schemas.accepts(schema, Values(schemas).example(schema))
    assert not schemas.accepts(schema, "")


def test_names_of_properties_are_patterns_too() -> None:
    schemas = Schemas({"openapi": "3.1.0"})
    schema = {"type": "object", "patternProperties": {r"^[\w-.]+$": {"type": "integer"}}}
    assert schemas.accepts(schema, {"a.b-c": 1})
    assert not schemas.accepts(schema, {"a.b-c": "one"})


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", r"(?<!a*)b\1"])
def test_no_value_is_made_up_where_nobody_can_judge_it(pattern: str) -> None:
    schemas = Schemas({"openapi": "3.0.3"})
    with pytest.raises(UnboundedError):
        Values(schemas).example({"type": "string", "pattern": pattern})
    whole = {"type": "object", "properties": {"a": {"type": "string", "pattern": pattern}}, "required": ["a"]}
    with pytest.raises(UnboundedError):
        Values(schemas).example(whole)


@pytest.mark.parametrize("key", ["contained", "tag", "x-contains", "x-tag"])
@pytest.mark.parametrize("value", [True, 5, "text", ["a"], {"a": 1}, [[1]]])
def test_an_extension_is_never_taken_for_a_key_of_our_own(key: str, value: object) -> None:
    schemas = Schemas({"openapi": "3.0.3"})
    for schema in (
        {"type": "array", "items": {"type": "string"}, "minItems": 1, key: value},
        {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], key: value},
        {"allOf": [{"type": "object", key: value}, {"properties": {"a": {"type": "integer"}}, "required": ["a"]}]},
    ):
        made = Values(schemas).example(schema)
        assert made
        assert schemas.accepts(schema, made)
