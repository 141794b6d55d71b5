"""Mutants: what they change, which are drawn, which of them matter, and how they are told."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from vcsdk.cli.main import main
from vcsdk.contract.mutants import kinds, table
from vcsdk.contract.mutants.choosing import Mutant, choose
from vcsdk.contract.mutants.kinds import ANSWER_KINDS, HEADER_KINDS, KINDS, MEMBER_KINDS
from vcsdk.contract.mutants.layer import Layer
from vcsdk.contract.mutants.mattering import Difference, Judge, contradicted
from vcsdk.contract.mutants.messages import Exchange, Given, Sent
from vcsdk.contract.mutants.trying import Mutation, Tried, mutate
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation
from vcsdk.pipeline import read_api

JSON = (("content-type", "application/json"), ("etag", '"1"'))
THING = {"id": "thing-0001", "name": "n", "size": 1, "parts": [{"code": "a"}, {"code": "b"}]}
THINGS: tuple[str, str, tuple[str, ...]] = ("GET", "/things/*", ())


def sent(method: str = "GET", path: str = "/things/thing-0001", query: str = "") -> Sent:
    return Sent(method, path, query, (("x-key", "k"),), b"{}" if method in ("PUT", "POST") else b"")


def given(value: Any = THING, status: int = 200, headers: Any = JSON) -> Given:
    return Given(status, headers, json.dumps(value).encode() if value is not None else b"")


def kind(name: str) -> Any:
    return next(each for each in KINDS if each.id == name)


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("drop-member", ("name",), {"id": "thing-0001", "size": 1, "parts": [{"code": "a"}, {"code": "b"}]}),
        ("drop-member", ("parts", "*", "code"), {**THING, "parts": [{}, {}]}),
        ("null-member", ("size",), {**THING, "size": None}),
        ("retype-member", ("size",), {**THING, "size": "1"}),
        ("retype-member", ("parts",), {**THING, "parts": {}}),
        ("alter-member", ("size",), {**THING, "size": 2}),
        ("alter-member", ("name",), {**THING, "name": "nx"}),
        ("swap-members", ("name",), {**THING, "id": "n", "name": "thing-0001"}),
        ("add-member", ("name",), {**THING, "name_x": "n"}),
        ("rename-member", ("size",), {**{k: v for k, v in THING.items() if k != "size"}, "SIZE": 1}),
        ("drop-item", ("parts",), {**THING, "parts": [{"code": "a"}]}),
        ("repeat-item", ("parts",), {**THING, "parts": [{"code": "a"}, {"code": "b"}, {"code": "b"}]}),
    ],
)
def test_a_member_is_changed_where_it_stands(name: str, place: tuple[str, ...], value: Any) -> None:
    changed = MEMBER_KINDS[kind(name)](given(), place)
    assert changed is not None
    assert changed.value == value


def test_what_is_not_there_is_not_changed() -> None:
    for change in MEMBER_KINDS.values():
        assert change(given(), ("no", "such")) is None
        assert change(given([]), ("name",)) is None
    assert [change(given(None, 204, ())) for each, change in ANSWER_KINDS.items() if each.id.endswith("-body")] == [
        None
    ] * 3
    assert all(change(given(), "location") is None for change in HEADER_KINDS.values())


def test_the_length_of_a_changed_body_is_the_truth() -> None:
    whole = given(headers=(*JSON, ("content-length", "999")))
    cut = ANSWER_KINDS[kind("cut-body")](whole)
    assert cut is not None
    assert cut.header("content-length") == str(len(cut.body)) == str(len(whole.body) // 2)


def test_requests_are_alike_whatever_they_ask_for() -> None:
    assert sent().scope == sent(path="/things/thing-7").scope == THINGS
    assert sent(query="limit=1&limit=2").scope == sent(query="limit=9").scope != sent().scope


@pytest.mark.slow
def test_the_same_seed_draws_the_same_and_each_kind_has_its_turn() -> None:
    passed = [
        Exchange(sent(), given(), given()),
        Exchange(sent("POST", "/things", "dry=true"), None, given(status=201)),
        Exchange(sent(path="/things/none"), None, given({"detail": "no"}, 404)),
    ]
    chosen = choose(passed, 60, 1)
    assert chosen == choose(passed, 60, 1) != choose(passed, 60, 2)
    assert len(set(chosen)) == 60
    assert {mutant.kind for mutant in choose(passed, 400, 1)} == set(KINDS)
    assert choose([], 10, 1) == []
    assert Mutant(kind("drop-member"), THINGS, 200, ("parts", "*", "code")).told == (
        "drop-member of GET /things/*: parts.*.code (200)"
    )


class Shelf:
    """A server that counts what reaches it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.app = Starlette(
            routes=[Route("/names", self.add, methods=["POST"]), Route("/names", self.all, methods=["GET"])]
        )

    async def add(self, request: Request) -> Response:
        self.names.append((await request.json())["name"])
        return JSONResponse({"number": len(self.names)}, 201)

    async def all(self, request: Request) -> Response:
        wanted = request.query_params.get("only")
        found = [name for name in self.names if wanted in (None, name)]
        return JSONResponse({"names": found, "key": request.headers.get("x-key")})


