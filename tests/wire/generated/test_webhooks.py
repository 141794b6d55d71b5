"""Webhooks of 3.1: models and decoders, used by a server that receives real requests; path items by reference."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import httpx2
import pytest

from tests.unit.emitters.conftest import Generates, Reads, ref
from tests.wire.generated.calling import both, serving
from tests.wire.runtime.server import Reply

PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}
OK = {"204": {"description": "Taken."}}


def hook(schema: Any, content_type: str = "application/json", required: bool = True, **more: Any) -> dict[str, Any]:
    body = {"required": required, "content": {content_type: {"schema": schema}}}
    return {"operationId": "hooked", "requestBody": body, "responses": OK, **more}


def described(**webhooks: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "webhooks": webhooks, "components": {"schemas": {"Pet": PET}}}


def received(package: ModuleType, name: str, body: bytes, content_type: str = "application/json") -> Any:
    """What the decoder makes of a request that came over HTTP."""
    got: list[Any] = []

    def take(seen: Any) -> Reply:
        try:
            got.append(getattr(package.webhooks, name)(seen.body, content_type=seen.headers["content-type"]))
        except ValueError as error:
            got.append(error)
        return Reply(204)

    with serving(take) as server:
        httpx2.post(server.origin, content=body, headers={"Content-Type": content_type})
    return got[0]


@pytest.mark.parametrize(
    ("schema", "body", "expected"),
    [
        (ref("Pet"), b'{"name":"a","more":1}', {"name": "a"}),
        (ref("Pet"), b'\xef\xbb\xbf{"name":"a","age":1.0}', {"name": "a", "age": 1}),
        ({"type": "array", "items": {"type": "integer"}}, b"[1,2]", [1, 2]),
        ({"anyOf": [ref("Pet"), {"type": "null"}]}, b"null", None),
        ({"type": "object", "properties": {"id": {"type": "integer"}}}, b'{"id":5}', {"id": 5}),
        ({"oneOf": [ref("Pet"), {"type": "string"}]}, b'"x"', "x"),
    ],
)
def test_bodies(schema: Any, body: bytes, expected: Any, generate: Generates) -> None:
    package = generate(**described(newPet={"post": hook(schema)}))
    got = received(package, "new_pet", body, "application/json; charset=utf-8")
    if isinstance(expected, dict):
        assert {name: getattr(got, name) for name in expected} == expected
    else:
        assert got == expected


def test_what_does_not_fit_is_a_value_error(generate: Generates) -> None:
    package = generate(**described(newPet={"post": hook(ref("Pet"))}))
    for body in (b"{}", b"[", b"", b'{"name":1}', b'{"name":"\xff"}'):
        error = received(package, "new_pet", body)
        assert isinstance(error, package.ArgumentError)
        assert "newPet: content" in str(error)
    error = received(package, "new_pet", b"{}", "text/html")
    assert "expected one of application/json" in str(error)


def test_names_methods_and_what_has_no_body(generate: Generates) -> None:
    hooks = {
        "pet/added": {"post": hook(ref("Pet"), required=False), "put": hook({"type": "integer"})},
        "list": {"post": hook({"type": "array", "items": ref("Pet")})},
        "class": {"post": {"responses": OK}},
        "a-b": {"post": hook(ref("Pet"))},
        "a_b": {"post": hook(ref("Pet"))},
        "str": {"post": hook(ref("Pet"))},
    }
    package = generate(**described(**hooks))
    webhooks = package.webhooks
    assert webhooks.pet_added_put(b"5") == 5
    assert webhooks.pet_added_post(b"") is None
    assert webhooks.list('[{"name":"a"}]') == [package.models.Pet(name="a")]
    assert webhooks.class_(b"anything") is None
    assert set(webhooks.DECODERS) == {("pet/added", "POST"), ("pet/added", "PUT"), "list", "class", "a-b", "a_b", "str"}
    assert webhooks.DECODERS["a_b"] is webhooks.a_b


def test_a_plain_form_and_what_is_passed_through(generate: Generates) -> None:
    form = {
        "type": "object",
        "properties": {"n": {"type": "integer"}, "t": {"type": "array", "items": {"type": "string"}}},
    }
    kind = "application/x-www-form-urlencoded"
    hooks = {"sms": {"post": hook(form, kind)}, "file": {"post": hook({}, "image/png")}}
    package = generate(**described(**hooks))
    got = received(package, "sms", b"n=5&t=a&t=%C3%A9", kind)
    assert (got.n, got.t) == (5, ["a", "é"])
    assert received(package, "file", b"\x00\xff", "image/png") == b"\x00\xff"


def test_webhooks_by_reference_and_beside_paths(generate: Generates) -> None:
    item = {
        "get": {
            "operationId": "read",
            "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Pet")}}}},
        }
    }
    package = generate(
        openapi="3.1.0",
        paths={"/a": {"$ref": "#/components/pathItems/A"}, "/b": {"$ref": "#/components/pathItems/B", "summary": "B."}},
        webhooks={"hooked": {"$ref": "#/components/pathItems/Hook"}},
        components={
            "schemas": {"Pet": PET},
            "pathItems": {"A": item, "B": {"$ref": "#/components/pathItems/A"}, "Hook": {"post": hook(ref("Pet"))}},
        },
    )
    pet = package.models.Pet(name="a")
    assert package.webhooks.hooked(b'{"name":"a"}') == pet
    for read in (lambda c: c.a.read(), lambda c: c.b.read()):
        seen, given = both(package, read, lambda _: Reply(200, json={"name": "a"}))
        assert given == [pet, pet]
    assert seen[0].line == "GET /b"


def test_without_webhooks_there_is_no_module(generate: Generates, read: Reads) -> None:
    package = generate(openapi="3.1.0", components={"schemas": {"Pet": PET}})
    assert "webhooks" not in package.__all__
    with pytest.raises(AttributeError):
        _ = package.webhooks


def test_what_is_only_sent_is_not_asked_for(generate: Generates) -> None:
    secret = {"type": "string", "writeOnly": True}
    pet = {**PET, "required": ["name", "pin"], "properties": {**PET["properties"], "pin": secret}}
    document = described(newPet={"post": hook(ref("Pet"))})
    document["components"]["schemas"]["Pet"] = pet
    sent = {"required": True, "content": {"application/json": {"schema": ref("Pet")}}}
    post = {"operationId": "post", "requestBody": sent, "responses": OK}
    package = generate(**document, paths={"/pets": {"post": post}})
    assert received(package, "new_pet", b'{"name":"a"}').name == "a"
