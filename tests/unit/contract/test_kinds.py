"""What tells members of unions apart is completed by what they fix themselves: for the suite and for the simulator."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema_rs
import pytest
from vcsdk.copied.suite.kinds import with_kinds
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import Values

from tests.unit.contract.wholes import with_components


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def one(*kinds: str, word: str = "enum") -> dict[str, Any]:
    kind = {"const": kinds[0]} if word == "const" else {"type": "string", **({"enum": [*kinds]} if kinds else {})}
    return {"type": "object", "required": ["kind"], "properties": {"kind": kind, "n": {"type": "integer"}}}


def union(*members: str, **mapping: str) -> dict[str, Any]:
    told: dict[str, Any] = {"propertyName": "kind"}
    told |= {"mapping": {tag: ref(member)["$ref"] for tag, member in mapping.items()}} if mapping else {}
    return {"oneOf": [ref(member) for member in members], "discriminator": told}


CASES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"U": union("A", "B"), "A": one("a"), "B": one("b", "c")}, {"a": "A", "b": "B", "c": "B"}),
    ({"U": union("A", "B"), "A": one("a", word="const"), "B": one("b", word="const")}, {"a": "A", "b": "B"}),
    ({"U": union("A", "B", x="A"), "A": one(), "B": one("b")}, {"x": "A", "b": "B"}),
    (
        {"U": union("A", "V"), "V": union("B", "C"), "A": one("a"), "B": one("b"), "C": one()},
        {"a": "A", "b": "V", "C": "V"},
    ),
    (
        {"U": union("A", "B"), "A": {"allOf": [ref("Base"), one("a")]}, "B": one("b"), "Base": one()},
        {"a": "A", "b": "B"},
    ),
    ({"U": union("A", "B"), "A": one("x", "y"), "B": one("y", "z")}, {}),
    ({"U": union("A", "B"), "A": one(), "B": one()}, {}),
    ({"U": union("A", "B", a="A", b="B"), "A": one("a", "q"), "B": one("b")}, {"a": "A", "b": "B"}),
    ({"U": {"anyOf": [ref("A")], "discriminator": {"propertyName": "kind"}}, "A": one("a")}, {}),
]


@pytest.mark.parametrize(("schemas", "kinds"), CASES)
def test_members_are_known_by_what_they_fix(schemas: Any, kinds: dict[str, str]) -> None:
    document = {"openapi": "3.1.0", "components": {"schemas": schemas}}
    before = copy.deepcopy(document)
    made = with_kinds(document)
    mapping = made["components"]["schemas"]["U"]["discriminator"].get("mapping", {})
    assert {value: target.rpartition("/")[2] for value, target in mapping.items()} == kinds
    assert document == before
    assert with_kinds(made) is made


@pytest.mark.parametrize(("schemas", "kinds"), CASES[:5])
def test_each_kind_fits_the_union(schemas: Any, kinds: dict[str, str]) -> None:
    document = {"openapi": "3.1.0", "components": {"schemas": schemas}}
    judge = Schemas(document)
    whole = with_components(ref("U"), with_kinds(document), closed=True, draft4=False)
    validator = jsonschema_rs.Draft202012Validator(whole)
    for kind in kinds:
        assert judge.accepts(ref("U"), {"kind": kind, "n": 1})
        assert validator.is_valid({"kind": kind, "n": 1})
    assert not judge.accepts(ref("U"), {"kind": "other"})
    assert not validator.is_valid({"kind": "other"})
    assert Values(judge).example(ref("U"))["kind"] in kinds
