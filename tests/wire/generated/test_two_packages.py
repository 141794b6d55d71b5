"""Two generated packages in one program, each with a runtime of its own: what one takes from the other."""

from __future__ import annotations

import json
import pickle
from types import ModuleType
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, Seen, operation, serving

COLOR = {"type": "string", "enum": ["RED", "BLUE"]}
LOGIN = {
    "type": "object",
    "required": ["user", "password"],
    "properties": {
        "user": {"type": "string"},
        "password": {"type": "string", "format": "password"},
        "color": {"$ref": "#/components/schemas/Color"},
    },
}
OPEN = {"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": {"type": "string"}}
SPEC = {
    "type": "object",
    "required": ["login"],
    "properties": {"login": {"$ref": "#/components/schemas/Login"}, "open": {"$ref": "#/components/schemas/Open"}},
}
USED = [
    {"name": "color", "in": "query", "schema": {"$ref": "#/components/schemas/Color"}},
    {"name": "colors", "in": "query", "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Color"}}},
    {"name": "more", "in": "query", "schema": {"$ref": "#/components/schemas/Open"}},
    {"name": "X-Key", "in": "header", "schema": {"type": "string", "format": "password"}},
]
BODY = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Spec"}}}}


def description(title: str) -> dict[str, Any]:
    found = operation(parameters=USED, body=BODY, Color=COLOR, Login=LOGIN, Open=OPEN, Spec=SPEC)
    found["components"]["securitySchemes"] = {"basic": {"type": "http", "scheme": "basic"}}
    return {"info": {"title": title, "version": "1"}, "security": [{"basic": []}], **found}


@pytest.fixture
def packages(generate: Generates) -> tuple[ModuleType, ModuleType]:
    return generate(**description("First")), generate(**description("Second"))


def test_values_of_one_are_arguments_of_the_other(packages: tuple[ModuleType, ModuleType]) -> None:
    first, second = packages
    seen: list[Seen] = []
    models = first.models
    login = models.Login(user="u", password=first.Secret("hidden"), color=models.Color.BLUE)
    open_ = models.Open(a=1, additional_properties={"b": "c"})
    with (
        serving(lambda request: seen.append(request) or Reply(204)) as server,
        second.Second(server.origin, username="u", password=first.Secret("pass")) as client,
    ):
        client.x.call(
            login=login,
            open=open_,
            color=models.Color.RED,
            colors=[models.Color.RED, models.Color.BLUE],
            x_key=first.Secret("key"),
            more=open_,
        )
        with pytest.raises(second.ArgumentError, match="color"):
            client.x.call(login=login, color=login)
        with pytest.raises(second.ArgumentError, match="user"):
            client.x.call(login=models.Open(a=1))
    request = seen[0]
    assert json.loads(request.body) == {
        "login": {"user": "u", "password": "hidden", "color": "BLUE"},
        "open": {"a": 1, "b": "c"},
    }
    assert request.target == "/x?color=RED&colors=RED&colors=BLUE&b=c&a=1"
    assert request.headers["x-key"] == "key"
    assert request.headers["authorization"] == "Basic dTpwYXNz"
    assert len(seen) == 1


def test_what_is_no_secret_is_no_password(packages: tuple[ModuleType, ModuleType]) -> None:
    _, second = packages
    for odd in (3, b"x", object()):
        with pytest.raises(second.ArgumentError, match="password: expected text"):
            second.Second("http://127.0.0.1", username="u", password=odd)


def test_one_except_catches_a_lost_connection_of_either(packages: tuple[ModuleType, ModuleType]) -> None:
    with serving(lambda request: Reply(204)) as server:
        gone = server.origin
    for package, name in zip(packages, ("First", "Second"), strict=True):
        client = getattr(package, name)(gone, username="u", password="p", retries=0)
        with pytest.raises(ConnectionError, match="connection refused") as caught:
            client.x.call(login=package.models.Login(user="u", password="p"))
        assert type(caught.value) is package.ConnectionFailed
        again = pickle.loads(pickle.dumps(caught.value))
        assert (str(again), again.reason) == (str(caught.value), "connection refused")


def test_what_may_have_been_done_is_no_lost_connection(packages: tuple[ModuleType, ModuleType]) -> None:
    """Programs repeat after a ConnectionError; this must not be repeated."""
    first, _ = packages
    assert not issubclass(first.OutcomeUnknown, ConnectionError)
