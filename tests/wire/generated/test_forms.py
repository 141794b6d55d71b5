"""Forms as the Encoding Object says, files as 3.1 says them, and forms with further properties."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import both, operation, sync
from tests.wire.generated.test_bodies import FILE, NUMBER, TEXT, content, form, parts
from tests.wire.runtime.server import Reply

PNG = {"type": "string", "contentMediaType": "image/png"}
OCTETS = {"type": "string", "contentMediaType": "application/octet-stream"}
POINT = {"type": "object", "properties": {"x": NUMBER, "y": {"type": "object", "additionalProperties": TEXT}}}


def v31(description: dict[str, Any]) -> dict[str, Any]:
    return {"openapi": "3.1.0", **description}


@pytest.mark.parametrize(
    ("schema", "given", "expected"),
    [
        (OCTETS, b"1", [("application/octet-stream", b"1")]),
        (PNG, b"1", [("image/png", b"1")]),
        ({"anyOf": [PNG, {"type": "null"}]}, b"1", [("image/png", b"1")]),
        ({"type": ["string", "null"], "contentMediaType": "text/csv"}, b"a,b", [("text/csv", b"a,b")]),
        ({"type": "array", "items": PNG}, [b"1", b"2"], [("image/png", b"1"), ("image/png", b"2")]),
        (
            {"anyOf": [{"type": "array", "items": OCTETS}, {"type": "null"}]},
            [b"1"],
            [("application/octet-stream", b"1")],
        ),
        ({"$ref": "#/components/schemas/Picture"}, b"1", [("image/png", b"1")]),
        ({"$ref": "#/components/schemas/Picture", "description": "It."}, b"1", [("image/png", b"1")]),
        ({"allOf": [PNG, {"maxLength": 9}]}, b"1", [("image/png", b"1")]),
        ({"contentMediaType": "video/mp4"}, b"1", [("video/mp4", b"1")]),
    ],
)
def test_files_of_31(schema: Any, given: Any, expected: Any, generate: Generates) -> None:
    body = content(multipart__form_data=form(file=schema, note=TEXT))
    package = generate(**v31(operation(body=body, Picture=PNG)))
    seen, _ = both(package, lambda client: client.x.call(file=given, note="n"))
    for request in seen:
        files = [part for part in parts(request) if part[0] == "file"]
        assert [(kind, value) for _, _, kind, value in files] == expected
        assert all(name == "file" for _, name, _, _ in files)  # a part with a file name is a file to every server


def test_an_upload_names_its_own_type_and_headers(generate: Generates) -> None:
    package = generate(**v31(operation(body=content(multipart__form_data=form(file=PNG)))))

    def call(client: Any) -> Any:
        return client.x.call(file=package.Upload(b"1", "a.gif", "image/gif", headers={"X-Checksum": "abc"}))

    seen, _ = both(package, call)
    for request in seen:
        assert parts(request) == [("file", "a.gif", "image/gif", b"1")]
        assert b"\r\nX-Checksum: abc\r\n" in request.body
    with sync(package, lambda _: Reply(204)) as (client, server):
        for headers in ({"X": "a\r\nY: b"}, {"X\r\nY": "a"}):
            with pytest.raises(package.ArgumentError, match="printable ASCII"):
                client.x.call(file=package.Upload(b"1", headers=headers))
        assert not server.seen


def test_text_that_holds_json_is_sent_as_it_is(generate: Generates) -> None:
    written = {"type": "string", "contentMediaType": "application/json", "contentSchema": POINT}
    package = generate(**v31(operation(body=content(multipart__form_data=form(meta=written)))))
    seen, _ = both(package, lambda client: client.x.call(meta='{"x": 1}'))
    assert [parts(request) for request in seen] == [[("meta", None, "application/json", b'{"x": 1}')]] * 2


@pytest.mark.parametrize("content_type", ["image/png", "application/octet-stream", "text/csv"])
def test_a_raw_body_of_31(content_type: str, generate: Generates) -> None:
    media = {"schema": {"type": "string", "contentMediaType": content_type}}
    answers = {"200": {"description": "It.", "content": {"application/octet-stream": media}}}
    body = {"required": True, "content": {content_type: media}}
    package = generate(**v31(operation(body=body, answers=answers)))
    echo = lambda seen: Reply(200, body=seen.body, headers={"Content-Type": "application/octet-stream"})  # noqa: E731
    _, given = both(package, lambda client: client.x.call(body=b"\x00\xff"), echo)
    assert given == [b"\x00\xff"] * 2


def test_in_json_a_media_type_leaves_text_and_base64_is_bytes(generate: Generates) -> None:
    described = {
        "type": "object",
        "properties": {
            "html": {"type": "string", "contentMediaType": "text/html"},
            "raw": OCTETS,
            "blob": {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"},
            "both": {"allOf": [{"type": "string", "contentEncoding": "base64"}, {"description": "It."}]},
        },
    }
    answers = {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Page")}}}}
    package = generate(**v31(operation(body=content(application__json=ref("Page")), answers=answers, Page=described)))
    page = package.models.Page(html="<p>é", raw="\x00é", blob=b"\xff\x00", both=b"\xff")
    echo = lambda seen: Reply(200, body=seen.body, headers={"Content-Type": "application/json"})  # noqa: E731
    seen, given = both(
        package, lambda client: client.x.call(html=page.html, raw=page.raw, blob=page.blob, both=page.both), echo
    )
    assert given == [page, page]
    assert json.loads(seen[0].body) == {"html": "<p>é", "raw": "\x00é", "blob": "/wA=", "both": "/w=="}


@pytest.mark.parametrize(
    ("entry", "value", "expected"),
    [
        ({"style": "form", "explode": False}, ["a b", "c"], [("v", "a b,c")]),
        ({"style": "form", "explode": True}, ["a", "c"], [("v", "a"), ("v", "c")]),
        ({"style": "spaceDelimited"}, ["a", "c"], [("v", "a c")]),
        ({"style": "pipeDelimited"}, ["a", "c"], [("v", "a|c")]),
        ({"style": "deepObject"}, {"x": 1, "y": {"k": "é"}}, [("v[x]", "1"), ("v[y][k]", "é")]),
        ({"explode": True}, {"x": 1}, [("x", "1")]),
        ({"style": "form", "explode": False}, {"x": 1}, [("v", "x,1")]),
        ({"contentType": "application/json"}, {"x": 1}, [("v", '{"x":1}')]),
        ({}, {"x": 1}, [("v", '{"x":1}')]),
    ],
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_styles(kind: str, entry: Any, value: Any, expected: Any, generate: Generates) -> None:
    schema = {"type": "array", "items": TEXT} if isinstance(value, list) else POINT
    media = {"schema": form(v=schema, other=TEXT), "encoding": {"v": entry}}
    package = generate(**operation(body={"required": True, "content": {kind: media}}))
    given = value if isinstance(value, list) else {"v": value}
    call = given if isinstance(given, list) else value
    seen, _ = both(package, lambda client: client.x.call(v=_as_model(package, call), other="&="))
    for request in seen:
        if kind.startswith("multipart"):
            got = [(name, text.decode()) for name, _, _, text in parts(request)]
        else:
            got = parse_qsl(request.body.decode(), strict_parsing=True)
        assert got == [*expected, ("other", "&=")]


def _as_model(package: Any, value: Any) -> Any:
    if isinstance(value, list):
        return value
    name = next(name for name in package.models.__all__ if name.endswith("V"))
    return getattr(package.models, name)(**value)


def test_reserved_characters_stay_where_they_may(generate: Generates) -> None:
    media = {"schema": form(v=TEXT), "encoding": {"v": {"allowReserved": True}}}
    body = {"required": True, "content": {"application/x-www-form-urlencoded": media}}
    package = generate(**operation(body=body))
    seen, _ = both(package, lambda client: client.x.call(v="a/b&c"))
    assert [request.body for request in seen] == [b"v=a/b%26c"] * 2


def test_constant_headers_of_parts(generate: Generates) -> None:
    headers = {
        "X-Kind": {"required": True, "schema": {"type": "string", "enum": ["fast"]}},
        "X-Other": {"schema": TEXT},
        "Content-Type": {"schema": {"type": "string", "enum": ["ignored/ignored"]}},
    }
    media = {"schema": form(file=FILE, note=TEXT), "encoding": {n: {"headers": headers} for n in ("file", "note")}}
    package = generate(**operation(body=content(multipart__form_data=media)))
    seen, _ = both(package, lambda client: client.x.call(file=b"1", note="n"))
    for request in seen:
        assert request.body.count(b"\r\nX-Kind: fast\r\n") == 2
        assert b"X-Other" not in request.body
        assert b"ignored" not in request.body


@pytest.mark.parametrize("further", [True, TEXT, {"type": "integer"}, FILE])
def test_a_form_with_files_and_further_properties(further: Any, generate: Generates) -> None:
    fields = {**form(file=FILE, note=TEXT), "additionalProperties": further}
    package = generate(**operation(body=content(multipart__form_data=fields)))
    more: dict[Any, Any] = {True: b"1", "integer": 5, "binary": b"1"}
    extra = more.get(further if further is True else further.get("format", further["type"]), "x")

    def call(client: Any) -> Any:
        return client.x.call(body={"file": package.Upload(b"\x00", "a.bin"), "note": "n", "extra": extra})

    seen, _ = both(package, call)
    for request in seen:
        got = {name: (file, value) for name, file, _, value in parts(request)}
        assert got["file"] == ("a.bin", b"\x00")
        assert got["note"] == (None, b"n")
        assert got["extra"] == (
            "extra" if isinstance(extra, bytes) else None,
            str(extra).encode() if not isinstance(extra, bytes) else extra,
        )


@pytest.mark.parametrize("as_model", [True, False])
def test_an_open_form_as_a_model_and_as_a_dict(as_model: bool, generate: Generates) -> None:
    fields = {**form(file=FILE, point=POINT), "additionalProperties": True}
    package = generate(**operation(body=content(multipart__form_data=fields)))
    models = package.models
    point = next(getattr(models, name) for name in models.__all__ if name.endswith("Point"))(x=1)

    def call(client: Any) -> Any:
        file = package.Upload(iter([b"a", b"b"]), "a.bin")
        more = {"n": 1, "blob": b"z", "file": "hidden by the field"}
        if as_model:
            return client.x.call(body=models.CallRequest(file=file, point=point, additional_properties=more))
        return client.x.call(body={**more, "file": file, "point": point})

    seen, _ = both(package, call)
    for request in seen:
        got = {name: (file, kind, value) for name, file, kind, value in parts(request)}
        assert got == {
            "file": ("a.bin", "application/octet-stream", b"ab"),
            "point": (None, "application/json", b'{"x":1}'),
            "n": (None, "text/plain", b"1"),
            "blob": ("blob", "application/octet-stream", b"z"),
        }


BYTE = {"type": "string", "format": "byte"}
BASE64 = {"type": "string", "contentEncoding": "base64"}


@pytest.mark.parametrize(
    ("schema", "given", "expected"),
    [
        (BYTE, b"hi\xff", [("text/plain", b"aGn/")]),
        (BASE64, b"hi\xff", [("text/plain", b"aGn/")]),
        ({**BASE64, "contentMediaType": "image/png"}, b"1", [("image/png", b"MQ==")]),
        ({"anyOf": [BASE64, {"type": "null"}]}, b"1", [("text/plain", b"MQ==")]),
        ({"allOf": [BYTE, {"description": "It."}]}, b"1", [("text/plain", b"MQ==")]),
        ({"$ref": "#/components/schemas/Blob"}, b"1", [("text/plain", b"MQ==")]),
        ({"type": "array", "items": BYTE}, [b"1", b"\xff\xfe"], [("text/plain", b"MQ=="), ("text/plain", b"//4=")]),
        ({"type": "string", "format": "binary"}, b"\xff &", [("application/octet-stream", b"\xff &")]),
    ],
)
def test_what_is_base64_is_so_in_forms_too(schema: Any, given: Any, expected: Any, generate: Generates) -> None:
    types = {"multipart__form_data": form(part=schema), "application__x_www_form_urlencoded": form(part=schema)}
    for name, media in types.items():
        package = generate(**v31(operation(body=content(**{name: media}), Blob=BYTE)))
        seen, _ = both(package, lambda client: client.x.call(part=given))
        for request in seen:
            if "multipart" in name:
                assert [(kind, value) for _, _, kind, value in parts(request)] == expected
            else:
                pairs = parse_qsl(request.body.decode(), strict_parsing=True, encoding="latin-1")
                assert pairs == [("part", value.decode("latin-1")) for _, value in expected]


def test_a_union_of_forms_and_further_properties_say_what_is_base64(generate: Generates) -> None:
    one = {"type": "object", "properties": {"b": BASE64}, "required": ["b"]}
    other = {"type": "object", "properties": {"c": TEXT}, "required": ["c"]}
    open_form = {"allOf": [one, other], "additionalProperties": TEXT}
    for schema in ({"oneOf": [one, other]}, open_form):
        body = content(application__x_www_form_urlencoded={"schema": schema})
        package = generate(**v31(operation(body=body)))
        seen, _ = both(package, lambda client: client.x.call(body={"b": b"1", "c": "2"}))
        assert [request.body for request in seen] == [b"b=MQ%3D%3D&c=2"] * 2
