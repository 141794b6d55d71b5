"""Requests that no library would send, over a real socket: a 4xx, or what they ask for, and never a 500."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.wire.simulator.conftest import QUICK

LAMP: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}, "watts": {"type": "number"}, "more": {}},
}
OK = {"description": "ok", "content": {"application/json": {"schema": LAMP}}}
LAMPS = {"description": "ok", "content": {"application/json": {"schema": {"type": "array", "items": LAMP}}}}
DATED = {**OK, "headers": {"Last-Modified": {"schema": {"type": "string"}}, "ETag": {"schema": {"type": "string"}}}}


def _body(*kinds: str) -> dict[str, Any]:
    return {"required": True, "content": {kind: {"schema": LAMP} for kind in kinds}}


def _query(name: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


FORMS = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
PATHS = {
    "/lamps": {
        "get": {
            "parameters": [
                _query("size", {"type": "integer"}),
                _query("bright", {"type": "number"}),
                {"name": "like", "in": "query", "content": {"application/json": {"schema": {}}}},
                _query("whole", {"type": "object", "properties": {"a": {"type": "array", "items": {}}}}, explode=False),
            ],
            "responses": {"200": LAMPS},
        },
        "post": {"requestBody": _body(*FORMS), "responses": {"201": OK}},
    },
    "/lamps/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "get": {"responses": {"200": DATED, "304": {"description": "as before"}}},
        "patch": {
            "requestBody": {"content": {"application/json-patch+json": {"schema": {"type": "array"}}}},
            "responses": {"200": OK},
        },
    },
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file: Path = tmp_path_factory.mktemp("odd") / "lamps.yaml"
    described = {"openapi": "3.1.0", "info": {"title": "Lamps", "version": "1"}, "paths": PATHS}
    file.write_text(yaml.safe_dump(described))
    with Simulator(read_api(file), SimulatorOptions(**QUICK)).running() as url:
        yield url


DIGITS = "9" * 5000


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        (f"size={DIGITS}", {400}),
        (f"size=-{DIGITS}", {400}),
        ("size=" + "9" * 4000, {200}),
        ("bright=1e999", {400}),
        (f"bright={DIGITS}", {400}),
        ("bright=1e300", {200}),
        ("like=" + "[" * 5000, {200, 400}),
        ("like=" + "[" * 300 + "]" * 300, {200, 400}),
        (f"like={DIGITS}", {200, 400}),
        ("whole=a," + "[" * 900 + "]" * 900, {200, 400}),
    ],
    ids=lambda value: str(value)[:12],
)
def test_numbers_and_nesting_beyond_all_bounds_in_a_query(url: str, query: str, statuses: set[int]) -> None:
    assert httpx2.get(f"{url}/lamps?{query}").status_code in statuses


def nested(levels: int, start: str = '{"name": "a", "more": ') -> bytes:
    return f"{start}{'[' * levels}{']' * levels}}}".encode()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (nested(150), 201),
        (nested(199), 201),
        (nested(250), 400),
        (nested(400), 400),
        (nested(950), 400),
        (nested(50_000), 400),
        (b'{"name": "a", "more": ' + b'{"x": ' * 300 + b"1" + b"}" * 301, 400),
        (b'{"name": "a", "watts": 1e999}', 400),
        (b'{"name": "a", "watts": -1e999}', 400),
        (b'{"name": "a", "more": {"deep": [1e999]}}', 400),
        (b'{"name": "a", "watts": 1e308}', 201),
        (b'{"name": "a", "watts": ' + DIGITS.encode() + b"}", 400),
    ],
    ids=lambda value: f"{value[:24]!r}{len(value)}" if isinstance(value, bytes) else "",
)
def test_values_that_are_too_deep_or_too_large(url: str, body: bytes, status: int) -> None:
    answer = httpx2.post(f"{url}/lamps", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status
    json.loads(answer.content, parse_constant=pytest.fail)


def part(disposition: str, content: str = "a", more: str = "") -> bytes:
    return f"--b\r\nContent-Disposition: {disposition}\r\n{more}\r\n{content}\r\n--b--".encode("latin-1")


MULTIPART = "multipart/form-data; boundary=b"


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        (MULTIPART, part('form-data; name="name"'), 201),
        ("multipart/form-data; boundary*=idna''b", part('form-data; name="name"'), 400),
        ("multipart/form-data; boundary=", part('form-data; name="name"'), 400),
        (MULTIPART, part("form-data; name*=idna''name"), 400),
        (MULTIPART, part("form-data: *0*name\x00; <\x00application/json; %ff: ?=; Content-Type*"), 400),
        (MULTIPART, part("form-data; name=\"name\"; filename*=idna''x"), 400),
        (MULTIPART, part('form-data; name="more"', "[" * 50_000, "Content-Type: application/json\r\n"), 400),
        (MULTIPART, part('form-data; name="more"', "[" * 300 + "]" * 300, "Content-Type: application/json\r\n"), 400),
        (MULTIPART, part('form-data; name="name"', more="Content-Transfer-Encoding: base64\r\n"), 201),
        ("application/x-www-form-urlencoded", b"name=a&watts=1e999", 400),
        ("application/x-www-form-urlencoded", b"name=a&watts=" + DIGITS.encode(), 400),
        ("application/x-www-form-urlencoded", b"name=" + b"&name=" * 300_000, 400),
    ],
)
def test_forms_whose_headers_no_parser_reads(url: str, content_type: str, body: bytes, status: int) -> None:
    answer = httpx2.post(f"{url}/lamps", content=body, headers={"content-type": content_type}, timeout=20)
    assert answer.status_code == status


DATES = ["Thu, 01 Jan 99999999999 00:00:00 GMT", "Thu, 01 Jan 0001 00:00:00 +2359", "Thu", "", "1", "x" * 9000]


@pytest.mark.parametrize("date", DATES)
def test_dates_that_are_none(url: str, date: str) -> None:
    made = httpx2.post(f"{url}/lamps", json={"name": "a"}).json()["id"]
    assert httpx2.get(f"{url}/lamps/{made}", headers={"if-modified-since": date}).status_code == 200


PATCHES = [
    [{"op": "copy", "from": "", "path": f"/more/{n}"} for n in range(40)],
    [{"op": "copy", "from": "/more", "path": "/more/x"} for _ in range(40)],
    [{"op": "add", "path": f"/more/{n}", "value": 1} for n in range(50_000)],
    [{"op": "move", "from": "/more", "path": "/more/x"}],
    [{"op": "add", "path": "/more" + "/x" * n, "value": {}} for n in range(1, 400)],
    [{"op": "add", "path": "/x" * 100_000, "value": 1}],
]


@pytest.mark.parametrize("patch", PATCHES, ids=range(len(PATCHES)))
def test_a_patch_that_copies_copies_or_digs_deep_is_bounded(url: str, patch: list[dict[str, Any]]) -> None:
    made = httpx2.post(f"{url}/lamps", json={"name": "a", "more": {"y": 1}}).json()["id"]
    headers = {"content-type": "application/json-patch+json"}
    answer = httpx2.patch(f"{url}/lamps/{made}", content=json.dumps(patch), headers=headers, timeout=10)
    assert answer.status_code < 500
    assert len(answer.content) < 10_000_000
    assert httpx2.get(f"{url}/lamps/{made}").status_code == 200


FRAMINGS = [
    b"Content-Length: 3\r\nContent-Length: 4\r\n",
    b"Content-Length: -1\r\n",
    b"Content-Length: +2\r\n",
    b"Content-Length: 1_0\r\n",
    b"Transfer-Encoding: xchunked\r\n",
    b"Transfer-Encoding: gzip, chunked\r\n",
    b"Transfer-Encoding : chunked\r\n",
    b"X: a\x00b\r\n",
    b" folded: x\r\n",
    b"no colon\r\n",
]


@pytest.mark.parametrize("framing", FRAMINGS)
def test_framing_that_two_servers_may_read_in_two_ways_is_refused(url: str, framing: bytes) -> None:
    request = b"POST /lamps HTTP/1.1\r\nHost: x\r\n" + framing + b"\r\n{}GET /lamps HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection((httpx2.URL(url).host, httpx2.URL(url).port), 5) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        said = b"".join(iter(lambda: connection.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 4")
    assert b"HTTP/1.1 2" not in said


TWO_LENGTHS = [
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: chunked\r\nContent-Length: 100\r\n",
    b"Content-Length: 0\r\ntransfer-encoding:chunked\r\n",
    b"content-length:1\r\nTRANSFER-ENCODING: Chunked\r\n",
]


@pytest.mark.parametrize("lengths", TWO_LENGTHS)
def test_a_body_with_two_lengths_is_refused_and_nothing_behind_it_is_read(url: str, lengths: bytes) -> None:
    behind = b"GET /lamps HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection((httpx2.URL(url).host, httpx2.URL(url).port), 5) as connection:
        connection.sendall(b"GET /lamps HTTP/1.1\r\nHost: x\r\n" + lengths + b"\r\n0\r\n\r\n" + behind)
        said = b"".join(iter(lambda: connection.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 400")
    assert b"HTTP/1.1 200" not in said


def test_requests_in_one_go_are_answered_in_their_order(url: str) -> None:
    requests = b"".join(b"GET /lamps%d HTTP/1.1\r\nHost: x\r\n\r\n" % n for n in (1, 2, 3))
    with socket.create_connection((httpx2.URL(url).host, httpx2.URL(url).port), 5) as connection:
        connection.sendall(requests)
        said = b""
        while said.count(b"HTTP/1.1 404") < 3 or b"lamps3" not in said:
            more = connection.recv(65536)
            assert more, said
            said += more
    assert said.index(b"lamps1") < said.index(b"lamps2") < said.index(b"lamps3")


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "https://x:1", "HTTP://x"])
def test_a_target_as_proxies_are_asked_is_that_of_its_path(url: str, origin: str) -> None:
    for path, status in (("/lamps", b"200"), ("/nothing", b"404"), ("", b"404"), ("/lamps?size=x", b"400")):
        with socket.create_connection((httpx2.URL(url).host, httpx2.URL(url).port), 5) as connection:
            connection.sendall(f"GET {origin}{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert connection.recv(65536).startswith(b"HTTP/1.1 " + status)
