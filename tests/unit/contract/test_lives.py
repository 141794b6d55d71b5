"""Which things the suite makes, where their identifiers are, and which of them it removes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx2
import pytest
from vcsdk.copied.suite import removal
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.gate import RequestRefused
from vcsdk.copied.suite.lives import Life, Plain, at, home_of, identifier_in, member_at, text_of
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation
from vcsdk.copied.suite.run import Run
from vcsdk.copied.suite.settings import Settings
from vcsdk.emitters.contract.facts import facts
from vcsdk.emitters.contract.fitting import Fitting
from vcsdk.emitters.contract.lives import lives
from vcsdk.pipeline import read_api

URL = "http://127.0.0.1:1"
TEXT = {"type": "string"}
NONE = {"description": "None."}


def life_of(folder: Path, **changed: Any) -> tuple[Life, ...]:
    """The lives of an API of things; `changed` replaces parts of the description."""
    given: dict[str, Any] = {
        "create": {"type": "object", "required": ["name"], "properties": {"name": TEXT, "note": TEXT}},
        "show": {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT, "note": TEXT}},
        "made": None,
        "links": {},
        "parameter": TEXT,
        "query": [],
        "list": None,
        "member": "/things/{id}",
        "put": {},
        "headers": {},
        "change": "put",
        **changed,
    }
    made = given["made"] or given["show"]
    listed = given["list"] or {"type": "array", "items": given["show"]}

    def ok(schema: Any, **more: Any) -> dict[str, Any]:
        return {"description": "ok", "content": {"application/json": {"schema": schema}}, **more}

    def body(schema: Any) -> dict[str, Any]:
        return {"required": True, "content": {"application/json": {"schema": schema}}}

    name = given["member"].rpartition("{")[2].partition("}")[0]
    place = [{"name": name, "in": "path", "required": True, "schema": given["parameter"]}]
    member = {
        "parameters": place,
        "get": {"operationId": "get", "responses": {"200": ok(given["show"])}},
        given["change"]: {
            "operationId": "put",
            "parameters": given["headers"].get("put", []),
            "requestBody": body(given.get("changed", given["create"])),
            "responses": {"200": ok(given["show"]), **given["put"]},
        },
        "delete": {
            "operationId": "drop",
            "parameters": given["headers"].get("drop", []),
            "responses": {"204": {"description": "gone"}},
        },
    }
    things = {
        "get": {"operationId": "list", "parameters": given["query"], "responses": {"200": ok(listed)}},
        "post": {
            "operationId": "make",
            "parameters": given["headers"].get("make", []),
            "requestBody": body(given["create"]),
            "responses": {"201": ok(made, links=given["links"])},
        },
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": things, given["member"]: member},
    }
    path = folder / "things.json"
    path.write_text(json.dumps(document))
    described = read_api(path)
    keys = {o.key: o.key for o in described.api.operations}
    catalogue = facts(described.api, keys, document, Fitting(document))
    return lives(described.api, catalogue, document)


def test_a_collection_and_its_members_are_a_life(tmp_path: Path) -> None:
    (life,) = life_of(tmp_path)

    assert (life.name, life.identifier, life.listed, life.key) == ("/things", ("id",), (), "id")
    assert [each.name for each in life.plain] == ["name"]
    assert [each.name for each in life.optional] == ["note"]
    assert [each.name for each in life.changeable] == ["name", "note"]
    assert life.delete
    assert life.page == 0


SAID = {"type": "object", "required": ["name"], "properties": {"name": TEXT, "note": TEXT}}
SHOWN = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT, "note": TEXT}}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*properties], "properties": properties}


@pytest.mark.parametrize(
    ("changed", "places"),
    [
        ({}, ((), (), (), ("id",))),
        ({"show": _object(data=SHOWN)}, ((), ("data",), (), ("data", "id"))),
        ({"create": _object(thing=SAID), "show": _object(thing=SHOWN)}, (("thing",), ("thing",), (), ("thing", "id"))),
        (
            {
                "create": _object(data=_object(type=TEXT, attributes=SAID)),
                "show": _object(data=_object(type=TEXT, id=TEXT, attributes=SAID)),
            },
            (("data", "attributes"), ("data",), ("attributes",), ("data", "id")),
        ),
        ({"create": _object(spec=SAID), "show": _object(id=TEXT, spec=SAID)}, (("spec",), (), ("spec",), ("id",))),
        # What belongs to a thing has an identifier and a name as well.
        ({"show": _object(id=TEXT, name=TEXT, owner=SHOWN)}, ((), (), (), ("id",))),
        # Either object may be meant.
        ({"show": _object(thing=SHOWN, other=SHOWN)}, ((), (), (), None)),
    ],
)
def test_what_is_said_and_shown_may_stand_in_envelopes(
    changed: dict[str, Any], places: tuple[Any, ...], tmp_path: Path
) -> None:
    (life,) = life_of(tmp_path, **changed)

    assert (life.sent_in, life.holder, life.inside, life.identifier) == places


def test_a_change_of_an_object_in_a_flat_thing_changes_nothing_that_is_plain(tmp_path: Path) -> None:
    show = _object(id=TEXT, name=TEXT, address=_object(name=TEXT))
    (life,) = life_of(tmp_path, show=show, changed=_object(address=_object(name=TEXT)))

    assert life.change == ""


@pytest.mark.parametrize("named", [TEXT, {"type": "boolean"}, {"type": "string", "enum": ["a", "b"]}])
def test_what_wraps_a_change_may_be_called_as_a_plain_property_is(named: Any, tmp_path: Path) -> None:
    show = _object(id=TEXT, name=TEXT, kind=named)
    (life,) = life_of(tmp_path, show=show, changed=_object(kind=_object(name=TEXT, kind=named)))

    assert (life.change_in, [each.name for each in life.changeable][:1]) == (("kind",), ["name"])


@pytest.mark.parametrize("shape", [{}, {"type": "object", "additionalProperties": TEXT}, _object(name=TEXT)])
def test_an_object_that_is_shown_as_one_wraps_nothing(shape: Any, tmp_path: Path) -> None:
    show = _object(id=TEXT, name=TEXT, kind=shape)
    (life,) = life_of(tmp_path, show=show, changed=_object(kind=_object(name=TEXT)))

    assert life.change == ""


@pytest.mark.parametrize(
    ("listed", "place"),
    [
        ({"type": "array", "items": SHOWN}, ()),
        (_object(items={"type": "array", "items": SHOWN}), ("items",)),
        (_object(_embedded=_object(things={"type": "array", "items": SHOWN})), ("_embedded", "things")),
        (
            _object(one=_object(a={"type": "array", "items": SHOWN}), two=_object(b={"type": "array", "items": SHOWN})),
            None,
        ),
    ],
)
def test_a_list_stands_in_one_object_more_at_most(listed: Any, place: tuple[str, ...] | None, tmp_path: Path) -> None:
    (life,) = life_of(tmp_path, list=listed)

    assert life.listed == place


@pytest.mark.parametrize(
    ("changed", "identifier"),
    [
        ({"made": TEXT}, ()),
        ({"made": {"type": "integer"}}, ()),
        ({"made": {"type": "object", "properties": {"ok": {"type": "boolean"}}}}, None),
        ({"member": "/things/{thingId}", "made": {"type": "object", "properties": {"thing_id": TEXT}}}, ("thing_id",)),
        (
            {
                "made": {"type": "object", "properties": {"id": TEXT, "data": {"type": "object"}}},
                "links": {"it": {"operationId": "get", "parameters": {"id": "$response.body#/data/key"}}},
            },
            ("data", "key"),
        ),
        # A link to another operation says nothing of this one.
        ({"links": {"it": {"operationId": "drop", "parameters": {"id": "$response.body#/name"}}}}, ("id",)),
    ],
)
def test_where_the_identifier_is(changed: dict[str, Any], identifier: Any, tmp_path: Path) -> None:
    (life,) = life_of(tmp_path, **changed)

    assert life.identifier == identifier


@pytest.mark.parametrize(
    ("property_", "counts"),
    [
        (TEXT, True),
        ({"type": "boolean"}, True),
        ({"type": "integer", "minimum": 1, "maximum": 2}, True),
        ({"type": "integer", "minimum": 1, "maximum": 1}, False),
        ({"type": "string", "format": "date-time"}, False),
        ({"type": "string", "format": "email"}, False),
        ({"type": "string", "pattern": "^a"}, False),
        ({"type": "string", "enum": ["A", "B"]}, False),
        ({"type": "string", "maxLength": 3}, False),
        ({"type": "string", "writeOnly": True}, False),
        ({"type": "array", "items": TEXT}, False),
    ],
)
def test_what_is_shown_as_it_was_written(property_: Any, counts: bool, tmp_path: Path) -> None:
    both = {"type": "object", "required": ["p"], "properties": {"p": property_}}
    shown = {"type": "object", "required": ["id"], "properties": {"id": TEXT, "p": property_}}

    (life,) = life_of(tmp_path, create=both, show=shown)

    assert [each.name for each in life.plain] == (["p"] if counts else [])


@pytest.mark.parametrize("name", ["password", "api_secret", "accessToken", "pin", "owner_id", "ownerId"])
def test_what_a_server_hides_or_looks_for_is_not_compared(name: str, tmp_path: Path) -> None:
    kind = {"type": "integer"} if name.startswith("owner") else TEXT
    schema = {"type": "object", "required": [name], "properties": {name: kind}}

    (life,) = life_of(tmp_path, create=schema, show={"type": "object", "properties": {"id": TEXT, name: kind}})

    assert life.plain == ()


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ([], 0),
        ([{"name": "limit", "in": "query", "schema": {"type": "integer", "default": 20}}], 20),
        ([{"name": "pageSize", "in": "query", "schema": {"type": "integer"}}], -1),
        ([{"name": "cursor", "in": "query", "schema": TEXT}], -1),
        ([{"name": "colour", "in": "query", "schema": TEXT}], 0),
    ],
)
def test_a_list_may_have_pages(query: Any, page: int, tmp_path: Path) -> None:
    (life,) = life_of(tmp_path, query=query)

    assert life.page == page


def header(name: str, schema: Any = TEXT) -> Any:
    return [{"name": name, "in": "header", "required": True, "schema": schema}]


@pytest.mark.parametrize(
    ("headers", "steps"),
    [
        ({}, ("things.make", "things.put", "things.drop")),
        ({"make": header("Idempotency-Key")}, ("things.make", "things.put", "things.drop")),
        ({"make": header("X-Tenant"), "drop": header("X-Tenant")}, ("things.make", "things.put", "things.drop")),
        ({"put": header("If-Match"), "drop": header("If-Match")}, ("things.make", "things.put", "things.drop")),
        ({"drop": header("If-Unmodified-Since")}, ("things.make", "things.put", "things.drop")),
        # Of which state these are, nobody can know; what a PUT makes has none yet.
        ({"put": header("If-None-Match")}, ("things.make", "", "things.drop")),
        ({"make": header("If-Match")}, ("things.put", "things.put", "things.drop")),
    ],
)
def test_a_life_may_need_headers(headers: Any, steps: Any, tmp_path: Path) -> None:
    found = life_of(tmp_path, headers=headers)

    assert [(life.create, life.change, life.delete) for life in found] == ([steps] if steps else [])


@pytest.mark.parametrize(
    ("name", "schema", "kind"),
    [
        ("colour", {"type": "string", "enum": ["red", "blue"]}, "listed"),
        ("colour", {"type": "string", "enum": ["red", "blue"], "nullable": True}, "listed"),
        ("email", {"type": "string", "format": "email"}, "email"),
        ("colour", {"type": "string", "enum": ["red"]}, None),
        # Of two states the second may not follow from the first.
        ("state", {"type": "string", "enum": ["on", "off"]}, None),
        ("power_mode", {"type": "string", "enum": ["on", "off"]}, None),
        ("email", {"type": "string", "format": "email", "maxLength": 9}, None),
    ],
)
def test_some_are_compared_once_they_were_shown_so(name: str, schema: Any, kind: str | None, tmp_path: Path) -> None:
    both = {"type": "object", "required": [name], "properties": {name: schema}}
    shown = {"type": "object", "required": ["id"], "properties": {"id": TEXT, name: schema}}

    (life,) = life_of(tmp_path, create=both, show=shown)

    assert [each.kind for each in life.optional] == ([kind] if kind else [])
    assert life.plain == ()


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"type": "boolean"}, (True, False)),
        ({"type": "string", "enum": ["a", "b", "c", "d"]}, ("a", "b", "c")),
        ({"type": "integer", "minimum": 1, "maximum": 5}, (1, 2, 3)),
        ({"type": "integer", "minimum": 1, "maximum": 2}, (1, 2)),
        ({"type": "integer", "minimum": 1, "maximum": 1}, None),
        (TEXT, None),
    ],
)
def test_things_differ_in_what_their_list_is_asked_by(schema: Any, values: Any, tmp_path: Path) -> None:
    both = {"type": "object", "properties": {"kind": schema, "other": schema}}
    shown = {"type": "object", "properties": {"id": TEXT, "kind": schema}}
    query = [{"name": "kind", "in": "query", "schema": schema}]

    (life,) = life_of(tmp_path, create=both, show=shown, query=query)

    assert life.varied == ((("kind", values),) if values else ())


@pytest.mark.parametrize(
    ("method", "note", "names"),
    [
        ("patch", TEXT, ("note",)),
        ("patch", None, ("note",)),
        ("patch", {**TEXT, "default": "none"}, ()),
        ("put", TEXT, ()),
    ],
)
def test_what_a_patch_does_not_name_it_leaves_alone(method: str, note: Any, names: Any, tmp_path: Path) -> None:
    changed = {"type": "object", "required": ["name"], "properties": {"name": TEXT, **({"note": note} if note else {})}}

    (life,) = life_of(tmp_path, change=method, changed=changed)

    assert life.left_alone == names


def test_what_needs_more_than_a_body_is_not_made(tmp_path: Path) -> None:
    listing = [{"name": "tenant", "in": "query", "required": True, "schema": TEXT}]

    (life,) = life_of(tmp_path, query=listing)
    assert life.list == ""


@pytest.mark.parametrize(
    "pattern", ["^[A-Z]{3}[0-9]{4}$", "^[a-z][a-z0-9-]{1,62}$", "^(eu|us)-[0-9]{3,}$", "^[1-9][0-9]{0,8}$"]
)
def test_an_identifier_that_a_client_chooses_may_have_a_pattern(pattern: str, tmp_path: Path) -> None:
    key = {"type": "string", "pattern": pattern}
    body = {"type": "object", "required": ["id"], "properties": {"id": key}}
    (life,) = life_of(tmp_path, create=body, parameter=key)

    assert life.chosen is not None
    values = {life.chosen.value(str(number)) for number in range(50)}
    assert all(re.search(pattern, value) for value in values)
    assert len(values) > 40
    assert life.chosen.value("1") in values


@pytest.mark.parametrize(
    ("put", "parameter", "kind"),
    [
        ({}, TEXT, "text"),
        ({"404": NONE, "201": NONE}, TEXT, "text"),
        ({}, {"type": "string", "format": "uuid"}, "uuid"),
        ({}, {"type": "integer"}, "integer"),
        ({"404": NONE}, TEXT, None),
        ({}, {"type": "string", "pattern": "^[a-z]{3}$"}, "matching"),
        ({}, {"type": "string", "pattern": "^(a|b)$"}, None),
        ({}, {"type": "string", "enum": ["a", "b"]}, None),
    ],
)
def test_a_put_may_make_what_its_path_names(put: Any, parameter: Any, kind: str | None, tmp_path: Path) -> None:
    found = life_of(tmp_path, member="/others/{id}", put=put, parameter=parameter)

    assert [life.placed.kind for life in found if life.placed is not None] == ([kind] if kind is not None else [])
    assert [(life.name, life.create, life.change) for life in found] == (
        [("/others", "others.put", "others.put")] if found else []
    )


@pytest.mark.parametrize(("kind", "least", "most"), [("text", 0, 0), ("text", 30, 0), ("text", 0, 6), ("text", 3, 8)])
def test_a_text_fits_and_is_another_one_each_time(kind: str, least: int, most: int) -> None:
    plain = Plain("name", kind, least, most)
    values = {plain.value(mark, changed=changed) for mark in "abc" for changed in (False, True)}

    assert len(values) == 6
    assert all(least <= len(value) <= (most or 99) for value in values)
    assert plain.value("a") == plain.value("a")


def test_what_stands_somewhere() -> None:
    assert at({"a": {"b": 1}}, ("a", "b")) == 1
    assert at([], ("a",)) is None
    assert [text_of(value) for value in (1, "x", "", None, True, 1.5, [])] == ["1", "x", None, None, None, None, None]


def catalogue(life: Life) -> Catalogue:
    one = [("POST", "/things", "make"), ("GET", "/things/{id}", "get"), ("DELETE", "/things/{id}", "drop")]
    effects = {"POST": Effect.WRITE, "GET": Effect.READ, "DELETE": Effect.DESTRUCTIVE}
    operations = tuple(Operation(name, name, method, path, (), "#", effects[method]) for method, path, name in one)
    return Catalogue(operations, prefix="/v1", lives=(life,))


LIFE = Life("/things", "make", "get", ("id",), {"name": "text"}, (Plain("name", "text"),), delete="drop")


class Server:
    """Keeps what it is sent; `change` is what it does to an answer before it leaves."""

    def __init__(self, status: int = 201, change: Callable[[dict[str, Any]], dict[str, Any]] = dict) -> None:
        self.things: dict[str, Any] = {"old": {"id": "old", "name": "text"}}
        self.status, self.change, self.refuses = status, change, False

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        identifier = request.url.path.rpartition("/")[2]
        if request.method == "POST":
            thing = self.change({**json.loads(request.content), "id": f"n{len(self.things)}"})
            self.things.setdefault(thing["id"], thing)
            return httpx2.Response(self.status, json=thing)
        if identifier not in self.things:
            return httpx2.Response(404)
        if request.method == "DELETE":
            if self.refuses:
                return httpx2.Response(409)
            del self.things[identifier]
            return httpx2.Response(204)
        return httpx2.Response(200, json=self.things[identifier])


def run_on(server: Server, folder: Path, level: Effect = Effect.WRITE, life: Life = LIFE) -> Run:
    (folder / "openapi.json").write_text(json.dumps({"openapi": "3.0.3", "paths": {}}))
    known = catalogue(life)
    settings = Settings(URL, level=level)
    return Run(settings, known, Description(folder / "openapi.json"), folder, httpx2.MockTransport(server))


def make(run: Run, name: str = "mine") -> httpx2.Response:
    return run.client.post(run.url("/things"), json={"name": name})


def test_what_a_run_made_it_removes(tmp_path: Path) -> None:
    server = Server()
    run = run_on(server, tmp_path)

    make(run)
    make(run)
    run.close()

    assert list(server.things) == ["old"]
    assert run.shared.left == []


def test_deleting_what_is_not_its_own_stays_destructive(tmp_path: Path) -> None:
    run = run_on(Server(), tmp_path)

    with pytest.raises(RequestRefused, match="--level destructive --allow drop"):
        run.client.delete(run.url("/things/old"))


def test_deleting_what_is_not_shown_to_be_its_own_stays_destructive(tmp_path: Path) -> None:
    run = run_on(Server(), tmp_path)
    place = make(run).json()["id"]

    with pytest.raises(RequestRefused):
        run.client.delete(run.url(f"/things/{place}"))
    assert run.gate.made.confirm(f"/v1/things/{place}", {"name": "mine"}, marked=False)
    assert run.client.delete(run.url(f"/things/{place}")).status_code == 204
    # It was its own: that it is gone is what a second deletion asks.
    assert run.client.delete(run.url(f"/things/{place}")).status_code == 404


@pytest.mark.parametrize(
    ("server", "why"),
    [
        # An answer that names what was there before, and one of a server that may have had it.
        (Server(change=lambda thing: {**thing, "id": "old"}), "/v1/things/old: it does not show that the run made it"),
        (Server(status=200), "/v1/things/n1: it does not show that the run made it"),
        (Server(change=lambda thing: {**thing, "name": "x"}), "/v1/things/n1: it does not show that the run made it"),
    ],
)
def test_what_may_be_somebody_elses_is_left_and_named(server: Server, why: str, tmp_path: Path) -> None:
    run = run_on(server, tmp_path)

    make(run)
    run.close()

    assert "old" in server.things
    assert run.shared.left == [why]


def test_two_creates_with_one_answer_made_nothing_of_their_own(tmp_path: Path) -> None:
    """As a server without a state answers, and one that looks for what is there already."""
    server = Server(change=lambda thing: {**thing, "id": "same"})
    run = run_on(server, tmp_path)

    make(run)
    assert not run.gate.made.is_repeated("/v1/things/same")
    make(run)
    assert run.gate.made.is_repeated("/v1/things/same")
    run.close()

    assert "same" in server.things
    assert run.shared.left == ["/v1/things/same: it does not show that the run made it"]


def test_what_cannot_be_removed_is_named(tmp_path: Path) -> None:
    server = Server()
    run = run_on(server, tmp_path)
    make(run)
    server.refuses = True

    assert list(removal.remove_all(run.target)) == ["/v1/things/n1: DELETE was answered 409"]


def test_what_no_operation_deletes_is_named(tmp_path: Path) -> None:
    life = Life("/things", "make", "get", ("id",), {"name": "text"}, (Plain("name", "text"),))
    run = run_on(Server(), tmp_path, life=life)
    make(run)

    assert list(removal.remove_all(run.target)) == ["/v1/things/n1: the description says of no way to delete it"]


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("/v1/things/7", "/v1/things/7"),
        ("things/7", "/v1/things/7"),
        (f"{URL}/v1/things/7", "/v1/things/7"),
        ("http://elsewhere.example.com/v1/things/7", None),
        ("//elsewhere.example.com/v1/things/7", None),
        ("", None),
    ],
)
def test_only_a_place_on_the_target_is_one(location: str, place: str | None, tmp_path: Path) -> None:
    life = Life("/things", "make", "get", None, {"name": "text"}, (Plain("name", "text"),), delete="drop")
    run = run_on(Server(), tmp_path, life=life)
    request = httpx2.Request("POST", run.url("/things"))

    found = run.gate.made.place(life, request, httpx2.Response(201, headers={"Location": location}))

    assert found == place


@pytest.mark.parametrize(
    ("template", "home", "identifier", "place"),
    [
        ("/things/{id}", "/things", "a/b", "/things/a%2Fb"),
        ("/things/{id}/", "/things", "a", "/things/a/"),
        ("/Things('{id}')", "/Things", "it's", "/Things('it%27%27s')"),
        ("/Things({id})", "/Things", "7", "/Things(7)"),
        ("/a/{x}/b/{y}", "/a/{x}/b", "c", "/a/{x}/b/c"),
    ],
)
def test_a_member_is_where_its_template_says(template: str, home: str, identifier: str, place: str) -> None:
    assert home_of(template) == home
    assert member_at(home, template, identifier) == place
    assert unquote(identifier_in(template, place)).replace("''", "'") == identifier


@pytest.mark.parametrize(
    "template", ["/things", "/things/{id}:cancel", "/things/id:{id}", "/x/{a},{b}", "/Things('{id})", "/"]
)
def test_what_does_not_end_with_an_identifier_is_no_member(template: str) -> None:
    assert home_of(template) == ""
