"""What refuses a wrong request, and who is asked for: as the description says, and as tests write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from vcsdk.copied.suite.refusals import ANY_REFUSAL, either
from vcsdk.copied.suite.schemas import carries
from vcsdk.emitters.contract.cases import wellformed
from vcsdk.emitters.contract.identifiers import filled, identifies, unknown
from vcsdk.emitters.contract.refusals import Refusal, refusal_of
from vcsdk.ir import Api, Body
from vcsdk.pipeline import read_api

from tests.unit.contract.wholes import with_components

TEXT = {"type": "string"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(paths: dict[str, Any], **components: Any) -> Api:
    document = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": paths, "components": components}
    Path("t.json").write_text(json.dumps(document))
    return read_api(Path("t.json")).api


@pytest.mark.parametrize(
    ("documented", "written"),
    [
        (["400"], "400"),
        (["422"], "422"),
        (["400", "422"], "(400, 422)"),
        (["422", "409"], "(409, 422)"),
        (["400", "401", "403", "404", "405"], "400"),
        ([], "(400, 415, 422)"),
        (["401", "403", "404"], "(400, 415, 422)"),
        (["409"], "(400, 409, 415, 422)"),
        (["429"], "(400, 415, 422, 429)"),
        (["500", "5XX"], "(400, 415, 422)"),
        (["4XX"], "ANY_REFUSAL"),
        (["default"], "ANY_REFUSAL"),
        (["400", "default"], "ANY_REFUSAL"),
    ],
)
def test_what_an_operation_documents_for_content_refuses_it(documented: list[str], written: str) -> None:
    responses = {status: {"description": "It."} for status in ["200", *documented]}
    api = read({"/a": {"get": {"operationId": "a", "responses": responses}}})
    assert refusal_of(api, api.operations[0]).text == written


@pytest.mark.parametrize(
    ("refusal", "more", "written"),
    [
        (Refusal((400,)), (404,), "(400, 404)"),
        (Refusal((400,)), (400,), "400"),
        (Refusal((), any_other=True), (415,), "ANY_REFUSAL"),
        (Refusal((), any_other=True), (404,), "(*ANY_REFUSAL, 404)"),
    ],
)
def test_others_may_be_added(refusal: Refusal, more: tuple[int, ...], written: str) -> None:
    assert refusal.also(*more).text == written


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ((400,), "400"),
        ((422, 400), "400 or 422"),
        ((400, 404, 414), "400, 404 or 414"),
        ((400, 401), "400 or 401"),
        (ANY_REFUSAL, "400, 402 or 406 to 499"),
    ],
)
def test_statuses_are_told_to_people(statuses: tuple[int, ...], told: str) -> None:
    assert either(statuses) == told


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (TEXT, "no-such-key"),
        ({**TEXT, "minLength": 14}, "no-such-key---"),
        ({**TEXT, "maxLength": 5}, "no-su"),
        ({**TEXT, "format": "uuid"}, "d2a4e997-e5cf-489b-8dfe-5a2250e2eb8f"),
        ({**TEXT, "format": "date"}, "2024-06-25"),
        ({"type": "integer"}, "2146724823"),
        ({"type": "integer", "maximum": 99}, "99"),
        ({"type": "integer", "minimum": 2**40}, str(2**40)),
        ({"type": "integer", "multipleOf": 7}, "0"),
        ({"type": "boolean"}, "true"),
        ({**TEXT, "enum": ["a", "b"]}, "a"),
        # The shortest are those that servers give first.
        ({**TEXT, "pattern": "^[1-9][0-9]{0,8}$"}, "100000000"),
        ({**TEXT, "pattern": "^a[0-9]+$"}, "a" + "0" * 25),
        ({**TEXT, "pattern": "^[A-Z]{3}$"}, "AAA"),
        ({**TEXT, "pattern": "^x+$", "maxLength": 7}, "xxxxxx"),
        ({"$ref": "#/components/schemas/Key"}, "d2a4e997-e5cf-489b-8dfe-5a2250e2eb8f"),
    ],
)
def test_an_unknown_identifier_is_well_formed(schema: dict[str, Any], value: str) -> None:
    key = {"name": "key", "in": "path", "required": True, "schema": schema}
    operation = {"operationId": "a", "parameters": [key], "responses": {"204": {"description": "It."}}}
    api = read({"/a/{key}": {"get": operation}}, schemas={"Key": {**TEXT, "format": "uuid"}})
    (parameter,) = api.operations[0].parameters
    assert unknown(parameter, api.schemas) == value
    assert filled(api.operations[0], api.schemas) == f"/a/{value}"


@pytest.mark.parametrize(
    ("schema", "beside", "expected"),
    [
        (TEXT, "/other", False),
        (TEXT, "/things", True),
        ({"type": "integer"}, "/other", True),
        ({**TEXT, "format": "uuid"}, "/other", True),
        ({**TEXT, "format": "date"}, "/other", False),
        ({**TEXT, "enum": ["a"]}, "/other", False),
    ],
)
def test_an_identifier_is_what_a_server_gives(schema: dict[str, Any], beside: str, expected: bool) -> None:
    key = {"name": "key", "in": "path", "required": True, "schema": schema}
    answers = {"responses": {"204": {"description": "It."}}}
    one = {"get": {"operationId": "a", "parameters": [key], **answers}}
    api = read({"/things/{key}": one, beside: {"post": {"operationId": "b", **answers}}})
    operation = next(o for o in api.operations if o.operation_id == "a")
    assert identifies(api, operation, operation.parameters[0]) is expected


def body_of(schema: dict[str, Any], **components: Any) -> tuple[Body, Api]:
    content = {"application/json": schema}
    operation = {"operationId": "a", "requestBody": {"required": True, "content": content}}
    api = read({"/a": {"post": {**operation, "responses": {"204": {"description": "It."}}}}}, schemas=components)
    body = api.operations[0].body
    assert body is not None
    return body, api


def test_each_member_of_a_union_is_sent() -> None:
    kinds = {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]}
    pet = {**kinds, "discriminator": {"propertyName": "kind"}}
    cat = {"type": "object", "required": ["kind", "lives"], "properties": {"kind": TEXT, "lives": {"type": "integer"}}}
    dog = {"type": "object", "required": ["kind", "bark"], "properties": {"kind": TEXT, "bark": TEXT}}
    body, api = body_of({"schema": pet}, Cat=cat, Dog=dog)
    assert wellformed(body, api.schemas).whole == [{"kind": "Cat", "lives": 1}, {"kind": "Dog", "bark": "text"}]


def test_an_example_is_sent_without_what_only_answers_have() -> None:
    inner = {"type": "object", "properties": {"serial": READ, "code": TEXT}}
    base = {"type": "object", "properties": {"id": READ}}
    own = {
        "properties": {"in": inner, "all": {"type": "array", "items": inner}, "map": {"additionalProperties": inner}}
    }
    schema = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", **own}]}
    part = {"serial": "1", "code": "2", "new": 3}
    example = {"id": "1", "in": part, "all": [part], "map": {"a": part}, "id_of": "4"}
    body, api = body_of({"schema": schema, "example": example}, Base=base)
    left = {"code": "2", "new": 3}
    assert wellformed(body, api.schemas).whole[0] == {"in": left, "all": [left], "map": {"a": left}, "id_of": "4"}


READ, WRITE = {**TEXT, "readOnly": True}, {**TEXT, "writeOnly": True}
COMPONENTS = {
    "Base": {"type": "object", "required": ["id"], "properties": {"id": READ, "pin": WRITE, "name": TEXT}},
    "Derived": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["pin", "name"]}]},
    "Plain": {
        "type": "object",
        "required": ["id", "pin", "name"],
        "properties": {"id": READ, "pin": WRITE, "name": TEXT},
    },
}


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize(
    ("schema", "wrap"),
    [
        (COMPONENTS["Plain"], lambda value: value),
        ({"$ref": "#/components/schemas/Plain"}, lambda value: value),
        ({"$ref": "#/components/schemas/Derived"}, lambda value: value),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Derived"}}, lambda value: [value]),
        ({"type": "object", "properties": {"in": {"$ref": "#/components/schemas/Plain"}}}, lambda value: {"in": value}),
        ({"oneOf": [{"$ref": "#/components/schemas/Derived"}, {"type": "integer"}]}, lambda value: value),
    ],
)
def test_each_side_has_its_own_view_of_a_schema(schema: dict[str, Any], wrap: Any, closed: bool) -> None:
    sent, answered = (
        jsonschema_rs.Draft4Validator(
            with_components(
                schema, {"components": {"schemas": COMPONENTS}}, closed=closed, draft4=True, request=request
            )
        )
        for request in (True, False)
    )
    assert sent.is_valid(wrap({"pin": "1", "name": "n"}))
    assert not sent.is_valid(wrap({"pin": "1"}))
    assert not sent.is_valid(wrap({"name": "n"}))
    assert answered.is_valid(wrap({"id": "i", "name": "n"}))
    assert not answered.is_valid(wrap({"id": "i"}))
    assert not answered.is_valid(wrap({"name": "n"}))


def test_what_no_answer_may_have_is_a_property_that_its_schema_does_not_know() -> None:
    for closed in (False, True):
        whole = with_components(COMPONENTS["Plain"], {}, closed=closed, draft4=True)
        assert jsonschema_rs.Draft4Validator(whole).is_valid({"id": "i", "pin": "1", "name": "n"}) is not closed


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (COMPONENTS["Plain"], {"pin": "1", "name": "n"}, False),
        (COMPONENTS["Plain"], {"id": None}, True),
        ({"$ref": "#/components/schemas/Derived"}, {"id": "i"}, True),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Plain"}}, [{}, {"id": "i"}], True),
        ({"properties": {"in": {"$ref": "#/components/schemas/Plain"}}}, {"in": {"id": "i"}}, True),
        ({"properties": {"in": {"$ref": "#/components/schemas/Plain"}}}, {"id": "i", "in": [{"id": "i"}]}, False),
        ({"oneOf": [{"type": "integer"}, {"$ref": "#/components/schemas/Derived"}]}, {"id": "i"}, True),
        ({"allOf": [{"properties": {"in": {"$ref": "#/components/schemas/Plain"}}}]}, {"in": {"id": "i"}}, True),
        ({"$ref": "#/components/schemas/Itself"}, {"id": "i"}, True),
        ({"$ref": "#/components/schemas/Itself"}, {"other": {}}, False),
        ({}, {"id": "i"}, False),
        (True, {"id": "i"}, False),
    ],
)
def test_what_only_answers_have_is_seen_in_a_request(schema: Any, value: Any, expected: bool) -> None:
    itself = {"anyOf": [{"$ref": "#/components/schemas/Itself"}, {"$ref": "#/components/schemas/Plain"}]}
    components = {**COMPONENTS, "Itself": itself}

    def follow(node: Any) -> Any:
        return components[node["$ref"].rpartition("/")[2]] if isinstance(node, dict) and "$ref" in node else node

    assert carries(value, schema, "readOnly", follow) is expected


@pytest.mark.parametrize(
    ("name", "takes"),
    [("<field>", True), ("{field}", True), ("<location>", True), ("field", False), ("<>", False), ("<field", False)],
)
def test_a_placeholder_stands_for_any_name(name: str, takes: bool) -> None:
    schema = {"type": "object", "properties": {name: {"type": "array"}}}
    whole = with_components(schema, {}, closed=True, draft4=True)
    assert jsonschema_rs.Draft4Validator(whole).is_valid({"json": ["what is wrong"]}) is takes
