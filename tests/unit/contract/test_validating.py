"""Validators of one description share what they lead to, and judge as one that was made alone does."""

from __future__ import annotations

import itertools
from typing import Any

import jsonschema_rs
import pytest
from vcsdk.copied.suite import schemas
from vcsdk.copied.suite.effort import few_forks, forks
from vcsdk.copied.suite.validating import Validating

from tests.unit.contract.wholes import with_components

TEXT = {"type": "string"}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


PLACE = "/components/responses/R/content/application~1json/schema"
R = {"type": "object", "properties": {"r": TEXT}}
COMPONENTS: dict[str, Any] = {
    "Base": {"type": "object", "properties": {"a": TEXT, "next": ref("Base")}},
    "Heir": {"allOf": [ref("Base"), {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}}]},
    "Either": {"oneOf": [ref("Base"), TEXT]},
    "Far": {
        "type": "object",
        "properties": {"f": {"$ref": "#/components/responses/R/content/application~1json/schema"}},
    },
    "Open": {"anyOf": [ref("Heir"), {"type": "object", "properties": {"o": ref("Heir")}}], "nullable": True},
}
DOCUMENT = {
    "components": {
        "schemas": COMPONENTS,
        "responses": {
            "R": {"content": {"application/json": {"schema": {"type": "object", "properties": {"r": TEXT}}}}}
        },
    }
}
VALUES: list[Any] = [
    {"a": "x"},
    {"a": 1},
    {"a": "x", "b": 1},
    {"b": 1, "next": {"a": "y", "c": 2}},
    {"next": {"next": {"a": 1}}},
    {"f": {"r": 1}},
    {"f": {"r": "r"}},
    {"f": {"more": 1}},
    {"o": {"b": 1}},
    {"o": {}},
    {"c": 1},
    "text",
    None,
    7,
]


def verdicts(validator: Any) -> list[bool]:
    return [validator.is_valid(value) for value in VALUES]


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
@pytest.mark.parametrize("order", list(itertools.permutations(COMPONENTS))[::7], ids="-".join)
def test_the_order_in_which_they_are_made_means_nothing(order: tuple[str, ...], closed: bool) -> None:
    shared = Validating(DOCUMENT, closed=closed, draft4=True)
    for name in order:
        alone = jsonschema_rs.Draft4Validator(with_components(ref(name), DOCUMENT, closed=closed, draft4=True))
        found = shared.validator(ref(name))
        assert verdicts(found) == verdicts(alone), name
        assert True in verdicts(found)
        assert False in verdicts(found)


def chain(links: int) -> dict[str, Any]:
    """Components of which each has the next one twice, a value with itself."""
    forked = {f"L{n}": {"anyOf": [ref(f"L{n + 1}"), {"allOf": [ref(f"L{n + 1}")]}]} for n in range(links)}
    return {
        "components": {"schemas": {**forked, f"L{links}": TEXT, "Plain": TEXT, "Two": {"anyOf": [ref("L0"), TEXT]}}}
    }


@pytest.mark.parametrize("order", list(itertools.permutations(["L0", "Plain", "Two"])), ids="-".join)
@pytest.mark.parametrize(("links", "bounded"), [(2, True), (5, True), (40, False)])
def test_what_judges_too_often_is_told_whatever_came_before(order: tuple[str, ...], links: int, bounded: bool) -> None:
    shared = Validating(chain(links), closed=False, draft4=True)
    found = {name: shared.validator(ref(name)) for name in order}
    assert found.pop("Plain") is not None
    assert {validator is not None for validator in found.values()} == {bounded}
    assert shared.validator({"type": "array", "items": ref("Plain")}) is not None
    assert (shared.validator({"type": "array", "items": ref("L1")}) is not None) == bounded


def test_a_component_is_written_once_for_all_that_lead_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    usual = schemas.View.written

    def counted(self: Any, schema: Any, **named: Any) -> Any:
        written.append(schema)
        return usual(self, schema, **named)

    monkeypatch.setattr(schemas.View, "written", counted)
    shared = Validating(DOCUMENT, closed=False, draft4=True)
    for number in range(20):
        assert shared.validator({"type": "object", "properties": {f"p{number}": ref("Open")}}) is not None
    for component in ("Base", "Heir", "Open"):
        # In its own form, and in that of a part.
        assert 1 <= sum(each is COMPONENTS[component] for each in written) <= 2


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        (TEXT, 1),
        ({"allOf": [TEXT]}, 1),
        ({"anyOf": [TEXT, TEXT, TEXT]}, 3),
        ({"properties": {"a": {"oneOf": [TEXT, TEXT]}, "b": {"oneOf": [TEXT, TEXT]}}}, 4),
        ({"allOf": [TEXT], "$ref": "#/x"}, 2),
        ({"if": TEXT, "then": TEXT, "else": TEXT}, 3),
        ({"items": [{"anyOf": [TEXT, {"anyOf": [TEXT, TEXT]}]}]}, 4),
    ],
)
def test_forks_multiply(schema: dict[str, Any], count: int) -> None:
    assert forks(schema) == count
    assert few_forks([count]) == (count <= 6)
    assert few_forks([count, 7]) is False
