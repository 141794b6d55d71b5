"""Server-sent events and JSON lines as iterators, against a real server that sends them piece by piece."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import client_of
from tests.wire.generated.test_answers import NUMBER, TEXT, A, answer, get

Scripted = tuple[int, str, list[bytes | float | None]]
EVENTS = "text/event-stream"
LINES = "application/x-ndjson"


class Script:
    """Answers the n-th request with `answers[n]`: status, content type and pieces; a float among them is a pause.

    `None` at the end breaks the connection off inside the body.  `asked` has the headers of each request.
    """

    def __init__(self, *answers: Scripted) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, str]] = []
        self.gone = threading.Event()


@contextlib.contextmanager
def scripted(script: Script) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None: ...

        def go(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            script.asked.append({name.lower(): value for name, value in self.headers.items()})
            status, kind, pieces = script.answers[min(len(script.asked), len(script.answers)) - 1]
            self.send_response(status)
            if kind:
                self.send_header("Content-Type", kind)
            if status != 204:
                self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                for piece in pieces:
                    if isinstance(piece, float):
                        time.sleep(piece)
                    elif piece is None:
                        self.connection.close()
                        self.close_connection = True
                        return
                    elif piece:
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                        self.wfile.flush()
                if status != 204:
                    self.wfile.write(b"0\r\n\r\n")
            except OSError:
                script.gone.set()
                self.close_connection = True

        do_GET = do_POST = go  # noqa: N815

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def sync_list(package: Any, origin: str, read: Callable[[Any], Any] = list, **options: Any) -> Any:
    with client_of(package)(origin, retries=0, **options) as client:
        return read(client.x.call())


def async_list(package: Any, origin: str, **options: Any) -> list[Any]:
    async def run() -> list[Any]:
        async with client_of(package, asynchronous=True)(origin, retries=0, **options) as client:
            return [item async for item in await client.x.call()]

    return asyncio.run(run())


def both(package: Any, *answers: Scripted, **options: Any) -> tuple[Any, list[Script]]:
    """What both clients read, which is the same, and the scripts with what was asked."""
    first, second = Script(*answers), Script(*answers)
    with scripted(first) as origin:
        given = sync_list(package, origin, **options)
    with scripted(second) as origin:
        assert async_list(package, origin, **options) == given
    assert first.asked[1:] == [] or len(first.asked) == len(second.asked)
    return given, [first, second]


def bytewise(text: bytes) -> list[bytes | float | None]:
    return [bytes([byte]) for byte in text]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b'data: {"a":1}\n\ndata:{"a":2}\n\n', [1, 2]),
        (b'data: {"a":1}\r\rdata: {"a":2}\r\r', [1, 2]),
        (b'data: {"a":1}\r\n\r\ndata: {"a":2}\r\n\r\n', [1, 2]),
        (b'\xef\xbb\xbfdata: {"a":1}\n\n', [1]),
        (b'data: {"a":\ndata: 1}\n\n', [1]),
        (b'data: {"a":\r\ndata: 1}\r\n\r\n', [1]),
        (b': comment\nevent: e\nfoo: bar\ndata: {"a":1}\n\n: \n\n', [1]),
        (b'data: {"a":1}\n\ndata: {"a":2}\n', [1]),  # an event without its blank line is none
        (b'event: ping\n\ndata: {"a":1}\n\ndata\n\n', [1]),  # without data there is nothing to give
        (b'data: {"a":1}\n\ndata: [DONE]\n\ndata: {"a":2}\n\n', [1]),
        (b"", []),
    ],
)
def test_events_as_the_standard_reads_them(sent: bytes, expected: list[int], generate: Generates) -> None:
    package = generate(**get({"200": answer(ref("A"), EVENTS)}, A=A))
    values = [package.models.A(a=number) for number in expected]
    for pieces in ([sent], bytewise(sent)):
        given, scripts = both(package, (200, f"{EVENTS}; charset=utf-8", pieces))
        assert given == values
        assert scripts[0].asked[0]["accept"] == EVENTS


def test_events_with_type_and_identifier(generate: Generates) -> None:
    package = generate(**get({"200": answer(TEXT, EVENTS)}))
    sent = b"id: 7\nevent: up\ndata:  two\ndata: lines\n\ndata: {}\n\nid: a\0b\ndata\n\nid\ndata: \xff\n\n"
    script = Script((200, EVENTS, [sent]), (204, "", []))
    with scripted(script) as origin, client_of(package)(origin) as client:
        stream = client.x.call()
        stream.reconnects = False
        events = list(stream.events())
    assert [(e.data, e.type, e.id) for e in events] == [
        (" two\nlines", "up", "7"),
        ("{}", "message", "7"),
        ("", "message", "7"),
        ("\ufffd", "message", ""),
    ]


@pytest.mark.parametrize(
    ("item", "sent", "expected"),
    [
        ({"type": "object", "properties": {"data": TEXT, "event": TEXT}}, b"data: 1\n\n", ["1"]),
        (
            {
                "type": "object",
                "properties": {
                    "data": {"type": "string", "contentMediaType": "application/json", "contentSchema": NUMBER},
                    "id": TEXT,
                },
            },
            b"data: 1\n\n",
            [1],
        ),
        (
            {"type": "object", "properties": {"data": {"contentMediaType": "application/json", "contentSchema": TEXT}}},
            b'data: "x"\n\n',
            ["x"],
        ),
        ({}, b"data: x\n\n", ["x"]),
        ({"type": "array", "items": NUMBER}, b"data: [1]\n\n", [[1]]),
    ],
)
def test_the_item_schema_of_32(item: Any, sent: bytes, expected: list[Any], generate: Generates) -> None:
    answers = {"200": {"description": "It.", "content": {EVENTS: {"itemSchema": item}}}}
    for version in ("3.1.0", "3.2.0"):
        package = generate(openapi=version, **get(answers))
        assert both(package, (200, EVENTS, [sent]))[0] == expected


def event(data: Any, **more: Any) -> dict[str, Any]:
    """The schema of an event, as huma writes it."""
    fields = {"data": data, "id": NUMBER, "retry": NUMBER, **more}
    return {"type": "object", "required": ["data"], "properties": fields}


SEVERAL: dict[str, tuple[dict[str, Any], bytes, Any]] = {
    "two": (
        {"oneOf": [event(ref("A")), event(ref("B"), event={"const": "other"})]},
        b'data: {"a":1}\n\nevent: other\ndata: {"b":"x"}\n\n',
        lambda m: [m.A(a=1), m.B(b="x")],
    ),
    "one": ({"oneOf": [event(ref("A"), event={"const": "a"})]}, b'event: a\ndata: {"a":1}\n\n', lambda m: [m.A(a=1)]),
    "the same twice": (
        {"anyOf": [event(ref("A"), event={"const": "a"}), event(ref("A"), event={"const": "b"})]},
        b'event: b\ndata: {"a":2}\n\n',
        lambda m: [m.A(a=2)],
    ),
    "texts": ({"oneOf": [event(TEXT), event({})]}, b"data: {\n\n", lambda _: ["{"]),
    "a number or an object": (
        {"oneOf": [event(NUMBER), event(ref("A"))]},
        b'data: 5\n\ndata: {"a":1}\n\n',
        lambda m: [5, m.A(a=1)],
    ),
    "no events": ({"oneOf": [ref("A"), ref("B")]}, b'data: {"b":"x"}\n\n', lambda m: [m.B(b="x")]),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_the_data_of_one_of_several_events(name: str, generate: Generates, tmp_path: Path) -> None:
    item, sent, expected = SEVERAL[name]
    schemas = {"A": A, "B": {"type": "object", "required": ["b"], "properties": {"b": TEXT}}}
    for media in ({"schema": {"type": "array", "items": item}}, {"itemSchema": item}):
        answers = {"200": {"description": "It.", "content": {EVENTS: media}}}
        package = generate(openapi="3.1.0", **get(answers, **schemas))
        assert both(package, (200, EVENTS, [sent]))[0] == expected(package.models)
    with (
        Simulator(read_api(tmp_path / "thing.json"), SimulatorOptions()).running() as url,
        package.Thing(url) as client,
    ):
        assert len(list(client.x.call())) > 1


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (LINES, b'{"a":1}\n{"a":2}\n'),
        (LINES, b'\xef\xbb\xbf{"a":1}\r\n\r\n\n{"a":2}'),
        ("application/jsonl", b' {"a":1} \n{"a":2}\n'),
        ("application/json-seq", b'\x1e{"a":1}\n\x1e{"a":2}\n'),
        ("application/json-seq", b'\x1e{\n"a":1\n}\n\x1e\x1e{"a":2}'),
        ("application/geo+json-seq", b'\x1e{"a":1}\n\x1e{"a":2}\n'),
    ],
)
def test_json_texts_one_after_the_other(kind: str, sent: bytes, generate: Generates) -> None:
    for schema in (ref("A"), {"type": "array", "items": ref("A")}):
        package = generate(**get({"200": answer(schema, kind)}, A=A))
        for pieces in ([sent], bytewise(sent)):
            assert both(package, (200, kind, pieces))[0] == [package.models.A(a=1), package.models.A(a=2)]


def test_values_come_as_they_are_sent_and_leaving_closes(generate: Generates) -> None:
    for kind, piece in (
        (EVENTS, b'data: {"a":1}\n\n'),
        (LINES, b'{"a":1}\n'),
        ("application/json-seq", b'\x1e{"a":1}\n'),
    ):
        package = generate(**get({"200": answer(ref("A"), kind)}, A=A))
        script = Script((200, kind, [piece, *([0.05, piece] * 400)]))
        with scripted(script) as origin, client_of(package)(origin) as client:
            started = time.monotonic()
            with client.x.call() as stream:
                assert next(stream) == package.models.A(a=1)
                assert time.monotonic() - started < 2
            assert list(stream) == []
            assert script.gone.wait(5)

        async def leave(package: Any = package, script: Script = script, origin: str = "") -> None:
            async with client_of(package, asynchronous=True)(origin) as client:
                async with await client.x.call() as stream:
                    assert await anext(stream) == package.models.A(a=1)
                assert [item async for item in stream] == []

        script.gone.clear()
        with scripted(script) as origin:
            asyncio.run(leave(origin=origin))
            assert script.gone.wait(5)


def test_a_stream_goes_on_where_it_broke_off(generate: Generates) -> None:
    package = generate(**get({"200": answer(NUMBER, EVENTS)}))
    given, scripts = both(
        package,
        (200, EVENTS, [b"retry: 1\nid: \xc3\xa9\ndata: 1\n\ndata: 2\n\nid: lost\ndata: 3\n"]),
        (200, EVENTS, [b"id: b\ndata: 3\n\n", None]),
        (200, EVENTS, [b"data: 4\n\n"]),
        (200, EVENTS, [b"id\ndata: 5\n\n"]),
        (204, "", []),
    )
    assert given == [1, 2, 3, 4, 5]
    for script in scripts:
        asked = [headers.get("last-event-id") for headers in script.asked]
        assert asked == [None, "Ã©", "b", "b", None]  # http.server reads headers as Latin-1


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_takes_no_part_is_not_asked_again(method: str, generate: Generates) -> None:
    description = get({"200": answer(NUMBER, EVENTS)})
    if method == "post":
        description["paths"]["/x"] = {"post": description["paths"]["/x"]["get"]}
    package = generate(**description)
    ids = b"id: 1\nretry: 1\n" if method == "post" else b""
    given, scripts = both(package, (200, EVENTS, [ids + b"data: 1\n\n"]))
    assert given == [1]
    assert [len(script.asked) for script in scripts] == [1, 1]
    error = package.OutcomeUnknown if method == "post" else package.ConnectionFailed
    for read in (sync_list, async_list):
        with scripted(Script((200, EVENTS, [ids + b"data: 1\n\n", None]))) as origin, pytest.raises(error):
            read(package, origin)


def test_reconnection_can_be_asked_for_and_turned_off(generate: Generates) -> None:
    package = generate(**get({"200": answer(NUMBER, EVENTS)}))

    def read(stream: Any) -> list[Any]:
        stream.reconnects = False
        return list(stream)

    with scripted(Script((200, EVENTS, [b"retry: 1\nid: 1\ndata: 1\n\n"]))) as origin:
        assert sync_list(package, origin, read) == [1]


def test_a_pause_ends_where_all_of_a_stream_has_taken_too_long(generate: Generates) -> None:
    package = generate(**get({"200": answer(NUMBER, EVENTS)}))
    for read in (sync_list, async_list):
        for asked in (b"retry: 99999999999999999\n", b"retry: 5000\n", b""):
            started = time.monotonic()
            first = (200, EVENTS, [asked + b"id: 1\ndata: 1\n\n"])
            with scripted(Script(first)) as origin, pytest.raises(package.ConnectionFailed):
                read(package, origin, max_stream_seconds=0.5)
            assert 0.3 < time.monotonic() - started < 2


@pytest.mark.parametrize(
    "empty", [b"retry: 0\nid: 1\n\n", b"retry: 0\n\n", b"retry: 0\n: comment\n\n", b"retry: 0\ndata: lost"]
)
def test_connections_that_bring_nothing_are_made_again_ever_later(empty: bytes, generate: Generates) -> None:
    package = generate(**get({"200": answer(NUMBER, EVENTS)}))
    for read in (sync_list, async_list):
        script = Script((200, EVENTS, [empty]))
        with scripted(script) as origin, pytest.raises(package.ConnectionFailed):
            read(package, origin, max_stream_seconds=1.5)
        assert 3 <= len(script.asked) <= 6


def test_connections_that_bring_something_are_made_again_as_the_server_asks(generate: Generates) -> None:
    package = generate(**get({"200": answer(NUMBER, EVENTS)}))
    each = [(200, EVENTS, [b"retry: 0\nid: 1\ndata: 1\n\n"])] * 40
    started = time.monotonic()
    assert both(package, *each, (204, "", []))[0] == [1] * 40
    assert time.monotonic() - started < 8


def test_what_the_server_answers_when_asked_again(generate: Generates) -> None:
    package = generate(**get({"200": answer(NUMBER, EVENTS)}))
    first = (200, EVENTS, [b"retry: 1\nid: 1\ndata: 1\n\n"])
    for second, error in (
        ((404, "application/json", [b"{}"]), package.NotFoundError),
        ((200, "text/html", [b"<p>"]), package.UnexpectedAnswer),
        ((302, "", []), package.UnexpectedAnswer),
    ):
        for read in (sync_list, async_list):
            with scripted(Script(first, second)) as origin, pytest.raises(error):
                read(package, origin)


def test_each_silence_is_bounded_and_the_whole_is_not(generate: Generates) -> None:
    for kind, piece in ((EVENTS, b"data: 1\n\n"), (EVENTS, b": still here\n"), (LINES, b"1\n")):
        package = generate(**get({"200": answer(NUMBER, kind)}))
        steady: list[bytes | float | None] = [part for _ in range(6) for part in (piece, 0.15)]
        assert len(both(package, (200, kind, steady), timeout=0.6)[0]) == (0 if piece.startswith(b":") else 6)
        for read in (sync_list, async_list):
            started = time.monotonic()
            silent: list[bytes | float | None] = [b"id: 1\n" if kind == EVENTS else piece, piece, 2.0]
            with scripted(Script((200, kind, silent))) as origin, pytest.raises(package.ConnectionFailed):
                read(package, origin, timeout=0.6)
            assert time.monotonic() - started < 1.8


def test_data_that_does_not_fit(generate: Generates) -> None:
    for kind, sent in ((EVENTS, b"data: 1\n\ndata: x\n\n"), (LINES, b'1\n"x"\n')):
        package = generate(**get({"200": answer(NUMBER, kind)}))
        for read in (sync_list, async_list):
            with scripted(Script((200, kind, [sent]))) as origin:
                with pytest.raises(package.UnexpectedAnswer, match=r"x\.call: the stream does not fit"):
                    read(package, origin)


def test_what_is_no_stream(generate: Generates) -> None:
    package = generate(**get({"200": answer(NUMBER, EVENTS), "404": answer(ref("A"))}, A=A))
    for read in (sync_list, async_list):
        with scripted(Script((200, "application/json", [b"1"]))) as origin, pytest.raises(package.UnexpectedAnswer):
            read(package, origin)
        with scripted(Script((404, "application/json", [b'{"a":1}']))) as origin:
            with pytest.raises(package.NotFoundError) as caught:
                read(package, origin)
            assert caught.value.data == package.models.A(a=1)
        with scripted(Script((204, "", []))) as origin:
            assert read(package, origin) == []


def test_json_or_events_by_what_came(generate: Generates) -> None:
    content = {kind: {"schema": ref("A")} for kind in ("application/json", EVENTS)}
    package = generate(**get({"200": {"description": "It.", "content": content}}, A=A))
    value = package.models.A(a=1)
    with scripted(Script((200, "application/json", [b'{"a":1}']))) as origin:
        assert sync_list(package, origin, lambda given: given) == value
    assert both(package, (200, EVENTS, [b'data: {"a":1}\n\n']))[0] == [value]


def test_raw_and_streamed_answers_of_a_stream(generate: Generates) -> None:
    package = generate(**get({"200": answer(NUMBER, LINES)}))
    with scripted(Script((200, LINES, [b"1\n2\n"]))) as origin, client_of(package)(origin) as client:
        raw = client.with_raw_response(client.x.call)()
        assert (raw.status, raw.headers["content-type"], list(raw.parsed)) == (200, LINES, [1, 2])
        with client.with_streaming_response(client.x.call)() as streamed:
            assert streamed.read() == b"1\n2\n"
