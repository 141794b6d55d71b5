"""Operations that share method and path: a constant header tells them apart; where nothing does, both are methods."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.diagnostics import Level
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.unit.emitters.conftest import Generates, Reads
from tests.wire.generated.calling import Reply, both, client_of


def target(value: Any, **more: Any) -> dict[str, Any]:
    return {"name": "X-Target", "in": "header", "required": True, "schema": {"type": "string", "enum": [value]}, **more}


def operation(name: str, answer: str | None = None, *parameters: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "string", "example": answer}
    answered = {"200": {"description": "d", "content": {"application/json": {"schema": schema}}}}
    responses: dict[str, Any] = answered if answer else {"204": {"description": "d"}}
    return {"operationId": name, "tags": ["things"], "parameters": [*parameters], "responses": responses}


BY_HEADER = {
    "/things#Target=List": {"post": operation("list", "listed", target("Things.List"))},
    "/things#Target=Drop": {
        "post": operation("drop", "dropped", target("Things.Drop"), {**target("1"), "name": "version"})
    },
}
BY_NAME = {
    "/things/{x}": {
        "get": operation("one", "one", {"name": "x", "in": "path", "required": True, "schema": {"type": "string"}})
    },
    "/things/{y}": {
        "get": operation("two", "two", {"name": "y", "in": "path", "required": True, "schema": {"type": "integer"}})
    },
}
BY_FRAGMENT = {"/things": {"get": operation("one", "one")}, "/things#b": {"get": operation("two", "two")}}


def test_a_constant_header_is_sent_and_is_no_argument(generate: Generates) -> None:
    package = generate(paths=BY_HEADER)
    seen, _ = both(package, lambda client: client.things.list(), lambda _: Reply(200, "listed"))
    assert [request.headers["x-target"] for request in seen] == ["Things.List"] * 2
    seen, _ = both(package, lambda client: client.things.drop(), lambda _: Reply(200, "listed"))
    assert [(r.headers["x-target"], r.headers["version"]) for r in seen] == [("Things.Drop", "1")] * 2
    with pytest.raises(TypeError):
        client_of(package)("http://127.0.0.1:1").things.list(x_target="Things.List")


@pytest.mark.parametrize(
    ("value", "text"), [("a b", "a b"), (5, "5"), (True, "true")], ids=["text", "number", "boolean"]
)
def test_constants_of_each_type(generate: Generates, value: Any, text: str) -> None:
    node = {"name": "X-Target", "in": "header", "required": True, "schema": {"enum": [value]}}
    package = generate(paths={"/things": {"post": operation("call", None, node)}})
    seen, _ = both(package, lambda client: client.things.call())
    assert [request.headers["x-target"] for request in seen] == [text] * 2


@pytest.mark.parametrize("change", [{"required": False}, {"schema": {"type": "string", "enum": ["a", "b"]}}])
def test_what_leaves_a_choice_is_an_argument(generate: Generates, change: dict[str, Any]) -> None:
    package = generate(paths={"/things": {"post": operation("call", None, target("a", **change))}})
    seen, _ = both(package, lambda client: client.things.call(x_target="a"))
    assert [request.headers["x-target"] for request in seen] == ["a"] * 2


def test_the_simulator_knows_which_is_meant(generate: Generates, read: Reads) -> None:
    package = generate(paths=BY_HEADER)
    described = read(paths=BY_HEADER)
    assert described.diagnostics.count(Level.WARNING) == 0
    simulator = Simulator(described, SimulatorOptions(password="pw"))
    assert simulator.application.hidden == []
    with simulator.running(), client_of(package)(simulator.url) as client:
        assert (client.things.list(), client.things.drop()) == ("listed", "dropped")


@pytest.mark.parametrize("paths", [BY_NAME, BY_FRAGMENT], ids=["names", "fragments"])
def test_where_nothing_tells_them_apart_both_are_methods(
    generate: Generates, read: Reads, paths: dict[str, Any]
) -> None:
    package = generate(paths=paths)
    described = read(paths=paths)
    assert [(d.level, d.rule) for d in described.diagnostics if d.level is not Level.NOTE] == [
        (Level.WARNING, "same-request")
    ]
    arguments = ({"x": "1"}, {"y": 1}) if paths is BY_NAME else ({}, {})
    simulator = Simulator(described, SimulatorOptions(password="pw"))
    assert simulator.application.hidden == [("things.one", "things.two")]
    with simulator.running(), client_of(package)(simulator.url) as client:
        assert client.things.one(**arguments[0]) == client.things.two(**arguments[1])
