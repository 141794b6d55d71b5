"""Operations of `additionalOperations` (OpenAPI 3.2) are compared as all others; where they stand says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.diff.documents import api, of_answer
from tests.unit.diff.test_around_operations import rules
from tests.unit.diff.test_same_meaning import found

TEXT = {"type": "string"}
Q = {"name": "q", "in": "query", "schema": TEXT}


def with_others(item: dict[str, Any], **methods: Any) -> dict[str, Any]:
    described = api(of_answer(TEXT), {})
    others = {method: {"operationId": method.lower(), **node} for method, node in methods.items()}
    path = {**described["paths"]["/t"], **item, "additionalOperations": others}
    return {**described, "openapi": "3.2.0", "paths": {"/t": path}}


CASES: dict[str, tuple[Any, Any, set[str]]] = {
    "none": (with_others({}, COPY=of_answer(TEXT)), with_others({}, COPY=of_answer(TEXT)), set()),
    "order": (
        with_others({}, COPY=of_answer(TEXT), LOCK=of_answer(TEXT)),
        with_others({}, LOCK=of_answer(TEXT), COPY=of_answer(TEXT)),
        set(),
    ),
    "one-more": (
        with_others({}, COPY=of_answer(TEXT)),
        with_others({}, COPY=of_answer(TEXT), LOCK=of_answer(TEXT)),
        {"operation-added"},
    ),
    "another-method": (
        with_others({}, COPY=of_answer(TEXT)),
        with_others({}, MOVE=of_answer(TEXT)),
        {"operation-added", "operation-removed"},
    ),
    "its-answer": (
        with_others({}, COPY=of_answer(TEXT)),
        with_others({}, COPY=of_answer({"type": "integer"})),
        {"response-type-changed"},
    ),
    "a-parameter-of-the-path": (
        with_others({"parameters": []}, COPY=of_answer(TEXT)),
        with_others({"parameters": [Q]}, COPY=of_answer(TEXT)),
        {"optional-parameter-added"},
    ),
    "a-server-of-the-path": (
        with_others({}, COPY=of_answer(TEXT)),
        with_others({"servers": [{"url": "https://other.example.com"}]}, COPY=of_answer(TEXT)),
        {"keyword-changed"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_said_of_one(case: str, tmp_path: Path) -> None:
    old, new, expected = CASES[case]
    assert rules(found(tmp_path, old, new)) == expected


@pytest.mark.parametrize("method", ["COPY", "MOVE"])
def test_callbacks_may_have_such_methods(method: str, tmp_path: Path) -> None:
    def calling(schema: Any, name: str) -> dict[str, Any]:
        called = {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}
        described = api(of_answer(TEXT), {})
        callbacks = {"done": {"{$request.body#/url}": {"additionalOperations": {name: called}}}}
        described["paths"]["/t"]["post"]["callbacks"] = callbacks
        return {**described, "openapi": "3.2.0"}

    told = rules(found(tmp_path, calling(TEXT, "COPY"), calling({"type": "integer"}, method)))
    assert told == ({"response-type-changed"} if method == "COPY" else {"callback-added", "callback-removed"})
