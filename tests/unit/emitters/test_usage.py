from __future__ import annotations

from vcsdk.emitters.models.order import in_definition_order
from vcsdk.ir.usage import Usage

from tests.unit.emitters.conftest import Reads, ref, schemas


def test_usage_follows_aliases_fields_and_bases(read: Reads) -> None:
    content = {"application/json": {"schema": ref("List")}}
    put = {
        "operationId": "put",
        "requestBody": {"content": content},
        "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Other")}}}},
    }
    more = {"type": "object", "properties": {"part": ref("Part")}}
    usage = Usage(
        read(
            paths={"/x": {"put": put}},
            **schemas(
                List={"type": "array", "items": ref("Item")},
                Item={"allOf": [ref("Base"), more]},
                Base={"type": "object", "properties": {"b": {"type": "string"}}},
                Part={"type": "object", "properties": {"again": ref("Item")}},
                Other={"type": "object", "properties": {"o": {"type": "string"}}},
            ),
        ).api
    )
    assert {key.rsplit("/", 1)[1] for key in usage.requests} == {"List", "Item", "Base", "Part"}
    assert {key.rsplit("/", 1)[1] for key in usage.answers} == {"Other"}


def test_definitions_come_before_uses_and_else_keep_their_order(read: Reads) -> None:
    more = {"type": "object", "properties": {"x": {"type": "string"}}}
    api = read(
        **schemas(
            Z={"type": "object", "properties": {"a": ref("Alias")}},
            Alias={"type": "array", "items": ref("Derived")},
            Derived={"allOf": [ref("Base"), more]},
            A={"type": "object", "properties": {"z": ref("Z")}},
            Base={"type": "object", "properties": {"b": {"type": "string"}}},
        )
    ).api
    by_name = {s.name: s for s in api.schemas.values()}
    order = [by_name[name] for name in ("Z", "Alias", "Derived", "A", "Base")]
    assert [s.name for s in in_definition_order(order)] == ["Z", "Base", "Derived", "Alias", "A"]
