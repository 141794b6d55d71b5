"""JSON without a schema is any JSON, sent and answered; where HTTP knows no content there is no value."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, write_client
from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import both, operation
from tests.wire.runtime.server import Reply

NUMBER = {"type": "integer"}
VALUES = [{"a": [1, None]}, [1, 2], "text", 1.5, True, None, {}]


def answer(media: Any, content_type: str = "application/json") -> dict[str, Any]:
    return {"description": "It.", **({"content": {content_type: media}} if media is not None else {})}


def replied(status: int, value: Any, content_type: str = "application/json") -> Reply:
    body = b"" if value is ... else json.dumps(value).encode()
    return Reply(status, body=body, headers={"Content-Type": content_type} if body else {})


def declared(package: Any) -> Any:
    with package.Thing("http://127.0.0.1:9") as client:
        return inspect.signature(client.x.call).return_annotation


@pytest.mark.parametrize("media", [{}, {"schema": {}}, {"example": {"a": 1}}, {"schema": True}])
@pytest.mark.parametrize(
    ("status", "content_type"),
    [("200", "application/json"), ("2XX", "application/vnd.x+json"), ("default", "text/json")],
)
def test_any_value_is_answered(media: Any, status: str, content_type: str, generate: Generates) -> None:
    media, version = dict(media), "3.1.0" if media.get("schema") is True else "3.0.3"
    package = generate(openapi=version, **operation(method="get", answers={status: answer(media, content_type)}))
    assert declared(package) == "Any"
    for value in VALUES:
        _, given = both(package, lambda c: c.x.call(), lambda _, v=value: replied(200, v, content_type))
        assert given == [value] * 2
    _, given = both(package, lambda c: c.x.call(), lambda _: replied(200, ...))
    assert given == [None] * 2


@pytest.mark.parametrize("media", [{}, {"schema": {}}, {"example": {"a": 1}}])
def test_any_value_is_sent(media: Any, generate: Generates) -> None:
    package = generate(**operation(body={"required": True, "content": {"application/json": media}}))
    for value in VALUES:
        seen, _ = both(package, lambda c, v=value: c.x.call(body=v))
        assert [json.loads(each.body) for each in seen] == [value] * 2
        assert {each.headers["content-type"] for each in seen} == {"application/json"}


@pytest.mark.parametrize(
    ("status", "media", "said"),
    [
        ("204", {}, "None"),
        ("205", {"example": {"a": 1}}, "None"),
        ("204", None, "None"),
        ("200", None, "None"),
        ("204", {"schema": NUMBER}, "int | None"),
    ],
)
def test_where_there_can_be_no_content_there_is_no_value(
    status: str, media: Any, said: str, generate: Generates
) -> None:
    package = generate(**operation(answers={status: answer(media)}))
    assert declared(package) == said
    _, given = both(package, lambda c: c.x.call(), lambda _: replied(int(status), ...))
    assert given == [None] * 2


def test_a_value_that_came_with_another_status_is_kept(generate: Generates) -> None:
    package = generate(**operation(answers={"204": answer({"schema": NUMBER})}))
    _, given = both(package, lambda c: c.x.call(), lambda _: replied(200, 7))
    assert given == [7] * 2


def test_any_json_beside_what_is_described_is_of_either(generate: Generates) -> None:
    answers = {"200": answer({"schema": NUMBER}), "202": answer({})}
    package = generate(**operation(answers=answers))
    for status, value in ((200, 3), (202, {"later": True})):
        _, given = both(package, lambda c: c.x.call(), lambda _, s=status, v=value: replied(s, v))
        assert given == [value] * 2


def test_an_error_of_any_json_has_it(generate: Generates) -> None:
    package = generate(**operation(answers={"204": answer(None), "4XX": answer({})}))

    def call(client: Any) -> Any:
        with pytest.raises(package.ApiError) as caught:
            client.x.call()
        return caught.value.data

    async def acall(client: Any) -> Any:
        with pytest.raises(package.ApiError) as caught:
            await client.x.call()
        return caught.value.data

    _, given = both(package, call, lambda _: replied(404, {"why": ["no"]}), acall)
    assert given == [{"why": ["no"]}] * 2


@pytest.mark.parametrize(
    ("said", "annotated"),
    [
        ({}, "None"),
        ({"schema": {}}, "Any"),
        ({"schema": {"type": "integer"}}, "int"),
        ({"examples": {"application/json": 1}}, "Any"),
    ],
)
def test_swagger_2_has_no_content_without_a_schema(said: Any, annotated: str, tmp_path: Path) -> None:
    node = {"operationId": "call", "produces": ["application/json"], "responses": {"200": {"description": "d", **said}}}
    data = {"swagger": "2.0", "info": {"title": "Thing", "version": "1"}, "paths": {"/x": {"get": node}}}
    (tmp_path / "thing.json").write_text(json.dumps(data))
    found = read_api(tmp_path / "thing.json")
    source = write_client(found.api, found.config, found.document, tmp_path / "out")
    with imported(source, found.config.package.module) as package:
        assert declared(package) == annotated
        with Simulator(found, SimulatorOptions()).running() as url, package.Thing(url) as client:
            assert (client.x.call() is None) == (annotated == "None")


def test_the_simulator_takes_and_gives_any(generate: Generates, tmp_path: Path) -> None:
    package = generate(**operation(body={"content": {"application/json": {}}}, answers={"200": answer({})}))
    found = read_api(tmp_path / "thing.json")
    with Simulator(found, SimulatorOptions()).running() as url, package.Thing(url) as client:
        for value in VALUES:
            client.x.call(body=value)
