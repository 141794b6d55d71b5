"""Components with names that no URI may have are found by validators: in the contract suite and in the simulator."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest
from vcsdk.instances.schemas import Schemas

from tests.unit.contract.wholes import with_components

NAMES = ["Err<String>", "Page«Lamp»", "A B", "Map[str, int]", 'a"b', "größe", "x^y", "a{b}", "a|b", "a\\b", "Plain"]


@pytest.mark.parametrize("escaped", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_reference_to_it_leads_there(name: str, *, escaped: bool) -> None:
    ref = "#/components/schemas/" + (quote(name) if escaped else name)
    inner: dict[str, Any] = {"type": "object", "properties": {"n": {"type": "integer"}, "more": {"$ref": ref}}}
    document = {"openapi": "3.0.3", "components": {"schemas": {name: inner}}}
    schema = {"type": "array", "items": {"$ref": ref}}
    good, bad = [{"n": 1, "more": {"n": 2}}], [{"n": 1, "more": {"n": "x"}}]
    for draft4 in (True, False):
        whole = with_components(schema, document, closed=True, draft4=draft4)
        validator = jsonschema_rs.Draft202012Validator(whole)
        assert validator.is_valid(good)
        assert not validator.is_valid(bad)
    schemas = Schemas(document)
    assert schemas.accepts(schema, good)
    assert not schemas.accepts(schema, bad)
    assert schemas.unusable == []
