"""Samples are values of their types, and validators hold what a schema reaches."""

from __future__ import annotations

import jsonschema_rs
import pytest
from vcsdk.diagnostics import Origin
from vcsdk.emitters.contract.smallest import sample
from vcsdk.ir import (
    Array,
    Constraints,
    Field,
    Json,
    Kind,
    Map,
    Nullable,
    Ref,
    Scalar,
    Schema,
    Struct,
    Type,
    Union,
)
from vcsdk.ir.finite import endless

from tests.unit.contract.wholes import with_components


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (Scalar(Kind.INTEGER), 1),
        (Scalar(Kind.NUMBER), 1.5),
        (Scalar(Kind.INTEGER, constraints=Constraints(minimum=5)), 5),
        (Scalar(Kind.INTEGER, constraints=Constraints(exclusive_minimum=5)), 6),
        (Scalar(Kind.INTEGER, constraints=Constraints(maximum=0)), 0),
        (Scalar(Kind.INTEGER, constraints=Constraints(exclusive_maximum=0)), -1),
        (Scalar(Kind.INTEGER, constraints=Constraints(minimum=5, multiple_of=4)), 8),
        (Scalar(Kind.INTEGER, constraints=Constraints(minimum=1.5)), 2),
        (Scalar(Kind.NUMBER, constraints=Constraints(minimum=2, maximum=2)), 2),
        (Scalar(Kind.NUMBER, constraints=Constraints(exclusive_minimum=1.5, maximum=2)), 2),
        (Scalar(Kind.STRING), "text"),
        (Scalar(Kind.STRING, constraints=Constraints(min_length=6)), "textxx"),
        (Scalar(Kind.STRING, constraints=Constraints(max_length=2)), "te"),
        (Scalar(Kind.STRING, constraints=Constraints(max_length=0)), ""),
        (Scalar(Kind.STRING, format="no-such-format"), "text"),
    ],
)
def test_a_sample_keeps_its_bounds(type_: Scalar, value: Json) -> None:
    assert sample(type_, {}) == value


@pytest.mark.parametrize("form", ["uri", "email", "hostname", "ipv4", "ipv6", "uri-reference"])
def test_a_sample_keeps_its_format(form: str) -> None:
    validator = jsonschema_rs.Draft202012Validator({"type": "string", "format": form}, validate_formats=True)

    assert validator.is_valid(sample(Scalar(Kind.STRING, format=form), {}))


NODE = {"next": {"$ref": "#/components/schemas/Node"}, "leaf": {"$ref": "#/components/schemas/Leaf"}}
COMPONENTS = {
    "Leaf": {"type": "integer"},
    "Node": {"type": "object", "properties": NODE},
    "a/b c": {"allOf": [{"$ref": "#/components/schemas/Node"}]},
    "Other": {"type": "string"},
}


@pytest.mark.parametrize(
    ("schema", "reached", "parts"),
    [
        ({"type": "string"}, [], []),
        ({"$ref": "#/components/schemas/Leaf"}, ["Leaf"], []),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Node"}}, ["Node", "Leaf"], []),
        ({"oneOf": [{"$ref": "#/components/schemas/a~1b%20c"}]}, ["a/b c", "Node", "Leaf"], ["Node"]),
        ({"additionalProperties": {"$ref": "#/components/schemas/Other"}}, ["Other"], []),
        ({"$ref": "#/components/schemas/Node/properties/leaf"}, ["Node", "Leaf"], []),
    ],
)
def test_only_what_a_schema_reaches_is_held(schema: dict[str, object], reached: list[str], parts: list[str]) -> None:
    whole = with_components(schema, {"components": {"schemas": COMPONENTS}}, closed=True, draft4=True)

    assert list(whole["components"]["schemas"]) == reached
    assert list(whole["components"]["parts"]) == parts
    # A reference that led nowhere would not compile.
    jsonschema_rs.Draft4Validator(whole)


ORIGIN = Origin("d.yaml")


def struct(**fields: tuple[Type, bool]) -> Struct:
    found = tuple(Field(name, type_, required=required, origin=ORIGIN) for name, (type_, required) in fields.items())
    return Struct("s", "s", found, ORIGIN)


ITSELF = Ref("loop")


@pytest.mark.parametrize(
    ("schemas", "without"),
    [
        ({"loop": struct(next=(ITSELF, True))}, {"loop"}),
        ({"loop": struct(next=(ITSELF, False))}, set()),
        ({"loop": struct(next=(Nullable(ITSELF), True))}, set()),
        ({"loop": struct(next=(Array(ITSELF), True))}, set()),
        ({"loop": struct(next=(Array(ITSELF, Constraints(min_items=1)), True))}, {"loop"}),
        ({"loop": struct(next=(Map(ITSELF), True))}, set()),
        ({"loop": struct(next=(Union((ITSELF, Scalar(Kind.STRING))), True))}, set()),
        ({"loop": struct(b=(Ref("b"), True)), "b": struct(a=(ITSELF, True)), "c": struct()}, {"loop", "b"}),
        ({"loop": struct(next=(ITSELF, True)), "user": struct(of=(ITSELF, True))}, {"loop", "user"}),
    ],
)
def test_what_no_finite_value_fits(schemas: dict[str, Schema], without: set[str]) -> None:
    assert set(endless(schemas)) == without
