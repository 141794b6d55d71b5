"""Patterns of ECMA-262 that Python or the validator would not read as they stand."""

from __future__ import annotations

import importlib
import json
import re
import warnings
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import Values
from vcsdk.ir.ecma import plain, python
from vcsdk.ir.patterns import sample
from vcsdk.pipeline import read_api

from tests.generated import imported, write_client


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
def test_nothing_is_held_to_what_nobody_can_read(pattern: str) -> None:
    schemas = Schemas({"openapi": "3.0.3"})
    text = {"type": "string", "pattern": pattern}
    assert isinstance(Values(schemas).example(text), str)
    assert not schemas.accepts(text, 5)
    whole = {"type": "object", "properties": {"a": text}, "required": ["a"]}
    assert schemas.accepts(whole, Values(schemas).example(whole))
    assert not schemas.accepts(whole, {})


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


@pytest.mark.parametrize(
    ("pattern", "spelled"),
    [
        (r"^[[a-z]+$", r"^[\[a-z]+$"),
        (r"[[:alpha:]]", r"[\[:alpha:]]"),
        (r"[a&&b||c~~]", r"[a\&&b\||c\~~]"),
        (r"[+--]", r"[+-\-]"),
        (r"[^--a]", r"[^\--a]"),
        (r"[\w-.]", r"[\w\-.]"),
        (r"x{,3}", r"x\{,3}"),
        (r"(?<y>a|b)\k<y>", r"(?P<y>a|b)(?:\1)"),
        (r"\cA\u{1F600}", r"\x01\U0001f600"),
        (r"^\W+$", r"(?a)^\W+$"),
        (r"[^\w\s]", r"(?a)[^\w\s]"),
        (r"(?i)\bx", r"(?a)(?i)\bx"),
    ],
)
def test_python_reads_the_same_without_a_warning(pattern: str, spelled: str) -> None:
    assert python(pattern) == spelled
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        re.compile(spelled)


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[-+]?[0-9]$",
        "[a-z&-~]",
        "[!-~]{2,}",
        "[a-b-c]",
        "[{,3}]",
        r"\[[^\]]",
        r"\s\W",
        r"[\b]",
        r"\w+\d",
        "[^a-]",
        "[",
        "a||b",
    ],
)
def test_what_python_reads_alike_stays_as_it_is(pattern: str) -> None:
    assert python(pattern) == pattern


FITS = [
    (r"^[[a-z]+$", "[a", "A"),
    (r"^x{,3}$", "x{,3}", "xx"),
    (r"^(?<y>a|b)\k<y>$", "bb", "ab"),
    (r"^[+--]$", ",", "."),
    (r"^\W$", "é", "e"),
    (r"^[^\d]$", "٣", "3"),
    (r"^é\b", "éa", None),
]


@pytest.mark.parametrize(("pattern", "fits", "departs"), FITS)
def test_a_model_takes_what_ecma_262_takes(pattern: str, fits: str, departs: str | None, tmp_path: Path) -> None:
    document = {"openapi": "3.1.0", "info": {"title": "Patterns", "version": "1"}, "paths": {}}
    schema = {"type": "object", "required": ["v"], "properties": {"v": {"type": "string", "pattern": pattern}}}
    (tmp_path / "patterns.json").write_text(json.dumps({**document, "components": {"schemas": {"Held": schema}}}))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        described = read_api(tmp_path / "patterns.json")
        source = write_client(described.api, described.config, described.document, tmp_path)
        with imported(source, described.config.package.module) as module:
            decoder = msgspec.json.Decoder(importlib.import_module(f"{module.__name__}.models").Held)
            assert decoder.decode(json.dumps({"v": fits})).v == fits
            if departs is not None:
                with pytest.raises(msgspec.ValidationError):
                    decoder.decode(json.dumps({"v": departs}))
