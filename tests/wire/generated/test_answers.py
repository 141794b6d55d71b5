"""Answers of every kind: by status, range and default, by content type, held in memory or read piece by piece."""

from __future__ import annotations

import asyncio
import inspect
import logging
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates, Reads, ref
from tests.wire.generated.calling import both, operation, serving, sync
from tests.wire.generated.swallow import swallowing
from tests.wire.runtime.server import Reply

TEXT, FILE, NUMBER = {"type": "string"}, {"type": "string", "format": "binary"}, {"type": "integer"}
A = {"type": "object", "required": ["a"], "properties": {"a": NUMBER}}
B = {"type": "object", "required": ["b"], "properties": {"b": NUMBER}}


def answer(schema: Any = None, content_type: str = "application/json", **more: Any) -> dict[str, Any]:
    content = {content_type: {"schema": schema}} if schema is not None else {}
    return {"description": "It.", "content": content, **more}


def get(answers: dict[str, Any], path: str = "/x", **more: Any) -> dict[str, Any]:
    return operation(path, "get", answers=answers, **more)


def typed(status: int, body: bytes, content_type: str = "application/json") -> Reply:
    return Reply(status, body=body, headers={"Content-Type": content_type})


def test_each_status_has_its_type(generate: Generates) -> None:
    answers = {
        "200": answer(ref("A")),
        "202": answer(ref("B")),
        "204": answer(),
        "2XX": answer(TEXT),
        "4XX": answer(ref("B")),
        "default": answer(ref("A")),
    }
    package = generate(**get(answers, A=A, B=B))
    models = package.models
    for status, body, expected in (
        (200, b'{"a":1}', models.A(a=1)),
        (202, b'{"b":1}', models.B(b=1)),
        (204, b"", None),
        (206, b'"x"', "x"),
    ):
        _, given = both(package, lambda c: c.x.call(), lambda _, s=status, b=body: typed(s, b))
        assert given == [expected, expected]
    for status, body, expected in ((404, b'{"b":1}', models.B(b=1)), (500, b'{"a":1}', models.A(a=1))):
        with sync(package, lambda _, s=status, b=body: typed(s, b)) as (client, _):
            with pytest.raises(package.ApiError) as caught:
                client.x.call()
            assert caught.value.data == expected
            assert caught.value.status == status


def test_only_a_default_answer(generate: Generates) -> None:
    package = generate(**get({"default": answer(ref("A"))}, A=A))
    _, given = both(package, lambda c: c.x.call(), lambda _: typed(200, b'{"a":1}'))
    assert given == [package.models.A(a=1)] * 2


@pytest.mark.parametrize(
    ("answers", "declared"),
    [
        ({"default": answer(ref("A")), "418": answer(ref("B"))}, "A"),
        ({"default": answer(ref("A")), "4XX": answer(ref("B")), "500": answer()}, "A"),
        ({"default": answer(), "404": answer(ref("B"))}, "None"),
        ({"default": answer(ref("A")), "200": answer(ref("B"))}, "B"),
        ({"404": answer(ref("B"))}, "Any"),
    ],
)
def test_a_method_declares_what_it_gives_beside_documented_errors(
    generate: Generates, answers: Any, declared: str
) -> None:
    package = generate(**get(answers, A=A, B=B))
    body = {"A": b'{"a":1}', "B": b'{"b":1}'}.get(declared, b"")
    said = []

    def call(client: Any) -> Any:
        said.append(inspect.signature(client.x.call).return_annotation)
        return client.x.call()

    _, given = both(package, call, lambda _: typed(200, body))
    assert set(said) == {declared}
    assert {type(each).__name__ for each in given} == {declared if body else "NoneType"}


def test_headers_of_an_answer_are_reached(generate: Generates) -> None:
    package = generate(**get({"200": answer(ref("A"), headers={"X-Next": {"schema": TEXT}})}, A=A))

    def handler(_: Any) -> Reply:
        return Reply(200, json={"a": 1}, headers={"X-Next": "p2"})

    _, given = both(package, lambda c: c.with_raw_response(c.x.call)(), handler)
    for raw in given:
        assert (raw.status, raw.headers["x-next"], raw.parsed) == (200, "p2", package.models.A(a=1))


@pytest.mark.parametrize(
    "content_type", ["application/octet-stream", "application/pdf", "application/zip", "image/png"]
)
@pytest.mark.parametrize("schema", [FILE, {"type": "string", "format": "byte"}, {"type": "string"}])
def test_binary_content_is_bytes(content_type: str, schema: Any, generate: Generates) -> None:
    package = generate(**get({"200": answer(schema, content_type)}))
    seen, given = both(package, lambda c: c.x.call(), lambda _: typed(200, b"\x00\xff", content_type))
    assert given == [b"\x00\xff"] * 2
    assert {request.headers["accept"] for request in seen} == {content_type}


def test_text_is_str_and_xml_alone_too(generate: Generates, read: Reads) -> None:
    for content_type, schema in (("text/csv", {"type": "string", "format": "byte"}), ("application/xml", ref("A"))):
        package = generate(**get({"200": answer(schema, content_type)}, A=A))
        _, given = both(package, lambda c: c.x.call(), lambda _, t=content_type: typed(200, "é".encode(), t))
        assert given == ["é", "é"]
    assert [f.rule for f in read(**get({"200": answer(ref("A"), "application/xml")}, A=A)).diagnostics] == [
        "raw-content"
    ]