def through(id_: str, scope: Any, status: int, **fields: Any) -> tuple[Layer, TestClient, Shelf]:
    shelf = Shelf()
    earlier = Layer(Shelf().app)
    first = TestClient(earlier)
    first.post("/names", json={"name": "first"})
    first.get("/names")
    layer = Layer(shelf.app, Mutant(kind(id_), scope, status, **fields), earlier.passed)
    return layer, TestClient(layer), shelf


POST, GET = ("POST", "/names", ()), ("GET", "/names", ())


def test_without_a_mutant_everything_passes_as_it_is() -> None:
    layer, shelf = Layer(Shelf().app), Shelf()
    ours, theirs = TestClient(layer), TestClient(shelf.app)
    for client in (ours, theirs):
        client.post("/names", json={"name": "a"})
    assert ours.get("/names").json() == theirs.get("/names").json() == {"names": ["a"], "key": None}
    assert [(e.sent.method, e.given.status, e.touched) for e in layer.passed] == [
        ("POST", 201, False),
        ("GET", 200, False),
    ]


@pytest.mark.parametrize(
    ("name", "reached", "answers"),
    [
        ("ignore-request", [], [1, 1]),
        ("repeat-request", ["a", "a", "b", "b"], [2, 4]),
        ("ignore-body", ["first", "first"], [1, 2]),
        ("fail", ["a", "b"], [1, 2]),
    ],
)
def test_a_changing_request_reaches_the_server_otherwise(name: str, reached: list[str], answers: list[int]) -> None:
    layer, client, shelf = through(name, POST, 201)
    told = [client.post("/names", json={"name": each}).json()["number"] for each in "ab"]
    assert (shelf.names, told) == (reached, answers)
    assert all(exchange.touched for exchange in layer.passed)


def test_readings_are_answered_otherwise() -> None:
    layer, client, shelf = through("repeat-answer", GET, 200)
    assert [client.get("/names").json()["names"], shelf.names.append("a"), client.get("/names").json()["names"]] == [
        [],
        None,
        [],
    ]
    assert [exchange.touched for exchange in layer.passed] == [False, True]
    _, client, shelf = through("ignore-header", GET, 200, name="x-key")
    assert client.get("/names", headers={"X-Key": "k"}).json()["key"] is None
    layer, client, shelf = through("ignore-query", ("GET", "/names", ("only",)), 200, name="only")
    shelf.names += ["a", "b"]
    assert client.get("/names?only=a").json()["names"] == ["a", "b"]
    assert layer.passed[0].clean is not None
    assert layer.passed[0].clean.value["names"] == ["a"]


def test_a_mutant_is_at_work_where_the_status_is_its_own() -> None:
    layer, client, _ = through("fail", GET, 404)
    assert client.get("/names").status_code == 200
    assert not layer.passed[0].touched


def test_an_answer_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float, _sleep: Any = asyncio.sleep) -> None:
        slept.append(seconds)
        await _sleep(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    _, client, _ = through("delay", GET, 200)
    client.get("/names")
    assert kinds.DELAY in slept


READ = Operation("things.read", "read", "GET", "/things/{id}", (), "#/paths/~1things~1{id}/get", Effect.READ)
PUT = Operation("things.put", "put", "PUT", "/things/{id}", (), "#/paths/~1things~1{id}/put", Effect.WRITE)


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    schema = {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}, "size": {"type": "integer"}, "parts": {}},
    }
    content = {"application/json": {"schema": schema}}
    answers = {
        "200": {"description": "It.", "headers": {"ETag": {}}, "content": content},
        "404": {"description": "No."},
    }
    document = {
        "openapi": "3.1.0",
        "paths": {"/things/{id}": {"get": {"responses": answers}, "put": {"responses": answers}}},
    }
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    clean = [Exchange(sent(), given(), given()), Exchange(sent(), given(None, 404), given(None, 404))]
    return Judge(Description(tmp_path / "openapi.json"), Catalogue((READ, PUT)), clean)


def changed(new: Given, clean: Given | None = None, by: Sent | None = None) -> Exchange:
    return Exchange(by or sent(), clean or given(), new, touched=True)


@pytest.mark.parametrize(
    ("new", "difference"),
    [
        (given(status=201), Difference.STATUS),
        (given({"id": "thing-0001"}), Difference.VALIDITY),
        (given({**THING, "more": 1}), Difference.VALIDITY),
        (given(None), Difference.VALIDITY),
        (given(headers=(("content-type", "text/plain"), ("etag", '"1"'))), Difference.VALIDITY),
        (Given(200, JSON, b'{"id'), Difference.VALIDITY),
        (given(headers=JSON[:1]), Difference.HEADER),
        (given(headers=(*JSON, ("x-other", "1"))), None),
        (given({**THING, "name": "nx"}), None),
    ],
)
def test_what_is_promised_matters(new: Given, difference: Difference | None, judge: Judge) -> None:
    assert judge.difference([changed(new)]) is difference


def late(status: int) -> Exchange:
    """A later answer that nothing has touched."""
    return Exchange(sent(path="/things/late"), None, given(None, status))


