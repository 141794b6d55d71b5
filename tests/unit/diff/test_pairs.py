"""vAPI's maps in two dialects: what is told of them, and that it is told once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from vcsdk.diff import compare

from tests.diff.test_rules import sides_of

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
BUS = {"type": "string", "enum": ["IDE", "SCSI", "SATA"]}


def pairs(value: Any, key: Any = TEXT) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "properties": {"key": key, "value": value}}}


def objects(value: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


def told(folder: Path, old: Any, new: Any, where: str, *, vapi: bool = True) -> list[tuple[str, str, str]]:
    family = {"error_types": ["NOT_FOUND", "UNAUTHENTICATED"]} if vapi else {}
    sides = sides_of({"old": {where: old, **family}, "new": {where: new, **family}}, folder)
    return [(found.rule.id, found.change.site.path, found.message) for found in compare(*sides)]


@pytest.mark.parametrize("where", ["request", "response"])
def test_another_dialect_is_one_change(tmp_path: Path, where: str) -> None:
    ((rule, path, said),) = told(tmp_path, pairs(NUMBER), objects(NUMBER), where)
    assert (rule, path) == (f"{where}-type-changed", "/value")
    assert "`free-form object`, was `list of pairs`" in said


def test_the_same_map_is_no_change(tmp_path: Path) -> None:
    assert told(tmp_path, pairs(NUMBER), {**pairs(NUMBER), "description": ""}, "response") == []


def test_keys_and_values_are_told_where_they_stand(tmp_path: Path) -> None:
    found = told(tmp_path, pairs(pairs(NUMBER), BUS), pairs(pairs(TEXT), {**BUS, "enum": ["IDE", "SCSI"]}), "response")
    assert {(rule, path) for rule, path, _ in found if not rule.startswith("surface")} == {
        ("response-enum-value-removed", "/value/[]/key"),
        ("response-type-changed", "/value/[]/value/[]/value"),
    }


def test_outside_the_profile_it_is_an_array(tmp_path: Path) -> None:
    found = told(tmp_path, pairs(NUMBER), objects(NUMBER), "response", vapi=False)
    (said,) = (said for rule, _, said in found if rule == "response-type-changed")
    assert "was `array`" in said