def test_json_is_asked_for_where_there_is_xml_too(generate: Generates) -> None:
    content = {"application/xml": {"schema": ref("A")}, "application/json": {"schema": ref("A")}}
    package = generate(**get({"200": {"description": "It.", "content": content}}, A=A))
    seen, given = both(package, lambda c: c.x.call(), lambda _: typed(200, b'{"a":1}'))
    assert given == [package.models.A(a=1)] * 2
    assert {request.headers["accept"] for request in seen} == {"application/json"}


def test_json_is_preferred_to_text(generate: Generates) -> None:
    content = {"text/csv": {"schema": TEXT}, "application/json": {"schema": ref("A")}}
    package = generate(**get({"200": {"description": "It.", "content": content}}, A=A))
    seen, given = both(package, lambda c: c.x.call(), lambda _: typed(200, b"a,b", "text/csv; charset=utf-8"))
    assert given == ["a,b", "a,b"]
    assert {request.headers["accept"] for request in seen} == {"application/json, text/csv;q=0.5"}


DOWNLOAD = get(
    {"200": answer(FILE, "application/octet-stream"), "404": answer(ref("A"))},
    "/files/{id}",
    parameters=[{"name": "id", "in": "path", "required": True, "schema": NUMBER}],
    A=A,
)


def test_a_download_is_not_held_in_memory(generate: Generates, tmp_path: Path) -> None:
    package = generate(**DOWNLOAD)
    size = 200_000_000
    with swallowing() as (origin, _), package.Thing(origin) as client:
        streamed = client.with_streaming_response(client.files.call)
        tracemalloc.start()
        with streamed(id=size) as answer:
            assert (answer.status, answer.headers["content-length"]) == (200, str(size))
            assert answer.save(tmp_path / "big") == size
        with streamed(id=size) as answer:
            assert sum(map(len, answer.iter_bytes())) == size
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (tmp_path / "big").stat().st_size == size
    assert [path.name for path in tmp_path.iterdir() if path.name not in {"out", "thing.json"}] == ["big"]
    assert peak < 8_000_000


def test_a_download_in_asyncio(generate: Generates, tmp_path: Path) -> None:
    package = generate(**DOWNLOAD)

    async def run(origin: str) -> None:
        async with package.AsyncThing(origin) as client:
            streamed = client.with_streaming_response(client.files.call)
            async with streamed(id=1_000_000) as answer:
                assert await answer.save(tmp_path / "big") == 1_000_000
            async with streamed(id=10) as answer:
                assert await answer.read() == bytes(10)
            async with streamed(id=1000) as answer:
                assert [len(piece) async for piece in answer.iter_bytes(400)] == [400, 400, 200]

    with swallowing() as (origin, _):
        asyncio.run(run(origin))
    assert (tmp_path / "big").stat().st_size == 1_000_000


def test_errors_of_a_download_are_typed_and_raised_at_once(generate: Generates) -> None:
    package = generate(**DOWNLOAD)
    with sync(package, lambda _: typed(404, b'{"a":1}')) as (client, _):
        with pytest.raises(package.NotFoundError) as caught:
            client.with_streaming_response(client.files.call)(id=1).__enter__()
        assert caught.value.data == package.models.A(a=1)

    async def run(origin: str) -> None:
        async with package.AsyncThing(origin) as client:
            with pytest.raises(package.NotFoundError):
                await client.with_streaming_response(client.files.call)(id=1).__aenter__()

    with serving(lambda _: typed(404, b'{"a":1}')) as server:
        asyncio.run(run(server.origin))


def test_a_download_that_breaks_off_leaves_no_file(generate: Generates, tmp_path: Path) -> None:
    package = generate(**DOWNLOAD)
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "big").write_bytes(b"before")
    short = Reply(200, body=b"abc", headers={"Content-Length": "10", "Connection": "close"})

    def handler(_: Any) -> Reply:
        short.cut = ""
        return short

    with serving(handler) as server, package.Thing(server.origin, timeout=0.5) as client:
        with client.with_streaming_response(client.files.call)(id=1) as answer:
            with pytest.raises(package.ConnectionFailed) as caught:
                answer.save(folder / "big")
    cause = caught.value.__cause__
    assert type(cause) is TimeoutError
    assert (cause.__traceback__, cause.__context__, caught.value.__context__) == (None, None, None)
    assert [path.read_bytes() for path in folder.iterdir()] == [b"before"]


def test_leaving_early_closes_and_the_client_goes_on(generate: Generates) -> None:
    package = generate(**DOWNLOAD)
    with swallowing() as (origin, _), package.Thing(origin) as client:
        for _ in range(3):
            with client.with_streaming_response(client.files.call)(id=100_000_000) as answer:
                assert next(answer.iter_bytes(10)) == bytes(10)
        assert client.files.call(id=5) == bytes(5)


def test_what_is_downloaded_is_not_logged(generate: Generates, caplog: pytest.LogCaptureFixture) -> None:
    package = generate(**DOWNLOAD)
    caplog.set_level(logging.DEBUG)
    with sync(package, lambda _: typed(200, b"confidential", "application/octet-stream")) as (client, _):
        with client.with_streaming_response(client.files.call)(id=1) as answer:
            assert answer.read() == b"confidential"
        assert client.files.call(id=1) == b"confidential"
    assert caplog.records
    assert "confidential" not in caplog.text


def test_streaming_something_that_makes_no_call(generate: Generates) -> None:
    package = generate(**DOWNLOAD)
    with sync(package, lambda _: typed(200, b"")) as (client, _), pytest.raises(package.UnexpectedAnswer):
        client.with_streaming_response(lambda: None)().__enter__()
