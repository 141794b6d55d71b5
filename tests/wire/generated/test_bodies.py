"""Request bodies of every kind on the wire."""

from __future__ import annotations

import importlib
import io
import re
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates, Reads, operation_of, ref
from tests.wire.generated.calling import Seen, both, operation, sync
from tests.wire.generated.swallow import swallowing
from tests.wire.runtime.server import Reply

TEXT, FILE, NUMBER = {"type": "string"}, {"type": "string", "format": "binary"}, {"type": "integer"}
NAMED = {"type": "object", "properties": {"name": TEXT, "n": NUMBER}, "required": ["name"]}


def content(required: bool = True, **types: Any) -> dict[str, Any]:
    """A request body; keyword `multipart__form_data` stands for `multipart/form-data`."""
    kinds = {name.replace("__", "/").replace("_", "-"): media for name, media in types.items()}
    return {
        "required": required,
        "content": {name: media if "schema" in media else {"schema": media} for name, media in kinds.items()},
    }


def parts(request: Seen) -> list[tuple[str | None, str | None, str, bytes]]:
    """Name, file name, content type and content of each part, read by Python's own parser."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.body)
    assert not message.defects
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


def form(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)[:1]}


def test_a_form_with_files(generate: Generates, tmp_path: Path) -> None:
    fields = form(file=FILE, note=TEXT, meta=ref("Facts"), tags={"type": "array", "items": TEXT}, count=NUMBER)
    meta = {"type": "object", "properties": {"a": NUMBER}}
    package = generate(**operation(body=content(multipart__form_data=fields), Facts=meta))
    path = tmp_path / "disk.iso"
    path.write_bytes(b"\x00\r\n--x" * 1000)
    upload = package.Upload

    def call(client: Any) -> Any:
        return client.x.call(
            file=upload(path.open("rb"), content_type="application/x-iso9660-image"),
            note="é",
            meta=package.models.Facts(a=1),
            tags=["a", "b"],
            count=3,
        )

    seen, _ = both(package, call)
    for request in seen:
        assert parts(request) == [
            ("file", "disk.iso", "application/x-iso9660-image", path.read_bytes()),
            ("note", None, "text/plain", "é".encode()),
            ("meta", None, "application/json", b'{"a":1}'),
            ("tags", None, "text/plain", b"a"),
            ("tags", None, "text/plain", b"b"),
            ("count", None, "text/plain", b"3"),
        ]
        assert request.headers["content-length"] == str(len(request.body))


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda _: b"abc", "file"),
        (lambda _: io.BytesIO(b"abc"), "file"),
        (lambda p: p.Upload(b"abc", 'a"b\r\n.txt'), "a%22b%0D%0A.txt"),
        (lambda p: p.Upload(iter([b"a", b"bc"]), "x"), "x"),
    ],
)
def test_ways_to_give_a_file(make: Any, name: str, generate: Generates) -> None:
    package = generate(**operation(body=content(multipart__form_data=form(file=FILE))))
    seen, _ = both(package, lambda client: client.x.call(file=make(package)))
    for request in seen:
        assert [(n, f, c) for n, f, _, c in parts(request)] == [("file", name, b"abc")]


def test_several_files_under_one_name_and_content_types_of_parts(generate: Generates) -> None:
    media = {
        "schema": form(files={"type": "array", "items": FILE}, note=TEXT),
        "encoding": {"files": {"contentType": "image/png, image/jpeg"}, "note": {"contentType": "text/markdown"}},
    }
    package = generate(**operation(body=content(multipart__form_data=media)))
    seen, _ = both(package, lambda client: client.x.call(files=[b"1", b"2"], note="n"))
    for request in seen:
        assert [(n, t, c) for n, _, t, c in parts(request)] == [
            ("files", "image/png", b"1"),
            ("files", "image/png", b"2"),
            ("note", "text/markdown", b"n"),
        ]


def test_a_form_is_checked(generate: Generates) -> None:
    package = generate(**operation(body=content(multipart__form_data=form(count=NUMBER, file=FILE))))
    with sync(package, lambda _: Reply(204)) as (client, server):
        with pytest.raises(package.ArgumentError, match="count: expected int, got str"):
            client.x.call(count="x", file=b"")
        with pytest.raises(package.ArgumentError, match="file: expected bytes"):
            client.x.call(count=1, file=3)
        assert server.seen == []


def test_a_form_with_required_fields_is_required_whatever_the_body_says(read: Reads) -> None:
    body = content(required=False, multipart__form_data=form(file=FILE))
    arguments = operation_of(read(**operation(body=body)).api, "x.call").arguments
    assert [(a.name, a.required) for a in arguments] == [("file", True)]


def test_a_url_encoded_form(generate: Generates) -> None:
    fields = form(name=TEXT, tags={"type": "array", "items": TEXT}, on={"type": "boolean"}, none=TEXT)
    package = generate(**operation(body=content(application__x_www_form_urlencoded=fields)))
    seen, _ = both(package, lambda client: client.x.call(name="a&b=c é+", tags=["x", "y"], on=True))
    for request in seen:
        assert request.body == b"name=a%26b%3Dc%20%C3%A9%2B&tags=x&tags=y&on=true"
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"


def pieces() -> Iterator[bytes]:
    yield from (b"ab", b"c")


async def apieces() -> AsyncIterator[bytes]:
    for piece in (b"ab", b"c"):
        yield piece


@pytest.mark.parametrize(
    ("make", "length"),
    [
        (lambda: b"abc", True),
        (lambda: bytearray(b"abc"), True),
        (lambda: io.BytesIO(b"abc"), True),
        (pieces, False),
        (lambda: [b"ab", b"c"], True),
    ],
)
def test_a_raw_body(make: Any, length: bool, generate: Generates) -> None:
    package = generate(**operation(body=content(application__octet_stream=FILE)))
    seen, _ = both(package, lambda client: client.x.call(body=make()))
    for request in seen:
        assert request.body == b"abc"
        assert request.headers["content-type"] == "application/octet-stream"
        assert ("content-length" in request.headers) is length
        assert (request.headers.get("transfer-encoding") == "chunked") is not length


def test_an_asynchronous_source(generate: Generates) -> None:
    package = generate(**operation(body=content(application__octet_stream=FILE)))
    seen, _ = both(package, lambda c: c.x.call(body=b"abc"), acall=lambda c: c.x.call(body=apieces()))
    assert [request.body for request in seen] == [b"abc", b"abc"]
    with sync(package, lambda _: Reply(204)) as (client, server):
        with pytest.raises(package.ArgumentError, match="asynchronous"):
            client.x.call(body=apieces())
        assert server.seen == []


def test_a_text_body(generate: Generates) -> None:
    package = generate(**operation(body=content(text__plain=TEXT)))
    seen, _ = both(package, lambda client: client.x.call(body="é"))
    assert {(r.body, r.headers["content-type"]) for r in seen} == {("é".encode(), "text/plain")}
    with (
        sync(package, lambda _: Reply(204)) as (client, _),
        pytest.raises(package.ArgumentError, match="body: expected"),
    ):
        client.x.call(body=3)


def test_a_file_opened_as_text_is_refused_before_anything_is_sent(generate: Generates, tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    package = generate(**operation(body=content(application__octet_stream=FILE)))
    with sync(package, lambda _: Reply(204)) as (client, server), (tmp_path / "f").open() as file:
        with pytest.raises(package.ArgumentError, match="binary mode"):
            client.x.call(body=file)
        assert server.seen == []


def test_an_upload_is_not_held_in_memory(generate: Generates, tmp_path: Path) -> None:
    path = tmp_path / "big"
    with path.open("wb") as file:
        file.truncate(64_000_000)
    package = generate(**operation(body=content(multipart__form_data=form(file=FILE))))
    with swallowing() as (origin, received), package.Thing(origin) as client, path.open("rb") as file:
        tracemalloc.start()
        client.x.call(file=file)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert received[0] > 64_000_000
    assert peak < 8_000_000


def test_same_fields_in_several_content_types(generate: Generates) -> None:
    body = content(application__x_www_form_urlencoded=ref("Named"), application__json=ref("Named"))
    package = generate(**operation(body=body, Named=NAMED))
    seen, _ = both(package, lambda client: client.x.call(name="a"))
    assert {(r.body, r.headers["content-type"]) for r in seen} == {(b'{"name":"a"}', "application/json")}
    form_type = "application/x-www-form-urlencoded"
    seen, _ = both(package, lambda client: client.x.call(name="a", content_type=form_type))
    assert {(r.body, r.headers["content-type"]) for r in seen} == {(b"name=a", form_type)}
    with sync(package, lambda _: Reply(204)) as (client, _):
        with pytest.raises(package.ArgumentError, match="content_type: expected one of application/json, "):
            client.x.call(name="a", content_type="text/plain")


def test_different_bodies_in_several_content_types(generate: Generates) -> None:
    body = content(application__json=ref("Named"), application__octet_stream=FILE)
    package = generate(**operation(body=body, Named=NAMED))
    named = package.models.Named(name="a")
    seen, _ = both(package, lambda client: client.x.call(body=named))
    assert {r.body for r in seen} == {b'{"name":"a"}'}
    seen, _ = both(package, lambda c: c.x.call(body=b"raw", content_type="application/octet-stream"))
    assert {(r.body, r.headers["content-type"]) for r in seen} == {(b"raw", "application/octet-stream")}


def test_a_field_called_content_type_gives_way(generate: Generates) -> None:
    fields = {"type": "object", "properties": {"content_type": TEXT}}
    body = content(application__json=ref("F"), application__x_www_form_urlencoded=ref("F"))
    package = generate(**operation(body=body, F=fields))
    seen, _ = both(package, lambda client: client.x.call(content_type_="x"))
    assert {r.body for r in seen} == {b'{"content_type":"x"}'}


def test_xml_beside_json_is_left_out_with_a_note(read: Reads) -> None:
    body = content(application__xml=ref("Named"), application__json=ref("Named"))
    described = read(**operation(body=body, Named=NAMED))
    assert [a.name for a in operation_of(described.api, "x.call").arguments] == ["name", "n"]
    assert [found.rule for found in described.diagnostics] == ["raw-content"]


def test_xml_alone_is_text(generate: Generates) -> None:
    package = generate(**operation(body=content(application__xml=ref("Named")), Named=NAMED))
    seen, _ = both(package, lambda client: client.x.call(body="<a/>"))
    assert {(r.body, r.headers["content-type"]) for r in seen} == {(b"<a/>", "application/xml")}


def test_an_optional_body_is_left_out(generate: Generates) -> None:
    package = generate(**operation(body=content(required=False, application__octet_stream=FILE)))
    seen, _ = both(package, lambda client: client.x.call())
    assert {(r.body, r.headers.get("content-type"), r.headers.get("content-length")) for r in seen} == {
        (b"", None, "0")
    }


def test_signatures_say_what_may_be_given(generate: Generates) -> None:
    body = content(application__octet_stream=FILE)
    package = generate(**operation(body=body))
    resource = importlib.import_module(f"{package.__name__}.resources.x")
    assert resource.X.call.__annotations__["body"] == "Content"
    assert resource.AsyncX.call.__annotations__["body"] == "AsyncContent"
    assert re.search(r"body: ", resource.X.call.__doc__)


@pytest.mark.parametrize(
    ("declared", "body", "sent"),
    [
        ("*/*", b"x", "application/octet-stream"),
        ("application/*", b"x", "application/octet-stream"),
        ("image/*", b"x", "application/octet-stream"),
        ("text/*", b"x", "text/plain; charset=utf-8"),
        ("text/*", "é", "text/plain; charset=utf-8"),
        ("*/*; q=1", b"x", "application/octet-stream"),
        ("image/*", "photo.PNG", "image/png"),
        ("*/*", "notes.csv", "text/csv"),
        ("image/*", "notes.csv", "application/octet-stream"),
        ("image/*", ("image/webp", "a.png"), "image/webp"),
        ("*/*", ("application/x-own; v=1", None), "application/x-own; v=1"),
        ("image/png", ("image/webp", None), "image/png"),
    ],
)
def test_a_range_of_content_types_is_never_sent(
    declared: str, body: Any, sent: str, generate: Generates, tmp_path: Path
) -> None:
    package = generate(**operation(body={"required": True, "content": {declared: {"schema": FILE}}}))

    def call(client: Any) -> Any:
        given = body
        if isinstance(body, tuple):
            given = package.Upload(b"x", name=body[1], content_type=body[0])
        elif isinstance(body, str) and "." in body:
            (tmp_path / body).write_bytes(b"x")
            given = (tmp_path / body).open("rb")
        return client.x.call(body=given)

    seen, _ = both(package, call)
    assert [each.headers["content-type"] for each in seen] == [sent] * 2


@pytest.mark.parametrize("said", ["text/plain", "image/*", "*/*", "image/p\r\nx: y"])
def test_an_upload_says_a_content_type_of_the_range(said: str, generate: Generates) -> None:
    package = generate(**operation(body={"required": True, "content": {"image/*": {"schema": FILE}}}))
    with sync(package, lambda _: Reply(204)) as (client, server):
        with pytest.raises(package.ArgumentError, match="not one of image"):
            client.x.call(body=package.Upload(b"x", content_type=said))
    assert server.seen == []
