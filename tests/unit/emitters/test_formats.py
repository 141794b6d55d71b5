"""Formats, constants and null in JSON and back: the same value, and where the text differs, how."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

import msgspec
import pytest

from tests.unit.emitters.conftest import Generates, operation_of, ref, schemas
from tests.unit.emitters.test_models import decode, encode

TEXT = {"type": "string"}


def box(schema: Any, **more: Any) -> dict[str, Any]:
    return schemas(Box={"type": "object", "required": ["it"], "properties": {"it": schema}}, **more)


@pytest.mark.parametrize(
    ("format_", "text", "written"),
    [
        ("date-time", "2020-01-01T00:00:00Z", None),
        ("date-time", "2020-01-01T00:00:00+05:30", None),
        ("date-time", "2020-01-01T00:00:00.123456-08:00", None),
        # The same instant; a fraction of zeros is not written.
        ("date-time", "2020-01-01T00:00:00.000Z", "2020-01-01T00:00:00Z"),
        ("date-time", "2020-01-01T00:00:00.250Z", "2020-01-01T00:00:00.250000Z"),
        ("date-time", "2020-01-01t00:00:00z", "2020-01-01T00:00:00Z"),
        # Python keeps microseconds.
        ("date-time", "2020-01-01T00:00:00.123456789Z", "2020-01-01T00:00:00.123457Z"),
        # Servers leave the zone out; what they mean is not known, so it is not guessed.
        ("date-time", "2020-01-01T00:00:00", None),
        ("date", "2020-02-29", None),
        ("time", "10:00:00Z", None),
        ("time", "10:00:00.500000+01:00", None),
        ("duration", "PT90S", None),
        ("duration", "P1DT2S", None),
        ("duration", "PT1H30M", "PT5400S"),
        ("uuid", "b4e9c3a0-0000-4000-8000-000000000000", None),
        ("uuid", "B4E9C3A0-0000-4000-8000-000000000000", "b4e9c3a0-0000-4000-8000-000000000000"),
        ("byte", "AAEC/w==", None),
        ("password", "hush", None),
        ("hostname", "any text!", None),
    ],
)
def test_formats_go_both_ways(format_: str, text: str, written: str | None, generate: Generates) -> None:
    package = generate(**box({"type": "string", "format": format_}))
    value = decode(package, package.models.Box, json.dumps({"it": text}))
    assert json.loads(encode(package, value)) == {"it": written or text}
    again = decode(package, package.models.Box, encode(package, value))
    if format_ != "date-time" or "789" not in text:
        assert again == value


@pytest.mark.parametrize(
    ("format_", "text"), [("date-time", "yesterday"), ("date", "2020-02-30"), ("uuid", "x"), ("byte", "A")]
)
def test_what_is_not_of_the_format_is_refused(format_: str, text: str, generate: Generates) -> None:
    package = generate(**box({"type": "string", "format": format_}))
    with pytest.raises(msgspec.ValidationError):
        decode(package, package.models.Box, json.dumps({"it": text}))


def test_formats_that_json_cannot_tell_apart_are_tried_in_order(generate: Generates) -> None:
    union = {"oneOf": [{"type": "string", "format": "uuid"}, {"type": "string", "format": "date"}, TEXT]}
    package = generate(**box(union))
    values = [
        decode(package, package.models.Box, f'{{"it":"{text}"}}').it for text in (uuid.UUID(int=1), "2020-01-01", "x")
    ]
    assert values == [uuid.UUID(int=1), dt.date(2020, 1, 1), "x"]


@pytest.mark.parametrize(("value", "other"), [("a", '"b"'), (3, "4"), ("", '"x"')])
def test_a_constant_is_one_value(value: Any, other: str, generate: Generates) -> None:
    package = generate(openapi="3.1.0", **box({"const": value}))
    text = json.dumps({"it": value})
    assert json.loads(encode(package, decode(package, package.models.Box, text))) == json.loads(text)
    with pytest.raises(msgspec.ValidationError):
        decode(package, package.models.Box, f'{{"it":{other}}}')


@pytest.mark.parametrize(
    ("version", "nullable"),
    [
        ("3.0.3", {"type": "string", "nullable": True}),
        ("3.1.0", {"type": ["string", "null"]}),
        ("3.1.0", {"anyOf": [TEXT, {"type": "null"}]}),
        ("3.1.0", {"oneOf": [{"type": "null"}, TEXT]}),
        ("3.0.3", {"allOf": [ref("Word")], "nullable": True}),
        ("3.1.0", {"anyOf": [ref("Word"), {"type": "null"}]}),
    ],
    ids=str,
)
def test_null_and_absent_in_every_spelling(version: str, nullable: Any, generate: Generates) -> None:
    fields = {"must": nullable, "may": nullable}
    package = generate(
        openapi=version, **schemas(Word=TEXT, Box={"type": "object", "required": ["must"], "properties": fields})
    )
    model = package.models.Box
    for text in ('{"must":null}', '{"must":"x","may":null}', '{"must":null,"may":"y"}'):
        assert json.loads(encode(package, decode(package, model, text))) == json.loads(text)
    with pytest.raises(msgspec.ValidationError, match="must"):
        decode(package, model, '{"may":null}')


def test_defaults_are_documented_and_not_sent(generate: Generates) -> None:
    body = {"type": "object", "properties": {"size": {"type": "integer", "default": 5}}}
    node = {
        "operationId": "call",
        "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer", "default": 1}}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": ref("Given")}}},
        "responses": {"204": {"description": "Done."}},
    }
    package = generate(paths={"/x": {"post": node}}, **schemas(Given=body))
    assert encode(package, package.models.Given()) == "{}"
    method = __import__(f"{package.__name__}.resources.x", fromlist=["X"]).X.call
    said = " ".join(method.__doc__.split())
    assert "The server takes 1 where this is absent." in said
    assert "The server takes 5 where this is absent." in said


def test_secrets_are_secrets_wherever_they_are(read: Any, generate: Generates) -> None:
    word = {"type": "string", "format": "password"}
    node = {
        "operationId": "call",
        "parameters": [{"name": "X-Word", "in": "header", "schema": word}],
        "requestBody": {"content": {"application/json": {"schema": {"type": "array", "items": ref("Word")}}}},
        "responses": {"200": {"description": "All.", "content": {"application/json": {"schema": ref("All")}}}},
    }
    named = schemas(Word=word, All={"type": "object", "additionalProperties": ref("Word")})
    package = generate(paths={"/x": {"post": node}}, **named)
    value = decode(package, package.models.All, '{"a":"hush"}')
    assert "hush" not in repr(value)
    assert encode(package, value) == '{"a":"hush"}'
    assert operation_of(read(paths={"/x": {"post": node}}, **named).api, "x.call").arguments[0].type.kind == "password"