@pytest.mark.parametrize(
    ("ignored", "again", "difference"),
    [
        (given(status=200), 404, Difference.STATUS),  # it was carried out, and something else shows
        (given(None, 404), 404, None),  # refused as it is without the mutant
        (given(None, 400), 404, Difference.STATUS),  # refused in another way
        (given(status=200), 503, None),  # two runs without a mutant differ there, too
    ],
)
def test_what_did_not_arrive_shows_in_later_answers(
    ignored: Given, again: int, difference: Difference | None, judge: Judge
) -> None:
    put = sent("PUT", "/things/gone")
    before = given(None, 404) if ignored.status >= 400 else ignored
    clean = [Exchange(put, None, before), late(404)]
    judged = Judge(judge._description, Catalogue((READ, PUT)), clean, [clean[0], late(again)])
    assert judged.difference([Exchange(put, None, ignored, touched=True), late(200)]) is difference


def test_a_value_matters_that_another_answer_contradicts(judge: Judge) -> None:
    wrong = changed(given({**THING, "name": "nx"}))
    listed = Exchange(sent(path="/things"), None, given([THING]))
    elsewhere = Exchange(sent(path="/things"), None, given([{**THING, "id": "thing-0002"}]))
    put = Exchange(sent("PUT"), None, given())
    assert judge.difference([wrong, listed]) is Difference.CONTRADICTION
    assert judge.difference([listed, wrong]) is Difference.CONTRADICTION
    assert judge.difference([put, wrong]) is Difference.CONTRADICTION
    # Of another thing, before something was changed, or said alike by all: nobody contradicts it.
    assert not contradicted([wrong, elsewhere])
    assert not contradicted([listed, Exchange(sent("PUT", "/other"), None, given(None)), wrong])
    assert not contradicted([wrong, wrong])


def test_what_did_not_arrive_shows_in_later_statuses(judge: Judge) -> None:
    ignored = Exchange(sent("PUT"), None, given(None, 204, ()), touched=True)
    before, after = Exchange(sent(), given(), given()), Exchange(sent(), given(), given())
    gone = Exchange(sent(), given(None, 404), given(None, 404))
    assert judge.difference([before, ignored, gone]) is None
    assert judge.difference([before, ignored, after]) is Difference.STATUS
    assert judge.difference([before, after]) is None


ROWS = (
    Tried("drop-member of GET /a: b (200)", "drop-member", "status", 3, True, False, ("body-fits", "x", "y"), 1.0),
    Tried("fail of GET /a (200)", "fail", "status", 3, True, True, (), 1.0, "cannot sign in\nmore"),
    Tried("delay of GET /a (200)", "delay", "", 0, False, False, (), 1.0),
    Tried("drop-header of GET /a: x (200)", "drop-header", "a documented header", 1, False, False, (), 1.0),
)


def test_the_share_is_of_those_that_matter() -> None:
    result = Mutation(ROWS, 7)
    told = result.as_dict()
    assert (told["matter"], told["caught"], told["others"], told["share"], told["seed"]) == (3, 2, 1, 0.6667, 7)
    assert told["kinds"]["drop-header"] == {"drawn": 1, "matter": 1, "missed": 1}
    assert not result.perfect
    assert Mutation(ROWS[:3], 7).perfect
    assert not Mutation(ROWS[:3], 7, ("body-fits things.read",)).perfect
    lines = [table.line(row) for row in ROWS]
    assert [line.split()[0] for line in lines] == ["caught", "caught", "other", "MISSED"]
    assert "cannot sign in" in lines[1]
    assert "never at work" in lines[2]
    last = list(table.closing(result))
    assert "missed: drop-header of GET /a: x (200) (a documented header)" in last
    assert last[-1].startswith("2 of 3 mutants that matter were caught (66.7%), 1 of them by a run that could not be")


@pytest.mark.parametrize(
    "words", [["--mutate", "0"], ["--mutate", "3", "--fault", "x"], ["--mutate", "3", "--markdown"]]
)
def test_a_wrong_command_line_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "score", "spec/vcha.yaml", *words]) == 2
    assert "--mutate takes a number" in capsys.readouterr().err


LAMP = """\
openapi: 3.1.0
info: {title: Lamp, version: "1"}
paths:
  /lamp:
    get:
      operationId: read
      responses:
        "200":
          description: It.
          content:
            application/json:
              schema: {type: object, required: [on], properties: {on: {type: boolean}, colour: {type: string}}}
"""


@pytest.mark.slow
def test_the_suite_runs_with_each_mutant(tmp_path: Path) -> None:
    (tmp_path / "lamp.yaml").write_text(LAMP)
    told: list[Tried | str] = []
    result = mutate(read_api(tmp_path / "lamp.yaml"), 4, seed=4, workers=2, on_row=told.append)
    assert result.clean == ()
    assert len(result.rows) == 4
    assert str(told[0]).startswith("without a mutant: nothing found; 4 mutants of")
    assert {row.mutant for row in told[1:] if isinstance(row, Tried)} == {row.mutant for row in result.rows}
    assert result.caught
    assert all(row.touched for row in result.matter)
