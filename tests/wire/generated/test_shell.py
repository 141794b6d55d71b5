"""`python -m PACKAGE`: what is typed reaches the server as a program's call would, and what comes is printed."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import os
import pty
import signal
import socketserver
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.generated import write_client
from tests.unit.emitters.conftest import Generates, Reads, ref
from tests.wire.generated.calling import Reply, Seen, client_of, operation, serving
from tests.wire.generated.shell import shell, text

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
MODE = {"type": "string", "enum": ["ON", "OFF"]}
Capsys = pytest.CaptureFixture[str]


def query(name: str, schema: dict[str, Any], place: str = "query", **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": schema, "required": place == "path", **more}


def json_body(schema: dict[str, Any], required: bool = True, kind: str = "application/json") -> dict[str, Any]:
    return {"required": required, "content": {kind: {"schema": schema}}}


def item(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


PARAMETERS: list[tuple[dict[str, Any], list[str], Any]] = [
    (TEXT, ["a b/ü&"], "a b/ü&"),
    (TEXT, ["@home"], "@home"),
    (TEXT, ["null"], "null"),
    (TEXT, ["5"], "5"),
    (NUMBER, ["-5"], -5),
    ({"type": "number"}, ["1e3"], 1000.0),
    ({"type": "number", "multipleOf": 0.01}, ["0.07"], 0.07),
    (MODE, ["OFF"], "OFF"),
    (MODE, ["OF_TOMORROW"], "OF_TOMORROW"),
    ({"type": "integer", "enum": [1, 2]}, ["2"], 2),
    ({"type": "string", "format": "date-time"}, ["2024-06-25T08:00:00Z"], dt.datetime(2024, 6, 25, 8, tzinfo=dt.UTC)),
    ({"type": "string", "format": "date"}, ["2024-06-25"], dt.date(2024, 6, 25)),
    ({"type": "string", "format": "uuid"}, [str(uuid.UUID(int=7))], uuid.UUID(int=7)),
    ({"type": "string", "format": "duration"}, ["PT5S"], dt.timedelta(seconds=5)),
    ({"type": "string", "format": "byte"}, ["AAE="], b"\0\1"),
    ({"type": "array", "items": TEXT}, ["a,b", "c"], ["a,b", "c"]),
    ({"type": "array", "items": NUMBER}, ["1", "2"], [1, 2]),
    ({"type": "array", "items": MODE}, ["ON", "OFF"], ["ON", "OFF"]),
    (item(a=TEXT, b=NUMBER), ['{"a": "x", "b": 5}'], {"a": "x", "b": 5}),
    ({"type": "object", "additionalProperties": NUMBER}, ['{"x": 1}'], {"x": 1}),
    ({"oneOf": [NUMBER, MODE]}, ["5"], 5),
    ({"oneOf": [NUMBER, MODE]}, ['"ON"'], "ON"),
]


@pytest.mark.parametrize("place", ["query", "header", "path"])
@pytest.mark.parametrize(("schema", "typed", "value"), PARAMETERS, ids=str)
def test_a_parameter_is_sent_as_by_a_program(
    schema: dict[str, Any], typed: list[str], value: Any, place: str, generate: Generates, capsys: Capsys
) -> None:
    if place == "header" and not all(map(str.isascii, typed)):
        pytest.skip("headers are ASCII")
    path = "/x/{its-name}" if place == "path" else "/x"
    package = generate(**operation(path, "get", [query("its-name", schema, place)]))
    with shell(package, capsys) as run:
        ran = run("x", "call", *(word for each in typed for word in ("--its-name", each)))
        assert ran == (0, "", "")
        with client_of(package)(run.server.origin) as client:
            client.x.call(its_name=value)
        one, other = run.server.seen
        assert (one.line, one.body, one.headers) == (other.line, other.body, other.headers)


BODY = item(
    planned={"type": "boolean"},
    name={"type": "string", "nullable": True},
    at={"type": "string", "format": "date-time"},
    tags={"type": "array", "items": TEXT},
    node=ref("Node"),
    nodes={"type": "array", "items": ref("Node")},
    labels={"type": "object", "additionalProperties": TEXT},
    word={"type": "string", "format": "password"},
    anything={},
)
NODE = {
    **item(**{"host-name": TEXT, "port": NUMBER, "up": {"type": "boolean"}, "inner": ref("Node")}),
    "required": ["host-name"],
}


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        (["--planned"], {"planned": True}),
        (["--no-planned"], {"planned": False}),
        (["--null", "name"], {"name": None}),
        (["--name", "null"], {"name": "null"}),
        (["--at", "2024-06-25T08:00:00Z"], {"at": "2024-06-25T08:00:00Z"}),
        (["--tags", "a", "--tags", "b"], {"tags": ["a", "b"]}),
        (["--node", '{"host-name": "a", "port": 5}'], {"node": {"host-name": "a", "port": 5}}),
        (
            ["--node.host-name", "a", "--node.port=5", "--no-node.up"],
            {"node": {"host-name": "a", "port": 5, "up": False}},
        ),
        (["--node.host-name=a", "--node.inner.inner.host-name=b"], None),
        (
            ["--node.host-name=a", "--node.inner.host-name", "b", "--node.inner.inner.host-name=c"],
            {"node": {"host-name": "a", "inner": {"host-name": "b", "inner": {"host-name": "c"}}}},
        ),
        (["--node", '{"host-name": "a"}', "--node.port", "7"], {"node": {"host-name": "a", "port": 7}}),
        (
            ["--nodes", '{"host-name": "a"}', "--nodes", '{"host-name": "b"}'],
            {"nodes": [{"host-name": "a"}, {"host-name": "b"}]},
        ),
        (["--labels", '{"x": "1"}'], {"labels": {"x": "1"}}),
        (["--labels.x", "1", "--labels.y-z", "2"], {"labels": {"x": "1", "y-z": "2"}}),
        (["--anything", "[1, null]"], {"anything": [1, None]}),
        (["--word", "env:WORD_OF_TEST"], {"word": "hunter2"}),
    ],
    ids=str,
)
def test_keywords_of_a_body(
    words: list[str], sent: Any, generate: Generates, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORD_OF_TEST", "hunter2")
    package = generate(**operation(body=json_body(BODY), Node=NODE))
    with shell(package, capsys) as run:
        ran = run("x", "call", *words)
        if sent is None:
            assert ran.code == 2
            assert "host-name: required, but missing" in ran.err
            assert run.server.seen == []
            return
        assert ran == (0, "", "")
        assert [json.loads(seen.body) for seen in run.server.seen] == [sent]


def test_a_whole_body(generate: Generates, capsys: Capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = generate(**operation(body=json_body({"oneOf": [NODE, NUMBER]}), Node=NODE))
    value = {"host-name": "a"}
    file = tmp_path / "body.json"
    file.write_text("\ufeff" + json.dumps(value))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(value).encode())))
    with shell(package, capsys) as run:
        for typed in (json.dumps(value), f"@{file}", "-"):
            assert run("x", "call", "--body", typed) == (0, "", "")
        assert [json.loads(seen.body) for seen in run.server.seen] == [value] * 3
        for typed, said in (("{", "expected JSON"), (f"@{tmp_path}/none", "No such file"), ("@\0", "no path")):
            ran = run("x", "call", "--body", typed)
            assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
            assert said in ran.err
        assert len(run.server.seen) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x", "call", "--count", "many"], "--count: expected int"),
        (["x", "call", "--at", "yesterday"], "--at: invalid"),
        (["x", "call", "--kind.nothing", "5"], "there is no `nothing` in it"),
        (["x", "call", "--cuont", "5"], "there is no option --cuont here; did you mean --count?"),
        (["x", "call", "--count"], "expected one argument"),
        (["x", "call", "--word", "hunter2", "--count", "1"], "--word: is a secret"),
        (["x", "call", "--word", "env:NOT_THERE", "--count", "1"], "no variable of this name"),
        (["x", "call"], "needed: --count"),
        (["x", "call", "--count", "1", "--wait", "0"], "seconds greater than 0"),
        (["--timeout", "soon", "x", "call", "--count", "1"], "seconds greater than 0"),
        (["x", "cal"], "did you mean `call`?"),
        (["\x1b[2J"], r"there is no `\x1b[2J`"),
        (["xx"], "did you mean `x`?"),
        (["--yess", "x", "call"], "there is no option --yess here; did you mean --yes?"),
        (["--count", "5", "x", "call"], "there is no option --count here"),
    ],
    ids=str,
)
def test_a_wrong_line_is_said_in_a_line_and_nothing_is_sent(
    words: list[str], said: str, generate: Generates, capsys: Capsys
) -> None:
    parameters = [
        query("count", {**NUMBER, "minimum": 1}, required=True),
        query("at", {"type": "string", "format": "date"}),
    ]
    parameters.append(query("kind", ref("Node"), style="deepObject", explode=True))
    body = json_body(item(word={"type": "string", "format": "password"}), required=False)
    with shell(generate(**operation(parameters=parameters, body=body, Node=NODE)), capsys) as run:
        ran = run(*words)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), ran
        assert said in ran.err
        assert ran.err.startswith("error: ")
        assert "hunter2" not in ran.err
        assert run.server.seen == []


def test_a_bound_of_the_description_is_a_wrong_line_too(generate: Generates, capsys: Capsys) -> None:
    with shell(generate(**operation(parameters=[query("count", {**NUMBER, "minimum": 1})])), capsys) as run:
        assert run("x", "call", "--count", "0")[0] == 2
        assert run.server.seen == []


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        (
            Reply(404, {"detail": "There is no such thing."}),
            1,
            "error: NotFoundError: There is no such thing.; POST /x → 404",
        ),
        (Reply(500, {"detail": "a\nb\x1b[2J\u202e"}), 1, r"b\x1b[2J\u202e"),
        (Reply(503), 1, "error: UnavailableError"),
        (Reply(200, body=b"<html>"), 1, "error: UnexpectedAnswer"),
        (Reply(cut="close"), 3, "error: OutcomeUnknown"),
        (Reply(cut="reset"), 3, "error: OutcomeUnknown"),
    ],
    ids=["404", "500", "503", "no json", "close", "reset"],
)
def test_exit_codes(reply: Reply, code: int, said: str, generate: Generates, capsys: Capsys) -> None:
    with shell(generate(**operation(answers=text(item(a=TEXT)))), capsys, lambda _: reply) as run:
        ran = run("x", "call")
        assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
        assert said in ran.err


def test_a_server_that_is_not_there(generate: Generates, capsys: Capsys) -> None:
    package = generate(**operation())
    with shell(package, capsys) as run:
        pass
    ran = run("x", "call")
    assert ran.code == 1
    assert ran.err.startswith("error: ConnectionFailed: ")
    assert run("x", "call", target=False).err == "error: needed: --target, or THING_TARGET\n"


def test_the_environment_says_what_it_says_to_a_program(
    generate: Generates, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = generate(**operation())
    with shell(package, capsys) as run:
        monkeypatch.setenv("THING_BASE_URL", f"{run.server.origin}/v7")
        assert run("x", "call", target=False).code == 0
        assert run.server.seen[-1].target == "/v7/x"
        assert run("x", "call").code == 0
        assert run.server.seen[-1].target == "/x"
        for value in ("", "soon", "0"):
            monkeypatch.setenv("THING_TIMEOUT", value)
            ran = run("x", "call")
            assert (ran.code, ran.err.partition(":")[2].strip().partition(":")[0]) == (2, "THING_TIMEOUT")
        assert run("x", "call", "--timeout", "5").code == 0
        monkeypatch.delenv("THING_TIMEOUT")
        own = client_of(package)._describe()
        monkeypatch.setattr(
            client_of(package), "_describe", classmethod(lambda _: msgspec.structs.replace(own, env_prefix="LAMPS"))
        )
        monkeypatch.setenv("LAMPS_BASE_URL", f"{run.server.origin}/v8")
        assert run("x", "call", target=False).code == 0
        assert run.server.seen[-1].target == "/v8/x"
        assert "[LAMPS_TARGET, LAMPS_BASE_URL]" in run("--help").out


ROWS = [{"name": "a", "size": 5, "place": {"floor": 1}}, {"name": "b\x1b[2J", "tags": ["x", "y"], "more": [{"z": 1}]}]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (
            ROWS,
            "NAME      SIZE  PLACE.FLOOR  TAGS  MORE\na         5     1\nb\\x1b[2J" + 21 * " " + 'x, y  [{"z":1}]\n',
        ),
        (ROWS[0], "name         a\nsize         5\nplace.floor  1\n"),
        (ROWS[1], "name  b\\x1b[2J\ntags  x, y\n\nmore:\nZ\n1\n"),
        (
            {"total": 2, "items": [{"a": 1, "b": {"c": 2}}, {"a": 3}], "meta": {"next": "n", "of": {"links": []}}},
            "total          2\nmeta.next      n\nmeta.of.links\n\nitems:\nA  B.C\n1  2\n3\n",
        ),
        ({"data": {"vms": [{"a": 1}]}, "more": [{"b": 2}]}, "data.vms:\nA\n1\n\nmore:\nB\n2\n"),
        (
            {"grid": [[1, 2], [3]], "mixed": [1, {"a": 2}]},
            "grid[0]     1, 2\ngrid[1]     3\nmixed[0]    1\nmixed[1].a  2\n",
        ),
        (["a", "b"], "a\nb\n"),
        ([], ""),
        ("a\nb", "a\\nb\n"),
        ("\x9b2J\u202e\U000e0041", "\\x9b2J\\u202e\\U000e0041\n"),
        (5, "5\n"),
        (None, ""),
        (True, "true\n"),
        ({}, ""),
    ],
    ids=str,
)
def test_what_comes_is_printed(value: Any, printed: str, generate: Generates, capsys: Capsys) -> None:
    package = generate(**operation(method="get", answers=text({})))
    with shell(package, capsys, lambda _: Reply(200, value)) as run:
        assert run("x", "call") == (0, printed, "")
        code, out, err = run("x", "call", "--json")
        assert (code, json.loads(out), err) == (0, value, "")
        assert out.count("\n") == 1
        assert not set(out) & set("\x1b\x9b\u202e\U000e0041")
        assert run("--json", "x", "call").out == out


def test_secrets_are_hidden_until_they_are_asked_for(generate: Generates, capsys: Capsys) -> None:
    answer = {**item(token={"type": "string", "format": "password"}, name=TEXT), "required": ["token"]}
    package = generate(**operation(method="get", answers=text({"type": "array", "items": answer})))
    with shell(package, capsys, lambda _: Reply(200, [{"token": "hunter2", "name": "n"}])) as run:
        for words in ([], ["--json"]):
            ran = run("x", "call", *words)
            assert "***" in ran.out
            assert "hunter2" not in ran.out
            assert "hunter2" in run("x", "call", "--reveal", *words).out


SECURED = {
    "components": {
        "securitySchemes": {
            "login": {"type": "http", "scheme": "basic"},
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        }
    }
}


def secured(*schemes: str) -> dict[str, Any]:
    document = operation(method="get")
    document["paths"]["/x"]["get"]["security"] = [{scheme: []} for scheme in schemes]
    return {**document, **SECURED}


def test_credentials_come_from_where_nobody_reads_them(
    generate: Generates, capsys: Capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    basic = "Basic " + base64.b64encode(b"me:hunter2").decode()
    (tmp_path / "word").write_text("hunter2\n")
    word = str(tmp_path / "word")
    package = generate(**secured("login", "key"))
    with shell(package, capsys) as run:
        monkeypatch.setenv("THING_TARGET", run.server.origin)
        assert run("--username", "me", "--password-file", word, "x", "call", target=False).code == 0
        monkeypatch.setenv("OTHER", "hunter2")
        assert run("x", "call", "--username", "me", "--password-env", "OTHER").code == 0
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"hunter2\n")))
        assert run("x", "call", "--username", "me", "--password-file", "-").code == 0
        monkeypatch.setenv("THING_USERNAME", "me")
        monkeypatch.setenv("THING_PASSWORD_FILE", word)
        assert run("x", "call", target=False).code == 0
        assert [seen.headers["authorization"] for seen in run.server.seen] == [basic] * 4
        monkeypatch.setenv("THING_PASSWORD", "hunter2")
        assert "THING_PASSWORD, THING_PASSWORD_FILE" in run("x", "call").err
        monkeypatch.delenv("THING_PASSWORD_FILE")
        assert run("x", "call").code == 0
        for name in ("THING_USERNAME", "THING_PASSWORD"):
            monkeypatch.delenv(name)
        monkeypatch.setenv("THING_API_KEY", "hunter3")
        assert run("x", "call").code == 0
        assert run.server.seen[-1].headers["x-key"] == "hunter3"
        monkeypatch.delenv("THING_API_KEY")
        ran = run("--username", "me", "x", "call")
        assert ran.code == 2
        assert "password of me is needed" in ran.err
        for wrong in (["--password", "hunter2"], ["--api-key", "hunter2"], ["--password-file", "/not/there"]):
            ran = run("--username", "me", *wrong, "x", "call")
            assert ran.code == 2
            assert "hunter2" not in ran.err
            ran = run("x", "call", *wrong)
            assert ran.code == 2
            assert "hunter2" not in ran.err


def test_arguments_that_are_called_as_options_of_the_program(generate: Generates, capsys: Capsys) -> None:
    names = ["json", "help", "yes", "target", "username", "timeout", "output", "null", "wait", "self", "no_x"]
    parameters = [query(name, TEXT) for name in names] + [query("x", {"type": "boolean"})]
    package = generate(
        **operation(method="get", parameters=parameters, answers=text({"type": "array", "items": NUMBER}))
    )
    with shell(package, capsys, lambda _: Reply(200, [1])) as run:
        words = [word for name in names for word in (f"--{name.replace('_', '-')}", f"is-{name}")]
        ran = run("--json", "x", "call", *words, "--x")
        assert ran == (0, "[1]\n", "")
        sent = run.server.seen[0].target
        assert all(f"{name}=is-{name}" in sent for name in names)
        assert "x=true" in sent
        assert run("--help", "x", "call").code == 0
        assert "--null" in run("x", "call", "-h").out


def test_files_go_up_and_come_down(generate: Generates, capsys: Capsys, tmp_path: Path) -> None:
    form = item(photo={"type": "string", "format": "binary"}, name=TEXT)
    form["properties"]["others"] = {"type": "array", "items": {"type": "string", "format": "binary"}}
    whole = operation("/form", body=json_body(form, kind="multipart/form-data"))
    whole["paths"]["/raw"] = operation(
        "/raw", body=json_body({"type": "string", "format": "binary"}, kind="application/octet-stream")
    )["paths"]["/raw"]
    binary = {
        "200": {
            "description": "",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
    whole["paths"]["/file"] = operation("/file", "get", answers=binary)["paths"]["/file"]
    for path, node in whole["paths"].items():
        next(iter(node.values()))["operationId"] = f"call_{path[1:]}"
    (tmp_path / "a.jpg").write_bytes(b"\0\xff")
    content = bytes(range(256)) * 1000

    def answer(seen: Seen) -> Reply:
        if seen.target == "/file":
            return Reply(200, body=content, headers={"Content-Type": "application/octet-stream"})
        return Reply(204)

    package = generate(**whole)
    with shell(package, capsys, answer) as run:
        photo = str(tmp_path / "a.jpg")
        ran = run("form", "call-form", "--photo", photo, "--name", "n", "--others", photo, "--others", photo)
        assert ran == (0, "", "")
        sent = run.server.seen[-1].body
        assert sent.count(b'filename="a.jpg"') == 3
        assert sent.count(b"\0\xff") == 3
        assert run("raw", "call-raw", "--body", f"@{photo}").code == 0
        assert run.server.seen[-1].body == b"\0\xff"
        assert run("raw", "call-raw", "--body", "typed").code == 0
        assert run.server.seen[-1].body == b"typed"
        target = tmp_path / "out.bin"
        assert run("file", "call-file", "--output", str(target)) == (0, "", "")
        assert target.read_bytes() == content
        ran = run("file", "call-file", "--output", str(tmp_path / "no" / "out.bin"))
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert run("form", "call-form", "--photo", str(tmp_path / "none")).code == 2


def script(package: str = "thing", *words: str) -> list[str]:
    return [sys.executable, "-m", package, *words]


@pytest.fixture
def source(read: Reads, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """The environment of a process that can run the package of a description."""

    def make(**document: Any) -> dict[str, str]:
        described = read(**document)
        where = write_client(described.api, described.config, described.document, tmp_path / "out")
        return {**os.environ, "PYTHONPATH": str(where), "COLUMNS": "80"}

    return make


def test_a_download_can_be_piped_and_a_reader_may_go(source: Callable[..., dict[str, str]], tmp_path: Path) -> None:
    binary = {
        "200": {
            "description": "",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
    environment = source(**operation(method="get", answers=binary))
    content = b"\0\xff\n" * 400_000
    reply = Reply(200, body=content, headers={"Content-Type": "application/octet-stream"})
    with serving(lambda _: reply) as server:
        for words in (["--output", "-"], []):
            command = script("thing", "--target", server.origin, "x", "call", *words)
            done = subprocess.run(command, env=environment, capture_output=True, check=False)
            assert (done.returncode, done.stdout, done.stderr) == (0, content, b"")
            left = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert left.stdout is not None
            assert left.stdout.read(3) == b"\0\xff\n"
            left.stdout.close()
            assert left.stderr is not None
            assert left.stderr.read() == b""
            left.stderr.close()
            assert left.wait() == 141


def test_bytes_do_not_go_to_a_terminal(source: Callable[..., dict[str, str]]) -> None:
    schema = {"schema": {"type": "string", "format": "binary"}}
    binary = {"200": {"description": "", "content": {"application/octet-stream": schema}}}
    environment = source(**operation(answers=binary))
    reply = Reply(200, body=b"\x1b[2J", headers={"Content-Type": "application/octet-stream"})
    with serving(lambda _: reply) as server:
        mine, its = pty.openpty()
        command = script("thing", "--target", server.origin, "x", "call")
        done = subprocess.run(command, env=environment, stdout=its, stderr=subprocess.PIPE, check=False)
        os.close(its)
        os.close(mine)
        assert (done.returncode, server.seen) == (2, [])
        assert b"--output FILE" in done.stderr


def test_streams_print_line_by_line_until_nobody_wants_more(source: Callable[..., dict[str, str]]) -> None:
    lines = {"200": {"description": "", "content": {"application/x-ndjson": {"schema": item(n=NUMBER)}}}}
    environment = source(**operation(method="get", answers=lines))
    more = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n")
            self.wfile.write(b'{"n": 1}\n')
            self.wfile.flush()
            more.wait(20)
            self.wfile.write(b'{"n": 2}\n')

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        command = script("thing", "--target", f"http://127.0.0.1:{server.server_address[1]}", "x", "call")
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == '{"n":1}\n'  # the second is not even sent
            more.set()
            assert process.stdout.read() == '{"n":2}\n'
            assert process.wait() == 0
        more.clear()
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert process.stderr.read() == ""
            assert process.wait() == 130
        more.set()
        server.shutdown()


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("yes\n", 0), ("n\n", 2), ("\n", 2)])
def test_what_is_destructive_is_asked_for_on_a_terminal(
    typed: str, code: int, source: Callable[..., dict[str, str]]
) -> None:
    environment = source(**operation("/x", "delete"))
    with serving(lambda _: Reply(204)) as server:
        command = script("thing", "--target", server.origin, "x", "call")
        mine, its = pty.openpty()
        os.write(mine, typed.encode())
        done = subprocess.Popen(command, env=environment, stdin=its, stdout=subprocess.PIPE, stderr=its)
        assert done.stdout is not None
        done.stdout.close()
        assert done.wait() == code
        os.close(its)
        said = b""
        while b"[y/N]" not in said:
            said += os.read(mine, 1000)
        os.close(mine)
        assert b"x.call is destructive: DELETE /x on http://127.0.0.1" in said.replace(b"\r\n", b"")
        assert len(server.seen) == (code == 0)


def test_what_is_destructive_needs_a_word_without_a_terminal(generate: Generates, capsys: Capsys) -> None:
    with shell(generate(**operation("/x", "delete")), capsys) as run:
        ran = run("x", "call")
        assert (ran.code, run.server.seen) == (2, [])
        assert "add --yes" in ran.err
        assert run("x", "call", "--yes").code == 0
        assert run("--yes", "x", "call").code == 0
        assert len(run.server.seen) == 2
    package = generate(**operation("/x", "get"))
    with shell(package, capsys) as run:
        assert run("x", "call").code == 0


@pytest.mark.parametrize(
    ("streams", "words", "code"),
    [
        ("> /dev/full", ["x", "call"], 1),
        ("> /dev/full", ["x", "call", "--json"], 1),
        ("> /dev/full", ["--help"], 1),
        ("> /dev/full 2>&1", ["x", "call"], 1),
        ("2> /dev/full", ["x", "call"], 0),
        (">&-", ["x", "call"], 0),
        (">&- 2>&- <&-", ["x", "call"], 0),
        ("2>&-", ["x", "nonsense"], 2),
        ("<&-", ["x", "call"], 0),
        ("| true", ["x", "call"], 141),
    ],
    ids=str,
)
def test_whatever_the_streams_are(
    streams: str, words: list[str], code: int, source: Callable[..., dict[str, str]]
) -> None:
    """What was called was called; no traceback, and nothing of what is printed goes to the server."""
    environment = source(**operation(method="get", answers=text({"type": "array", "items": TEXT})))
    with serving(lambda _: Reply(200, ["a" * 1000] * 200)) as server:
        command = " ".join(script("thing", "--target", server.origin, *words))
        line = f"set -o pipefail; {command} {streams}"
        done = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, text=True, check=False)
        assert len(server.seen) == ("call" in words)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    if streams == "> /dev/full":
        assert done.stderr == "error: what is printed cannot be written: No space left on device\n"
