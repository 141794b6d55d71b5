"""Streams, redirects and multipart forms of the simulator, on the wire and with the generated client."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.unit.emitters.conftest import Generates, Reads, generate, read, ref

__all__ = ["generate", "read"]
A = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 7}}}


def get(content: dict[str, Any], status: str = "200", **more: Any) -> dict[str, Any]:
    return {"operationId": "call", "responses": {status: {"description": "It.", "content": content, **more}}}


@pytest.mark.parametrize(
    ("kind", "media", "wire"),
    [
        ("application/x-ndjson", {"schema": ref("A")}, b'{"a": 7}\n{"a": 7}\n'),
        ("application/json-seq", {"itemSchema": ref("A")}, b'\x1e{"a": 7}\n\x1e{"a": 7}\n'),
        ("text/event-stream", {"schema": ref("A")}, b'data: {"a": 7}\n\ndata: {"a": 7}\n\n'),
        ("text/event-stream", {"schema": {"type": "string", "const": "x\ny"}}, b"data: x\ndata: y\n\n" * 2),
    ],
)
def test_a_stream_has_two_values_and_ends(
    kind: str, media: dict[str, Any], wire: bytes, read: Reads, generate: Generates
) -> None:
    description = {
        "openapi": "3.1.0",
        "paths": {"/x": {"get": get({kind: media})}},
        "components": {"schemas": {"A": A}},
    }
    package = generate(**description)
    with Simulator(read(**description), SimulatorOptions()).running() as url:
        answer = httpx2.get(f"{url}/x")
        assert (answer.headers["content-type"], answer.content) == (kind, wire)
        with package.Thing(url) as client:
            values = list(client.x.call())
    assert values == (["x\ny"] * 2 if b"x" in wire else [package.models.A(a=7)] * 2)


@pytest.mark.parametrize("headers", [{}, {"Location": {"schema": {"type": "string", "const": "/there"}}}])
def test_a_redirect_says_where_to(headers: dict[str, Any], read: Reads) -> None:
    described = read(openapi="3.1.0", paths={"/x": {"get": get({}, "303", headers=headers)}})
    with Simulator(described, SimulatorOptions()).running() as url:
        answer = httpx2.get(f"{url}/x", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/there" if headers else "/")


def test_a_multipart_form_is_read_and_held_to_its_schema(read: Reads, generate: Generates) -> None:
    png = {"type": "string", "contentMediaType": "image/png"}
    properties = {
        "file": png,
        "n": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "a": ref("A"),
    }
    schema = {"type": "object", "required": ["file", "n"], "properties": properties}
    post = {**get({}, "204"), "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}
    description = {"openapi": "3.1.0", "paths": {"/x": {"post": post}}, "components": {"schemas": {"A": A}}}
    package = generate(**description)
    with Simulator(read(**description), SimulatorOptions()).running() as url:
        with package.Thing(url) as client:
            for tags in (["one"], ["one", "two"], None):
                client.x.call(file=b"\x00\xff", n=5, tags=tags, a=package.models.A(a=8))
        for fields, status in (({"n": "5"}, 204), ({"n": "x"}, 400), ({}, 400), ({"n": "5", "a": '{"a": 1}'}, 400)):
            answer = httpx2.post(f"{url}/x", files={"file": b"1"}, data=fields)
            assert answer.status_code == status, (fields, answer.text)
        kind = {"Content-Type": "multipart/form-data; boundary=b"}
        assert httpx2.post(f"{url}/x", content=b"--c", headers=kind).status_code == 400
