"""Operations of `additionalOperations` (OpenAPI 3.2) are left out one by one, and nothing else of their path is.

A method in small letters cannot be sent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.diagnostics import InputError
from vcsdk.emitters.completeness import unchecked
from vcsdk.pipeline import Described, read_api

DONE = {"responses": {"204": {"description": "Done."}}}
HELD = {"$ref": "#/components/schemas/Held"}


def described(folder: Path, paths: dict[str, Any], *, partial: bool = True, config: str = "", **more: Any) -> Described:
    data = {"openapi": "3.2.0", "info": {"title": "Thing", "version": "1"}, "paths": paths, **more}
    (folder / "thing.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    (folder / "thing.toml").write_text(config)
    return read_api(folder / "thing.yaml", partial=partial)


def get(name: str = "read") -> dict[str, Any]:
    return {"operationId": name, **DONE}


def with_others(item: dict[str, Any], *methods: str) -> dict[str, Any]:
    return {**item, "additionalOperations": {method: {"operationId": method.lower(), **DONE} for method in methods}}


CASES: list[tuple[dict[str, Any], list[str], list[str]]] = [
    ({"/a": with_others({"get": get()}, "copy", "LOCK", "pUrge")}, ["GET /a", "LOCK /a"], ["copy /a", "pUrge /a"]),
    ({"/a": with_others({}, "link"), "/b": {"get": get()}}, ["GET /b"], ["link /a"]),
    ({"/a": with_others({"query": get()}, "Mixed-Case")}, ["QUERY /a"], ["Mixed-Case /a"]),
    ({"/a": with_others({"get": get()})}, ["GET /a"], []),
    ({"/a": with_others({}, "COPY")}, ["COPY /a"], []),
    ({"/a": {"parameters": [{"name": "q", "in": "nowhere"}], **with_others({}, "copy")}}, [], ["copy /a"]),
    (
        {"/a": {"parameters": [{"name": "q", "in": "nowhere", "required": True}], **with_others({}, "COPY")}},
        [],
        ["COPY /a"],
    ),
]


@pytest.mark.parametrize(("paths", "kept", "gone"), CASES)
def test_each_is_named_and_left_out_alone(paths: Any, kept: list[str], gone: list[str], tmp_path: Path) -> None:
    found = described(tmp_path, paths)
    assert [operation.request_line for operation in found.api.operations] == kept
    assert [omission.name for omission in found.omissions] == gone
    assert found.declared_operations == len(kept) + len(gone)
    left = found.document.data["paths"].get("/a", {}).get("additionalOperations", {})
    assert all(f"{method} /a" in kept for method in left)


def test_schemas_that_only_they_need_stay(tmp_path: Path) -> None:
    copied = {"requestBody": {"content": {"application/json": {"schema": HELD}}}, **DONE}
    item = {"get": get(), "additionalOperations": {"copy": copied}}
    found = described(tmp_path, {"/a": item}, components={"schemas": {"Held": {"type": "object"}}})
    assert [omission.kind for omission in found.omissions] == ["operation"]
    assert list(found.api.schemas)


def test_what_others_refer_to_in_one_is_kept(tmp_path: Path) -> None:
    answer = {"description": "It.", "content": {"application/json": {"schema": {"type": "integer"}}}}
    lead = "#/paths/~1a/additionalOperations/copy/responses/200/content/application~1json/schema"
    read = {"200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": lead}}}}}
    item = {"get": {"responses": read}, "additionalOperations": {"copy": {"responses": {"200": answer}}}}
    found = described(tmp_path, {"/a": item})
    assert [operation.request_line for operation in found.api.operations] == ["GET /a"]
    assert [omission.name for omission in found.omissions] == ["copy /a"]


def test_they_are_no_keywords(tmp_path: Path) -> None:
    found = described(tmp_path, {"/a": with_others({"get": get()}, "COPY")})
    assert not unchecked(found)
    schema = {"schema": {"not": {"type": "string"}}}
    answer = {"200": {"description": "It.", "content": {"application/json": schema}}}
    found = described(tmp_path, {"/a": with_others({"get": {"responses": answer}}, "copy")})
    assert [each.message.partition(" ")[0] for each in unchecked(found)] == ["`not`"]


def test_each_is_refused_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        described(tmp_path, {"/a": with_others({"get": get()}, "copy", "LOCK", "purge")}, partial=False)
    errors = [each for each in caught.value.diagnostics if each.level == "error"]
    lines = (tmp_path / "thing.yaml").read_text().splitlines()
    assert [lines[each.location.line - 1].strip() for each in errors] == ["copy:", "purge:"]


def test_one_can_be_skipped_by_its_operation_id(tmp_path: Path) -> None:
    paths = {"/a": with_others({"get": get()}, "COPY")}
    found = described(tmp_path, paths, partial=False, config="[operations.copy]\nskip = true\n")
    assert [(each.name, each.decided) for each in found.omissions] == [("COPY /a", True)]
