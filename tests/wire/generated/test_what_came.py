"""What the answer says of itself: documented redirects, content types that differ, marks and empty bodies."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.ir.media import is_undecoded

from tests.unit.emitters.conftest import Generates, Reads, ref
from tests.wire.generated.calling import both, operation, sync
from tests.wire.generated.test_answers import FILE, NUMBER, TEXT, A, answer, get, typed
from tests.wire.runtime.server import Reply

LOCATION = {"Location": {"required": True, "schema": TEXT}}


@pytest.mark.parametrize(
    ("documented", "status"), [("302", 302), ("303", 303), ("307", 307), ("3XX", 308), ("304", 304), ("301", 301)]
)
def test_a_documented_redirect_is_an_answer(documented: str, status: int, generate: Generates) -> None:
    package = generate(**get({documented: {"description": "There.", "headers": LOCATION}}))

    def handler(_: Any) -> Reply:
        return Reply(status, headers={"Location": "https://files.example/x?signature=s3cret"})

    seen, given = both(package, lambda c: c.with_raw_response(c.x.call)(), handler)
    assert len(seen) == 2  # nothing was followed
    for raw in given:
        assert (raw.status, raw.parsed) == (status, None)
        assert raw.headers["location"] == "https://files.example/x?signature=s3cret"
    assert both(package, lambda c: c.x.call(), handler)[1] == [None, None]
    with sync(package, handler) as (client, _), client.with_streaming_response(client.x.call)() as streamed:
        assert (streamed.status, streamed.read()) == (status, b"")


def test_a_redirect_beside_a_value_and_with_one(generate: Generates) -> None:
    answers = {"200": answer(ref("A")), "300": answer({"type": "array", "items": TEXT}), "304": answer()}
    package = generate(**get(answers, A=A))
    for status, body, expected in ((200, b'{"a":1}', package.models.A(a=1)), (300, b'["x"]', ["x"]), (304, b"", None)):
        _, given = both(package, lambda c: c.x.call(), lambda _, s=status, b=body: typed(s, b))
        assert given == [expected, expected]
    returns = type(package.Thing("http://127.0.0.1:1").x).call.__annotations__["return"]
    assert set(returns.split(" | ")) == {"A", "list[str]", "None"}


@pytest.mark.parametrize("answers", [{"200": answer(ref("A"))}, {"302": answer()}, {"default": answer(ref("A"))}])
def test_an_undocumented_redirect_is_an_error_with_its_location(answers: Any, generate: Generates) -> None:
    package = generate(**get(answers, A=A))
    for location, shown in (
        ("https://u:p@other.example:8443/a/b?token=s3cret#s3cret", "which leads to https://other.example:8443/a/b;"),
        ("/login?next=s3cret", "which leads to /login;"),
        ("", "status 301;"),
    ):
        reply = Reply(301, headers={"Location": location} if location else {})
        with sync(package, lambda _, r=reply: r) as (client, server):
            for call in (client.x.call, client.with_raw_response(client.x.call)):
                with pytest.raises(package.UnexpectedAnswer) as caught:
                    call()
                assert shown in str(caught.value)
                assert "s3cret" not in str(caught.value)
            assert len(server.seen) == 2


@pytest.mark.parametrize(
    ("schema", "kind", "body", "expected"),
    [
        (FILE, "application/octet-stream", b"\x00\xff", b"\x00\xff"),
        (FILE, "application/pdf", b'"aGk="', b'"aGk="'),
        (FILE, "text/csv", b"a,b", b"a,b"),
        (FILE, "application/json", b'"aGk="', b"hi"),
        (FILE, "application/json", b'{"a": 1}', b'{"a": 1}'),
        ({"type": "string", "format": "byte"}, "image/png", b"\xff", b"\xff"),
        ({**FILE, "nullable": True}, "image/png", b"\xff", b"\xff"),
        ({**FILE, "nullable": True}, "application/json", b"null", None),
        ({}, "application/octet-stream", b"123", b"123"),
        ({}, "text/plain", b"it is", "it is"),
        ({}, "application/problem+json", b"[1]", [1]),
        (TEXT, "text/plain; charset=latin-1", "é".encode("latin-1"), "é"),
        (TEXT, "application/json", b'"x"', "x"),
        (TEXT, "text/plain", b'"it is"\n', "it is"),
        (TEXT, "text/plain", b'"it is', '"it is'),
        (TEXT, "text/plain", b"7", "7"),
        (ref("A"), "text/plain", b'{"a":1}', {"a": 1}),
        (ref("A"), "application/json", b'\xef\xbb\xbf{"a":1}', {"a": 1}),
        (FILE, "application/json", b'\xef\xbb\xbf"aGk="', b"hi"),
        (TEXT, "application/json; charset=ISO-8859-1", '"é"'.encode("latin-1"), "é"),
        (TEXT, 'application/hal+json;charset="windows-1252"', '"€"'.encode("cp1252"), "€"),
        (TEXT, "application/json; charset=Shift_JIS", '"日"'.encode("shift_jis"), "日"),
        (TEXT, "application/json; charset=latin-1", '"é"'.encode(), "é"),
    ],
)
def test_the_content_type_that_came_decides(
    schema: Any, kind: str, body: bytes, expected: Any, generate: Generates
) -> None:
    package = generate(**get({"200": answer(schema)}, A=A))
    if isinstance(expected, dict):
        expected = package.models.A(**expected)
    _, given = both(package, lambda c: c.x.call(), lambda _: typed(200, body, kind))
    assert given == [expected, expected]


def test_a_file_of_31_described_as_json(generate: Generates) -> None:
    schema = {"type": "string", "contentMediaType": "application/octet-stream"}
    package = generate(openapi="3.1.0", **get({"200": answer(schema)}))
    _, given = both(package, lambda c: c.x.call(), lambda _: typed(200, b"\x00\xff", "application/octet-stream"))
    assert given == [b"\x00\xff"] * 2


def test_a_mark_before_the_json_of_an_error(generate: Generates) -> None:
    package = generate(**get({"200": answer(NUMBER), "404": answer(ref("A"))}, A=A))
    with (
        sync(package, lambda _: typed(404, b'\xef\xbb\xbf{"a":1}')) as (client, _),
        pytest.raises(package.ApiError) as caught,
    ):
        client.x.call()
    assert caught.value.data == package.models.A(a=1)


@pytest.mark.parametrize("status", [204, 205])
def test_a_range_answered_without_content(status: int, generate: Generates) -> None:
    package = generate(**get({"2XX": answer(ref("A"))}, A=A))
    assert both(package, lambda c: c.x.call(), lambda _: Reply(status))[1] == [None, None]
    value = package.models.A(a=1)
    assert both(package, lambda c: c.x.call(), lambda _: typed(200, b'{"a":1}'))[1] == [value, value]
    returns = type(package.Thing("http://127.0.0.1:1").x).call.__annotations__["return"]
    assert returns == "A | None"
    # Where the description names the one status, the other without content is a departure.
    package = generate(**get({"200": answer(ref("A"))}, A=A))
    with sync(package, lambda _: Reply(status)) as (client, _), pytest.raises(package.UnexpectedAnswer):
        client.x.call()


def test_head_has_no_content(generate: Generates) -> None:
    package = generate(**operation("/x", "head", answers={"200": answer(ref("A"))}, A=A))
    assert both(package, lambda c: c.x.call(), lambda _: Reply(200))[1] == [None, None]


@pytest.mark.parametrize("body", [b"{", b'{"a":"x"}', b""])
def test_a_raw_answer_is_there_though_it_does_not_fit(body: bytes, generate: Generates) -> None:
    package = generate(**get({"200": answer(ref("A"))}, A=A))
    _, given = both(package, lambda c: c.with_raw_response(c.x.call)(), lambda _: typed(200, body))
    for raw in given:
        assert (raw.status, raw.content, raw.headers["content-type"]) == (200, body, "application/json")
        for _ in range(2):
            with pytest.raises(package.UnexpectedAnswer, match="does not fit"):
                _ = raw.parsed
    # An error stays one: there is no value to be had.
    with sync(package, lambda _: typed(500, body)) as (client, _), pytest.raises(package.ServerError):
        client.with_raw_response(client.x.call)()


KINDS = {
    "application/json": b'{"a":1}',
    "application/hal+json": b'{"a":1}',
    "text/json": b'{"a":1}',
    "*/*": b'{"a":1}',
    "application/*": b'{"a":1}',
    "text/plain": b'{"a":1}',
    "text/*": b'{"a":1}',
    "application/octet-stream": b'{"a":1}',
    "image/png": b'{"a":1}',
    "application/xml": b"<a/>",
    "application/x-yaml": b"a: 1",
    "application/x-ndjson": b'{"a":1}\n',
    "application/json-seq": b'\x1e{"a":1}\n',
    "text/event-stream": b'data: {"a":1}\n\n',
}


@pytest.mark.parametrize("kind", KINDS)
def test_lint_says_undecoded_of_what_is(kind: str, generate: Generates, read: Reads) -> None:
    description = get({"200": answer(ref("A"), kind)}, A=A)
    said = [d.message for d in read(**description).diagnostics if d.rule == "raw-content"]
    package = generate(**description)
    came = kind.replace("*/*", "application/json").replace("/*", "/json" if kind.startswith("app") else "/plain")

    def call(client: Any) -> Any:
        given = client.x.call()
        return next(iter(given)) if hasattr(given, "__next__") else given

    with sync(package, lambda _: typed(200, KINDS[kind], came)) as (client, _):
        decoded = call(client) == package.models.A(a=1)
    assert decoded == (said == [])
    assert all("passed through undecoded" in message for message in said)
    media = read(**description).api.operations[0].responses[0].content[0]
    assert is_undecoded(media) or decoded
