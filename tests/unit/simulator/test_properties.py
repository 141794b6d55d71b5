"""Names that identify, and changes to what is identified."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.ir.identifying import identifying, plain_name
from vcsdk.simulator.properties import is_scalar, patched


@pytest.mark.parametrize("parameter", ["tag", "tag_id", "tagId", "tagID", "tag-id", "tag_uuid", "Tag"])
def test_a_name_is_its_word(parameter: str) -> None:
    assert plain_name(parameter) == "tag"


def test_words_that_only_end_alike_stay() -> None:
    assert [plain_name(name) for name in ("id", "paid", "grid", "valid_id")] == ["id", "paid", "grid", "valid"]


@pytest.mark.parametrize(
    ("parameter", "names", "found"),
    [
        ("tag_id", ["id", "name", "tag_id"], "tag_id"),
        ("tag_id", ["id", "tag"], "tag"),
        ("tagId", ["name", "id"], "id"),
        ("name", ["id", "name"], "name"),
        ("tag_id", ["name", "category_id"], None),
    ],
)
def test_the_property_that_identifies(parameter: str, names: list[str], found: str | None) -> None:
    assert identifying(parameter, names) == found


@pytest.mark.parametrize(
    ("value", "patch", "result"),
    [
        # RFC 7396, appendix A.
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_merge_patch(value: Any, patch: Any, result: Any) -> None:
    assert patched(value, patch) == result


def test_scalars() -> None:
    assert [is_scalar(flat) for flat in ({"type": "string"}, {"type": ["integer", "null"]}, {"type": "array"}, {})] == [
        True,
        True,
        False,
        False,
    ]
