"""A record keeps every name, whatever comes or goes beside what it names."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics, InputError, Level
from vcsdk.emitters import emit_all
from vcsdk.emitters.completeness import account
from vcsdk.emitters.surface import surface_of
from vcsdk.ir import Alias, Api, Enumeration, Kind, Ref, Scalar
from vcsdk.naming import Record
from vcsdk.naming.proposals import TakenError, accept, proposals
from vcsdk.naming.record import EMPTY
from vcsdk.naming.record_file import read_record
from vcsdk.naming.record_lines import RecordError
from vcsdk.naming.record_text import parse, render
from vcsdk.naming.recording import record_of
from vcsdk.pipeline import Described, read_api
from vcsdk.surface.text import render as render_surface

TEXT = {"type": "string"}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def answer(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "It.", "content": {"application/json": {"schema": schema}}}}


def operation(name: str, schema: Any, *parameters: Any, **more: Any) -> dict[str, Any]:
    return {"operationId": name, "parameters": list(parameters), "responses": answer(schema), **more}


def query(name: str, schema: Any = TEXT) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema}


def path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": TEXT}


MODE = {"type": "string", "enum": ["on", "off", "half-way"]}
INFO = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": TEXT, "mode": ref("Mode"), "disk": {"type": "object", "properties": {"size": TEXT}}},
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Things", "version": "1"},
    "paths": {
        "/rest/vm/{vm}": {"get": operation("Vm_get", ref("vm.info"), path("vm"), query("page.size"))},
        "/rest/vm": {
            "get": operation("Vm_list", {"type": "array", "items": ref("vm.info")}, query("filter.names")),
            "post": {
                "operationId": "Vm_create",
                "requestBody": {"required": True, "content": {"application/json": {"schema": ref("spec")}}},
                "responses": {"204": {"description": "Done."}},
            },
        },
    },
    "components": {
        "schemas": {
            "vm.info": INFO,
            "Mode": MODE,
            "spec": {"type": "object", "properties": {"name": TEXT, "mode": {"type": "string", "enum": ["a", "b"]}}},
            "Names": {"type": "array", "items": TEXT},
        }
    },
}


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def made(document: dict[str, Any], record: Record | None = None) -> Described:
        file = tmp_path / "things.json"
        file.write_text(json.dumps(document))
        return read_api(file, use_config=False, record=record)

    return made


def names_of(described: Described) -> Record:
    return record_of(described.api, described.document.original_ids)


def python_of(api: Api, known: Record) -> dict[str, Any]:
    """What everything released is called now."""
    methods = {o.request_line: (o.python_path, tuple(a.name for a in o.arguments)) for o in api.operations}
    # Behind a class stand the names for it that it had in other modules.
    classes = {s.name: s for s in reversed(list(api.schemas.values()))}
    fields = {
        name: sorted(f.name for f in getattr(classes[name], "fields", ())) if name in classes else None
        for name in known.classes
    }
    homes = {(s.module, s.name) for s in api.schemas.values() if s.name in fields}
    return {"methods": methods, "classes": fields, "homes": homes}


def test_a_record_reads_back_and_is_sorted(read: Any) -> None:
    record = names_of(read(DOCUMENT))
    text = render(record)
    assert parse(text) == record
    blocks = [line for line in text.splitlines() if line[0] not in " #"]
    assert blocks == sorted(blocks)
    assert render(parse(text)) == text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<<<<<<< HEAD", "no line of a record"),
        ("class X", "no line of a record"),
        ("  field a as b", "belongs to nothing"),
        ("operation GET /x 1\n  method a.b", "cannot be read here"),
        ("operation GET /x", "cannot be read here"),
        ("resource a is B in resources.a\nresource a is B in resources.a", "stands here twice"),
        ("class X in models.y\n  field", "no line about a class"),
        # What a merge by hand leaves.
        ("class X in models.x\nclass X in models.x", "`class X in models.x` stands here twice"),
        ("class X in models.x\n  field a as a\n  field a as a", "`field a` stands here twice"),
        ("class X in models.x\n  field a as a\n  field a as b", "`field a` stands here twice"),
        ("class X in models.x\n  field a as a\n  field b as a", "two fields are called `a`"),
        ("class X in models.x\n  field a as a\n  more a", "two fields are called `a`"),
        ("class X in models.x\n  member 1 as A\n  member 2 as A", "two members are called `A`"),
        ("class X in models.x\n  shape 1\n  shape 2", "`shape` stands here twice"),
        ("class X in models.x\n  whole of A\n  whole of B", "`whole` stands here twice"),
        ("class X in models.x\n  also Y in models.y\n  also Y in models.y", "stands here twice"),
        ("operation GET /x\n  method a.b\n  method a.c", "`method` stands here twice"),
        ("operation GET /x\n  id a\n  id b\n  method a.b", "`id` stands here twice"),
        ("operation GET /x\n  method a.b\noperation GET /y\n  method a.b", "two methods are called `a.b`"),
        ("operation GET /x\n  method a.b\nresource a.b is B in resources.b", "a method and a resource are called"),
        (
            "operation GET /x\n  method a.b\n  argument query q as q\n  argument query r as q",
            "two arguments are called",
        ),
        ("operation GET /x\n  method a.b\n  uses body A\n", "no line about an operation"),
        ("webhook a POST as a\n  uses body of A\n  uses body of B", "`uses body` stands here twice"),
        ("webhook a POST as a\n  id a", "no line about a webhook"),
        # What Python has not, and what is elsewhere.
        ("class X in models.x\n  field a as a-b", "`a-b` is no name in Python"),
        ("class X in models.x\n  field a as class", "`class` is no name in Python"),
        ("class X in models.x\n  field a as __init__", "`__init__` is no name in Python"),
        ("class None in models.x", "`None` is no name in Python"),
        ("class X in models", "`models` is no module of `models`"),
        ("class X in models...x", "is no module of `models`"),
        ("class X in models.__init__", "is no module of `models`"),
        ("class X in _runtime.client", "is no module of `models`"),
        ("resource a is B in models.a", "is no module of `resources`"),
        ("operation GET /x\n  method a..b", "`` is no name in Python"),
        ("keyword scheme a b c 1 as a.b", "`a.b` is no name in Python"),
        ('class X in models.x\n  field "a as a', "no line of a record"),
        ('class X in models.x\n  field "\\x" as a', "is no text"),
    ],
)
def test_what_is_no_record_is_refused_with_its_line(line: str, said: str) -> None:
    with pytest.raises(RecordError, match=said) as refused:
        parse(f"# A head.\n{line}\n")
    assert refused.value.line > 1


def test_a_file_of_another_system_is_read(tmp_path: Path, read: Any) -> None:
    text = render(names_of(read(DOCUMENT)))
    (tmp_path / "things.toml").write_text("")
    for content in (text.replace("\n", "\r\n").encode(), text.encode("utf-8-sig")):
        (tmp_path / "things.names.txt").write_bytes(content)
        diagnostics = Diagnostics()
        assert read_record(tmp_path / "things.toml", diagnostics).record == parse(text)
        assert list(diagnostics) == []


def test_a_wrong_file_is_an_error_of_the_description(tmp_path: Path) -> None:
    (tmp_path / "things.json").write_text(json.dumps(DOCUMENT))
    (tmp_path / "things.toml").write_text("")
    (tmp_path / "things.names.txt").write_text("=======\n")
    found = Diagnostics()
    with pytest.raises(InputError):
        read_api(tmp_path / "things.json", diagnostics=found)
    (error,) = (each for each in found if each.rule == "unreadable-names")
    assert error.location.line == 1


def test_the_same_description_gives_the_same_with_its_record(read: Any) -> None:
    first = read(DOCUMENT)
    assert read(DOCUMENT, names_of(first)).api == first.api


def rivals(chance: random.Random) -> dict[str, Any]:
    """The description with twins and rivals of what it has, in another order."""
    document = deepcopy(DOCUMENT)
    schemas, paths = document["components"]["schemas"], document["paths"]
    for name in chance.sample(
        ["VmInfo", "vm_info", "vm.Info", "mode", "MODE", "Spec", "VmCreate", "VmInfoDisk", "names"], 4
    ):
        schemas[name] = chance.choice([INFO, MODE, TEXT, {"type": "object", "properties": {"size": TEXT}}])
    for place in chance.sample(
        ["/api/vm/{vm}", "/api/vm", "/rest/vm/get", "/rest/vm/list/all", "/vm/{vm}", "/v2/vm"], 3
    ):
        given = [path("vm")] if "{" in place else []
        paths[place] = {
            "get": operation(chance.choice(["Vm_get", "Vm_list", "get"]), ref(chance.choice(sorted(schemas))), *given)
        }
    used = paths["/rest/vm/{vm}"]["get"]["parameters"]
    used += [query(name) for name in chance.sample(["page_size", "vm", "pageSize", "timeout"], 2)]
    schemas["vm.info"]["properties"] |= dict.fromkeys(chance.sample(["Id", "ID", "Mode", "DISK"], 2), TEXT)
    for table in (schemas, paths):
        rows = list(table.items())
        chance.shuffle(rows)
        table.clear()
        table.update(rows)
    return document


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_neighbours_change_no_name(read: Any, seed: int) -> None:
    first = read(DOCUMENT)
    record = names_of(first)
    before = python_of(first.api, record)
    crowded = read(rivals(random.Random(seed)), record)
    after = python_of(crowded.api, record)
    for line, (name, arguments) in before["methods"].items():
        assert after["methods"][line][0] == name
        assert set(arguments) <= set(after["methods"][line][1])
    for name, fields in before["classes"].items():
        assert set(fields) <= set(after["classes"][name])
    assert after["homes"] >= before["homes"]
    paths = [o.python_path for o in crowded.api.operations]
    assert len(paths) == len(set(paths))
    # And back: what was released with the crowd keeps its names when the crowd is gone.
    crowd = names_of(crowded)
    left = python_of(read(DOCUMENT, crowd).api, record)
    assert left["methods"] == before["methods"]
    assert left["classes"] == before["classes"]
    assert left["homes"] >= before["homes"]


def test_what_the_description_renames_keeps_its_name_and_has_the_new_one(read: Any) -> None:
    record = names_of(read(DOCUMENT))
    renamed = json.loads(json.dumps(DOCUMENT).replace("vm.info", "vm.details").replace("Vm_list", "Vm_search"))
    renamed["paths"]["/rest/vm/{id}"] = renamed["paths"].pop("/rest/vm/{vm}")
    renamed["paths"]["/rest/vm/{id}"]["get"]["parameters"][0]["name"] = "id"
    api = read(renamed, record).api
    found = {o.request_line: o for o in api.operations}
    assert found["GET /rest/vm"].name == "list"
    assert found["GET /rest/vm"].also == ("search",)
    assert [a.name for a in found["GET /rest/vm/{id}"].arguments] == ["vm", "page_size"]
    names = {s.name for s in api.schemas.values()}
    assert {"VmInfo", "VmDetails"} <= names
    # The next release knows both.
    again = read(renamed, names_of(read(renamed, record))).api
    assert {s.name for s in again.schemas.values()} == names
    assert {o.also for o in again.operations} == {(), ("search",)}


@pytest.mark.parametrize("word", ["None", "true", "Any", "UNSET", "ValueError", "client", "class", "self", "timeout"])
def test_a_new_name_that_python_or_the_package_has_already_is_spelled_as_a_first_one_would_be(
    read: Any, word: str
) -> None:
    renamed = json.loads(json.dumps(DOCUMENT).replace("vm.info", word).replace("Vm_list", f"Vm_{word}"))
    renamed["paths"]["/rest/vm/{id}"] = renamed["paths"].pop("/rest/vm/{vm}")
    renamed["paths"]["/rest/vm/{id}"]["get"]["parameters"][0]["name"] = word
    first = read(renamed).api
    (fresh,) = {s.name for s in first.schemas.values() if s.wire_name == word}
    (method,) = {o.name for o in first.operations if o.request_line == "GET /rest/vm"}

    described = read(renamed, names_of(read(DOCUMENT)))

    assert {"VmInfo", fresh} <= {s.name for s in described.api.schemas.values()}
    assert {o.name: o.also for o in described.api.operations}["list"] in ((method,), ())
    diagnostics = Diagnostics()
    assert account(described, emit_all(described), diagnostics).complete
    assert [found.message for found in diagnostics if found.level is Level.ERROR] == []


FAMILY = {"type": "string", "enum": ["IPV4", "IPV6"]}
SPEC = {"type": "object", "required": ["family"], "properties": {"family": TEXT, "size": {"type": "integer"}}}


@pytest.mark.parametrize("called", ["a.family", "z.family"])
@pytest.mark.parametrize("inner", [FAMILY, SPEC], ids=["enumeration", "struct"])
@pytest.mark.parametrize("used", [True, False], ids=["used", "alone"])
def test_of_equal_schemas_the_twin_stands_for_the_one_that_went(
    read: Any, called: str, inner: dict[str, Any], used: bool
) -> None:
    """Two forms of an API have the same schemas twice, and other schemas say the same too."""
    old = deepcopy(DOCUMENT)
    schemas, paths = old["components"]["schemas"], old["paths"]
    schemas |= {"m.family": inner, called: inner, "MFamily": inner}
    if used:
        for name, family in (("m.ip", "m.family"), ("MIp", "MFamily")):
            schemas[name] = {"type": "object", "required": ["f"], "properties": {"f": ref(family), "n": TEXT}}
            paths[f"/{'rest' if '.' in name else 'api'}/ip"] = {"get": operation(f"{name}_get", ref(name))}
    record = names_of(read(old))
    new = deepcopy(old)
    gone = ("MFamily", "MIp") if used else ("MFamily",)
    for name in gone:
        del new["components"]["schemas"][name]
    new["paths"].pop("/api/ip", None)
    names = {schema.name: schema for schema in read(new, record).api.schemas.values()}
    for name, twin in zip(gone, ("m.family", "m.ip"), strict=False):
        assert names[name].type == Ref(f"#/components/schemas/{twin}")


def chain(*names: str) -> dict[str, Any]:
    """Schemas that are each nothing but the next one, and the last a text."""
    schemas = {name: ref(after) for name, after in pairwise(names)} | {names[-1]: TEXT}
    paths = {"/a": {"get": operation("a_get", ref(names[0]))}}
    return {**DOCUMENT, "paths": paths, "components": {"schemas": schemas}}


@pytest.mark.parametrize("length", [2, 3, 4, 150])
def test_names_for_names_stay_what_they_are(read: Any, length: int) -> None:
    described = chain(*(f"A{number}" for number in range(length)))
    first = read(described)
    assert read(described, names_of(first)).api == first.api


@pytest.mark.parametrize("now", ["BA", "CBA", "BCA", "ACB", "CAB", "BAC", "AB", "A"])
def test_names_for_names_in_another_turn_lead_to_an_end(read: Any, now: str) -> None:
    record = names_of(read(chain("A", "B", "C")))
    schemas = read(chain(*now), record).api.schemas
    assert {schema.name for schema in schemas.values()} >= {"A", "B", "C"}
    for key in schemas:
        last, seen = schemas[key], set()
        while isinstance(last, Alias) and isinstance(last.type, Ref):
            assert last.key not in seen
            seen.add(last.key)
            last = schemas[last.type.key]
        assert isinstance(last, Alias)
        assert last.type == Scalar(Kind.STRING)


def test_what_went_with_its_users_is_what_stands_where_they_do(read: Any) -> None:
    """No name tells which of two equal schemas it is: the place in the equal user does."""
    old = deepcopy(DOCUMENT)
    schemas = old["components"]["schemas"]
    for stem, inner in (("Old", "Kind"), ("New", "Sort")):
        user = {"type": "object", "required": ["k"], "properties": {"k": ref(inner), "n": {"type": "integer"}}}
        schemas |= {f"{stem}Use": user, inner: FAMILY}
        old["paths"][f"/{stem}"] = {"get": operation(f"{stem}_get", ref(f"{stem}Use"))}
    schemas["Another"] = FAMILY
    record = names_of(read(old))
    new = deepcopy(old)
    del new["paths"]["/Old"], new["components"]["schemas"]["OldUse"], new["components"]["schemas"]["Kind"]
    names = {schema.name: schema for schema in read(new, record).api.schemas.values()}
    assert names["OldUse"].type == Ref("#/components/schemas/NewUse")
    assert names["Kind"].type == Ref("#/components/schemas/Sort")


def test_a_new_operation_has_no_name_that_went(read: Any) -> None:
    record = names_of(read(DOCUMENT))
    moved = deepcopy(DOCUMENT)
    moved["paths"]["/api/vm"] = {"get": operation("Vm_all", TEXT)}
    del moved["paths"]["/rest/vm"]["get"]
    moved["paths"]["/api/vm"]["get"]["operationId"] = "Vm_find"
    taken = deepcopy(moved)
    taken["paths"]["/api/vm"]["get"]["operationId"] = "list"
    assert {o.python_path for o in read(moved, record).api.operations} >= {"vm.find"}
    assert "vm.list" not in {o.python_path for o in read(taken, record).api.operations}


def test_an_operation_that_moves_keeps_its_method(read: Any) -> None:
    record = names_of(read(DOCUMENT))
    moved = deepcopy(DOCUMENT)
    moved["paths"]["/v2/machines"] = {"get": moved["paths"]["/rest/vm"].pop("get")}
    (found,) = (o for o in read(moved, record).api.operations if o.path == "/v2/machines")
    assert found.python_path == "vm.list"


@pytest.mark.parametrize("start", ["/v1", "/api/v1", "/a.b/{tenant}"])
def test_the_path_of_the_server_that_went_into_the_paths_changes_no_name(read: Any, start: str) -> None:
    """Whatever their operationIds are now, or where there are none."""
    first = read({**DOCUMENT, "servers": [{"url": f"https://h{start.replace('{tenant}', 't')}"}]})
    moved = deepcopy(DOCUMENT)
    moved["paths"] = {f"{start}{place}": item for place, item in moved["paths"].items()}
    moved["paths"][f"{start}/rest/vm"]["get"]["operationId"] = "Machines_find"
    del moved["paths"][f"{start}/rest/vm/{{vm}}"]["get"]["operationId"]
    if "{" in start:
        for item in moved["paths"].values():
            item["parameters"] = [path("tenant")]
    before = {o.path: o.python_path for o in first.api.operations}
    after = {o.path.removeprefix(start): o.python_path for o in read(moved, names_of(first)).api.operations}
    assert after == before


def test_a_newer_version_beside_an_old_one_has_a_name_of_its_own(read: Any) -> None:
    """Callers of what went must not send another request by its name."""
    record = names_of(read(DOCUMENT))
    newer = deepcopy(DOCUMENT)
    newer["paths"]["/v2/rest/vm"] = {"get": newer["paths"]["/rest/vm"].pop("get")}
    newer["paths"]["/v2/rest/vm"]["get"]["operationId"] = "Machines_find"
    (found,) = (o for o in read(newer, record).api.operations if o.path == "/v2/rest/vm")
    assert found.python_path != "vm.list"


def test_a_copy_in_place_in_one_content_type_is_the_class_of_the_others(read: Any) -> None:
    def described(body: Any, *, types: int, extra: Any = None) -> dict[str, Any]:
        document = deepcopy(DOCUMENT)
        content = {f"application/{name}+json": {"schema": ref("vm.info")} for name in "abc"[:types]}
        content["application/a+json"] = {"schema": body}
        document["paths"]["/rest/vm"]["post"]["requestBody"]["content"] = content
        document["paths"]["/rest/vm/{vm}"]["get"]["responses"]["200"]["content"] |= content
        return document

    for types in (1, 2, 3):
        first = read(described(ref("vm.info"), types=types))
        copied = read(described(INFO, types=types), names_of(first))
        assert surface_text(copied) == surface_text(first)
    other = read(described({**INFO, "required": []}, types=2), names_of(read(described(ref("vm.info"), types=2))))
    assert surface_text(other) != surface_text(read(described(ref("vm.info"), types=2)))


def test_an_enumeration_that_opens_stays(read: Any) -> None:
    record = names_of(read(DOCUMENT))
    opened = deepcopy(DOCUMENT)
    opened["components"]["schemas"]["spec"]["properties"]["mode"] = TEXT
    first = read(opened, record)
    (kept,) = (s for s in first.api.schemas.values() if s.name == "SpecMode")
    assert kept.opened
    assert [m.name for m in kept.members] == ["A", "B"]
    assert read(opened, names_of(first)).api == first.api


def test_proposals_are_what_a_fresh_start_would_give(read: Any) -> None:
    record = names_of(read(DOCUMENT))
    crowd = deepcopy(DOCUMENT)
    crowd["paths"]["/api/vm"] = {"get": operation("Vm_list", TEXT)}
    fresh = read(crowd, EMPTY)
    (told,) = (p for p in proposals(fresh.api, record, fresh.document.original_ids) if p.kind == "operation")
    assert (told.released, told.fresh) == ("vm.list", "rest.vm.list")
    assert read(crowd, accept(record, told)).api.find("rest.vm.list") is not None
    other = names_of(read(crowd, record))
    (back,) = (p for p in proposals(fresh.api, other, fresh.document.original_ids) if p.fresh == "vm.list")
    with pytest.raises(TakenError):
        accept(other, back)


def one_of(schema: dict[str, Any], where: str) -> dict[str, Any]:
    """A description with a schema in an answer, in a request, in a parameter or in a header."""
    thing = {"type": "object", "properties": {"m": schema, "n": {"type": "array", "items": schema}}}
    body = {"application/json": {"schema": thing}}
    operation: dict[str, Any] = {
        "answer": {"responses": {"200": {"description": "It.", "content": body}}},
        "request": {"requestBody": {"content": body}, "responses": {"204": {"description": "Done."}}},
        "parameter": {
            "parameters": [{"name": "m", "in": "query", "schema": schema}],
            "responses": {"204": {"description": "Done."}},
        },
        "header": {"responses": {"200": {"description": "It.", "headers": {"X-M": {"schema": schema}}}}},
    }[where]
    head = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
    return {**head, "paths": {"/t": {"post": {"operationId": "op", **operation}}}}


LISTED = {"type": "string", "enum": ["a", "b"]}
LESS = {"type": "string", "enum": ["a"]}


@pytest.mark.parametrize("where", ["answer", "header", "request", "parameter"])
def test_a_value_that_answers_have_no_more_keeps_its_member(read: Any, where: str) -> None:
    record = names_of(read(one_of(LISTED, where)))
    now = read(one_of(LESS, where), record).api
    lists = [schema for schema in now.schemas.values() if isinstance(schema, Enumeration)]
    found = lists[0]
    kept = where in ("answer", "header")
    assert [member.name for member in found.members] == (["A", "B"] if kept else ["A"])
    assert [member.value for member in found.listed] == ["a"]
    # The release after that goes on to know it, and it comes back as it was.
    again = names_of(read(one_of(LESS, where), record))
    assert names_of(read(one_of(LISTED, where), again)) == record
    assert names_of(read(one_of(LESS, where), again)) == again


@pytest.mark.parametrize("where", ["answer", "header", "request", "parameter"])
def test_a_constant_and_a_list_of_one_are_the_same_type(read: Any, where: str) -> None:
    constant = {"type": "string", "const": "a"}
    for old, new in ((constant, LESS), (LESS, constant)):
        before = read(one_of(old, where))
        after = read(one_of(new, where), names_of(before))
        assert surface_text(after) == surface_text(before)


def surface_text(described: Described) -> str:
    return render_surface(surface_of(described.api, described.config))


def test_the_class_of_a_webhook_is_known_by_its_place(read: Any) -> None:
    def hooked(schema: dict[str, Any]) -> dict[str, Any]:
        body = {"content": {"application/json": {"schema": schema}}}
        hook = {"post": {"requestBody": body, "responses": {"200": {"description": "Thanks."}}}}
        head = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
        return {**head, "paths": {}, "webhooks": {"made": hook}}

    def inside(**properties: Any) -> dict[str, Any]:
        return {"type": "object", "properties": {"a": {"type": "object", "properties": properties}}}

    record = names_of(read(hooked(inside(b=TEXT))))
    assert parse(render(record)) == record
    assert names_of(read(hooked(inside(b=TEXT, c=TEXT)), record)).classes.keys() == record.classes.keys()


def test_names_of_components_that_went_round_are_no_names(read: Any) -> None:
    """What was called A is called B, and the other way round: callers go on with what they had."""
    said = {
        "A": {"type": "object", "properties": {"a": TEXT, "inner": ref("B")}},
        "B": {"type": "object", "properties": {"b": TEXT}},
        "C": {"type": "string", "enum": ["x", "y"]},
    }

    def round_by(names: dict[str, str]) -> dict[str, Any]:
        schemas = {names[name]: schema for name, schema in deepcopy(said).items()}
        schemas[names["A"]]["properties"]["inner"] = ref(names["B"])
        paths = {f"/{name}": {"get": operation(f"get_{name}", ref(names[name]))} for name in said}
        head = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}}
        return {**head, "paths": paths, "components": {"schemas": schemas}}

    first = read(round_by({name: name for name in said}))
    before = surface_text(first)
    for names in ({"A": "B", "B": "A", "C": "C"}, {"A": "B", "B": "C", "C": "A"}, {"A": "C", "B": "A", "C": "B"}):
        assert surface_text(read(round_by(names), names_of(first))) == before
