"""Objects with known properties and others beside them (`additionalProperties`)."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from typing import Any

import msgspec
import pytest

from tests.unit.emitters.conftest import Generates, Reads, ref, schemas
from tests.unit.emitters.test_models import decode, encode

NUMBER, TEXT = {"type": "integer"}, {"type": "string"}


def labels(additional: Any = True, **more: Any) -> dict[str, Any]:
    fields = {"name": TEXT, "at-time": {"type": "string", "format": "date-time"}, **more}
    return {"type": "object", "required": ["name"], "properties": fields, "additionalProperties": additional}


@pytest.mark.parametrize(
    ("additional", "text"),
    [
        (NUMBER, '{"name":"a","x":1,"y z":2}'),
        (True, '{"name":"a","x":{"deep":[1,null]},"at-time":"2024-06-25T08:00:00Z"}'),
        ({}, '{"name":"a","x":null}'),
        ({"type": "string", "format": "date-time"}, '{"name":"a","x":"2024-06-25T08:00:00Z"}'),
        (ref("Labels"), '{"name":"a","x":{"name":"b","y":{"name":"c"}}}'),
        (NUMBER, '{"name":"a"}'),
    ],
    ids=str,
)
def test_what_comes_goes_back(additional: Any, text: str, generate: Generates) -> None:
    box = {"type": "object", "properties": {"all": {"type": "array", "items": ref("Labels")}, "one": ref("Labels")}}
    package = generate(**schemas(Labels=labels(additional), Box=box))
    value = decode(package, package.models.Labels, text)
    assert value.name == "a"
    assert json.loads(encode(package, value)) == json.loads(text)
    inside = f'{{"all":[{text}],"one":{text}}}'
    assert json.loads(encode(package, decode(package, package.models.Box, inside))) == json.loads(inside)


def test_further_values_are_typed_and_checked(generate: Generates) -> None:
    stamp = {"type": "string", "format": "date-time"}
    package = generate(**schemas(Labels=labels(stamp), Counts=labels(NUMBER)))
    value = decode(package, package.models.Labels, '{"name":"a","x":"2024-06-25T08:00:00Z"}')
    assert value.additional_properties == {"x": dt.datetime(2024, 6, 25, 8, tzinfo=dt.UTC)}
    with pytest.raises(msgspec.ValidationError, match="Expected `int`, got `str`"):
        decode(package, package.models.Counts, '{"name":"a","x":"1"}')
    with pytest.raises(msgspec.ValidationError, match="missing required field `name`"):
        decode(package, package.models.Counts, '{"x":1}')
    with pytest.raises(msgspec.ValidationError, match="Expected `object`"):
        decode(package, package.models.Counts, "[]")


def test_it_is_used_like_any_model(generate: Generates) -> None:
    model = generate(**schemas(Labels=labels(NUMBER))).models.Labels
    value = model(name="a", additional_properties={"x": 1})
    value.name = "b"
    value.additional_properties["y"] = 2
    assert value == model(name="b", additional_properties={"x": 1, "y": 2})
    assert value != model(name="b")
    assert repr(value) == "Labels(name='b', at_time=None, additional_properties={'x': 1, 'y': 2})"
    assert copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
    assert model(name="a").additional_properties == {}
    assert model(name="a").additional_properties is not model(name="a").additional_properties
    with pytest.raises(TypeError, match="nam"):
        model(nam="a")
    with pytest.raises(AttributeError):
        _ = value.nothing
    with pytest.raises(AttributeError):
        value.nothing = 1


def test_a_property_of_that_name_keeps_it(generate: Generates) -> None:
    package = generate(**schemas(validation=labels(NUMBER, additional_properties={"type": "boolean"})))
    text = '{"name":"a","additional_properties":true,"x":1}'
    value = decode(package, package.models.Validation, text)
    assert value.additional_properties is True
    assert value.additional_properties_2 == {"x": 1}
    assert json.loads(encode(package, value)) == json.loads(text)


def test_no_word_of_further_properties_changes_nothing(read: Reads) -> None:
    plain = {k: v for k, v in labels().items() if k != "additionalProperties"}
    api = read(**schemas(Plain=plain, Closed=labels(additional=False))).api
    assert [getattr(schema, "additional", None) for schema in api.schemas.values()] == [None, None]


def test_secrets_among_its_fields_stay_unseen(generate: Generates) -> None:
    package = generate(**schemas(Login=labels(TEXT, word={"type": "string", "format": "password"})))
    value = decode(package, package.models.Login, '{"name":"a","word":"hush","x":"y"}')
    assert "hush" not in repr(value)
    assert json.loads(encode(package, value)) == {"name": "a", "word": "hush", "x": "y"}


def test_it_inherits_by_writing_all_fields_out(generate: Generates) -> None:
    derived = {"allOf": [ref("Labels"), {"type": "object", "properties": {"more": NUMBER}}]}
    package = generate(**schemas(Labels=labels(TEXT), Derived=derived))
    text = '{"name":"a","more":1,"x":"y"}'
    assert json.loads(encode(package, decode(package, package.models.Derived, text))) == json.loads(text)


def test_in_a_union_it_is_tried_like_others(generate: Generates) -> None:
    closed = {"type": "object", "required": ["only"], "properties": {"only": NUMBER}}
    either = {"oneOf": [ref("Labels"), ref("Closed"), TEXT]}
    mixed = {"type": "object", "properties": {"it": {**labels(), "type": ["string", "object"]}}}
    package = generate(openapi="3.1.0", **schemas(Labels=labels(), Closed=closed, Either=either, Mixed=mixed))
    for text, kind in (('{"name":"a","x":1}', "Labels"), ('{"only":1}', "Closed"), ('"x"', "str")):
        assert type(decode(package, package.models.Either, text)).__name__ == kind
    for text in ('{"it":"x"}', '{"it":{"name":"a","x":1}}'):
        assert json.loads(encode(package, decode(package, package.models.Mixed, text))) == json.loads(text)


def test_subtypes_may_keep_further_properties(generate: Generates) -> None:
    base = {**labels(kind=TEXT), "discriminator": {"propertyName": "kind"}}
    child = {"allOf": [ref("Base"), {"type": "object", "properties": {"r": NUMBER}}]}
    package = generate(**schemas(Base=base, Child=child, Box={"type": "object", "properties": {"it": ref("Base")}}))
    text = '{"it":{"kind":"Child","name":"a","r":1,"x":[2]}}'
    box = decode(package, package.models.Box, text)
    assert type(box.it) is package.models.Child
    assert box.it.additional_properties == {"x": [2]}
    assert json.loads(encode(package, box)) == json.loads(text)
