"""What is left of a description with broken parts works on the wire, sync and async."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, write_client
from tests.wire.generated.calling import Reply, both, client_of

SQUARE = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"type": "string"}, "side": {"type": "integer"}},
}
ROUND = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "radius": {"type": "lamp"}}}
SHAPE = {
    "oneOf": [{"$ref": "#/components/schemas/Square"}, {"$ref": "#/components/schemas/Round"}],
    "discriminator": {
        "propertyName": "kind",
        "mapping": {"square": "#/components/schemas/Square", "round": "#/components/schemas/Round", "flat": "Nowhere"},
    },
}


def get(name: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    answers = {"200": {"description": "d", "content": {"application/json": {"schema": schema}}}}
    return {"operationId": name, "responses": answers, **more}


def query(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": "string"}, **more}


DESCRIPTION: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Thing", "version": "1"},
    "paths": {
        "/things": {
            "get": get(
                "shape",
                {"$ref": "#/components/schemas/Shape"},
                parameters=[query("broken", style="matrix"), query("size")],
            ),
            "post": get("broken", {"type": "strin"}),
            "put": get("moved", {"$ref": "#/paths/~1things/post/responses/201"}),
            "delete": get("fine", {"type": "string"}),
        },
    },
    "components": {"schemas": {"Shape": SHAPE, "Square": SQUARE, "Round": ROUND}},
}
INNER = {"description": "d", "content": {"application/json": {"schema": {"type": "object", "properties": {"a": {}}}}}}
DESCRIPTION["paths"]["/things"]["post"]["responses"]["201"] = INNER
DESCRIPTION["paths"]["/things"]["put"]["responses"]["200"]["content"]["application/json"]["schema"] = {
    "$ref": "#/paths/~1things/post/responses/201/content/application~1json/schema"
}


class Generate(Protocol):
    def __call__(self, config: str = "", *, partial: bool = True) -> ModuleType: ...


@pytest.fixture
def generated(tmp_path: Path) -> Iterator[Generate]:
    path = tmp_path / "thing.json"
    path.write_text(json.dumps(DESCRIPTION))
    with ExitStack() as stack:

        def make(config: str = "", *, partial: bool = True) -> ModuleType:
            path.with_suffix(".toml").write_text(config)
            described = read_api(path, partial=partial)
            source = write_client(described.api, described.config, described.document, tmp_path / "out")
            return stack.enter_context(imported(source, described.config.package.module))

        yield make


def test_only_what_is_broken_is_missing(generated: Generate) -> None:
    things = client_of(generated())("http://127.0.0.1:1").things
    assert [hasattr(things, name) for name in ("shape", "broken", "moved", "fine")] == [True, False, True, True]
    with pytest.raises(TypeError):
        things.shape(broken="x")


def test_an_operation_without_its_broken_parameter(generated: Generate) -> None:
    seen, given = both(
        generated(), lambda client: client.things.shape(size="1"), lambda _: Reply(200, {"kind": "square", "side": 2})
    )
    assert [request.target for request in seen] == ["/things?size=1"] * 2
    assert [shape.side for shape in given] == [2, 2]


@pytest.mark.parametrize("kind", ["round", "flat", "oval"])
def test_kinds_that_are_left_out_are_kept_as_any_unknown_kind(generated: Generate, kind: str) -> None:
    body = {"kind": kind, "radius": 2}
    _, given = both(generated(), lambda client: client.things.shape(), lambda _: Reply(200, body))
    assert given == [body, body]


def test_what_stood_in_a_broken_operation_and_others_need(generated: Generate) -> None:
    _, given = both(generated(), lambda client: client.things.moved(), lambda _: Reply(200, {"a": 5}))
    assert [thing.a for thing in given] == [5, 5]


@pytest.mark.parametrize(
    "config", ["[operations.broken]\nskip = true\n[operations.shape]\nskip = true\n", "[api]\npartial = true\n"]
)
def test_the_configuration_decides_the_same(generated: Generate, config: str) -> None:
    schemas = "[schemas.Shape]\nskip = true\n[schemas.Round]\nskip = true\n" if "skip" in config else ""
    package = generated(config + schemas, partial=False)
    _, given = both(package, lambda client: client.things.fine(), lambda _: Reply(200, "yes"))
    assert given == ["yes", "yes"]


def test_the_simulator_serves_what_is_left(generated: Generate, tmp_path: Path) -> None:
    package = generated()
    described = read_api(tmp_path / "thing.json", partial=True)
    with (
        Simulator(described, SimulatorOptions(password="pw")).running() as url,
        client_of(package)(url) as client,
    ):
        assert isinstance(client.things.fine(), str)
        assert type(client.things.shape()).__name__ == "Square"
