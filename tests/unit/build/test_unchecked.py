"""What the models leave to the server is said, with rule and place."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics, Level

from .conftest import Builds, components

TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "rule", "message"),
    [
        ({**TEXT, "pattern": "\\p{L}"}, "unchecked-pattern", "Python cannot read this pattern"),
        ({**TEXT, "pattern": "\\p{Lu}"}, "unchecked-pattern", "Python cannot read this pattern"),
        ({**TEXT, "pattern": "^(a+)+$"}, "unchecked-pattern", "time exponential in the text"),
        ({"type": "integer", "maximum": 2**63}, "unchecked-bound", "`maximum` is beyond 64 bits"),
        ({"type": "integer", "minimum": -1e30}, "unchecked-bound", "`minimum` is beyond 64 bits"),
        ({"type": "array", "items": TEXT, "uniqueItems": True}, "unchecked-keyword", "`uniqueItems` is not checked"),
        ({"type": "object", "properties": {'a"b': TEXT}}, "plain-dict", "makes Thing a dict"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}, "recursive-alias", "is made of itself"),
    ],
    ids=str,
)
def test_each_is_a_note(
    schema: dict[str, Any], rule: str, message: str, api_of: Builds, diagnostics: Diagnostics
) -> None:
    api_of(components(Thing=schema))
    found = [(d.level, d.rule) for d in diagnostics]
    assert found == [(Level.NOTE, rule)]
    assert message in next(iter(diagnostics)).message


@pytest.mark.parametrize(
    "schema",
    [
        {**TEXT, "pattern": "^[a-z]+$"},
        {"type": "integer", "maximum": 2**63 - 1, "minimum": -(2**63)},
        {"type": "array", "items": TEXT, "uniqueItems": False},
        {"type": "number", "maximum": 1e300},
        {"type": "object", "properties": {"é b-c": TEXT}},
        {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/Thing"}}},
    ],
    ids=str,
)
def test_what_is_checked_needs_no_note(schema: dict[str, Any], api_of: Builds, diagnostics: Diagnostics) -> None:
    api_of(components(Thing=schema))
    assert list(diagnostics) == []
