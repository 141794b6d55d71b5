"""vAPI's maps over real HTTP: lists of `{key, value}` where the description has the older form, objects elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates, Reads, operation_of, ref
from tests.wire.generated import calling
from tests.wire.generated.calling import Handler, Server, both
from tests.wire.runtime.server import Reply

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
DISK = {"type": "object", "properties": {"label": TEXT, "size": NUMBER}, "required": ["label"]}
BUS = {"type": "string", "enum": ["IDE", "SCSI"]}
ERROR = {"vapi.std.errors.error": {"type": "object", "properties": {"messages": {"type": "array", "items": TEXT}}}}


def pairs(value: Any, key: Any = TEXT, **entry: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "properties": {"key": key, "value": value}, **entry}}


def objects(value: Any, key: Any = TEXT) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


def listed(**entries: Any) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in entries.items()]


@contextmanager
def sync(package: ModuleType, handler: Handler) -> Iterator[tuple[Any, Server]]:
    """A client that has its session already."""
    with calling.sync(package, handler, token="t") as made:
        yield made


def vm(of: Any) -> dict[str, Any]:
    fields = {
        "name": TEXT,
        "disks": of(ref("Disk")),
        "claims": of(of({"type": "array", "items": TEXT})),
        "buses": of(NUMBER, ref("Bus")),
    }
    return {"type": "object", "properties": fields, "required": ["name"]}


def description(
    answer: Any, body: Any = TEXT, *, rest: bool = True, vapi: bool = True, **schemas: Any
) -> dict[str, Any]:
    """`GET` gives the answer, in an envelope where the form is the older one; `POST` takes the body."""
    wrapped = {"type": "object", "properties": {"value": answer}, "required": ["value"]} if rest else answer
    ok = {"200": {"description": "ok", "content": {"application/json": {"schema": wrapped}}}}
    content = {"application/json": {"schema": {"type": "object", "properties": {"spec": body}, "required": ["spec"]}}}
    return {
        "paths": {
            "/rest/things" if rest else "/api/things": {
                "get": {"operationId": "get", "tags": ["things"], "security": [], "responses": ok},
                "post": {
                    "operationId": "send",
                    "tags": ["things"],
                    "security": [],
                    "requestBody": {"required": True, "content": content},
                    "responses": {"204": {"description": "ok"}},
                },
            }
        },
        "components": {"schemas": {"Disk": DISK, "Bus": BUS, **(ERROR if vapi else {}), **schemas}},
    }


IN_REST = {
    "name": "a",
    "disks": listed(d1={"label": "one", "size": 1}, d2={"label": "two"}),
    "claims": listed(perms=listed(group=["x", "y"])),
    "buses": listed(IDE=1, NVME=2),
}
IN_API = {
    "name": "a",
    "disks": {"d1": {"label": "one", "size": 1}, "d2": {"label": "two"}},
    "claims": {"perms": {"group": ["x", "y"]}},
    "buses": {"IDE": 1, "NVME": 2},
}


@pytest.mark.parametrize(
    ("rest", "form", "wire"), [(True, pairs, IN_REST), (False, objects, IN_API)], ids=["rest", "api"]
)
def test_both_dialects_are_dicts_to_callers(generate: Generates, rest: bool, form: Any, wire: Any) -> None:
    package = generate(**description(ref("VM"), ref("VM"), rest=rest, VM=vm(form)))
    models = package.models
    value = models.VM(
        name="a",
        disks={"d1": models.Disk(label="one", size=1), "d2": models.Disk(label="two")},
        claims={"perms": {"group": ["x", "y"]}},
        buses={models.Bus.IDE: 1, models.Bus("NVME"): 2},
    )

    def call(client: Any) -> Any:
        client.things.send(spec=value)
        client.things.send(spec=models.VM(name="b"))
        client.things.send(spec=models.VM(name="c", disks={}))
        return client.things.get()

    async def acall(client: Any) -> Any:
        await client.things.send(spec=value)
        await client.things.send(spec=models.VM(name="b"))
        await client.things.send(spec=models.VM(name="c", disks={}))
        return await client.things.get()

    answer = {"value": wire} if rest else wire
    seen, given = both(
        package, call, lambda request: Reply(204) if request.method == "POST" else Reply(json=answer), acall, token="t"
    )
    assert given == [value, value]
    assert type(given[0].disks) is type(given[0].claims["perms"]) is dict
    sent = [json.loads(request.body)["spec"] for request in seen if request.method == "POST"]
    assert sent == [wire, {"name": "b"}, {"name": "c", "disks": [] if rest else {}}] * 2


def test_a_server_may_answer_in_the_other_dialect(generate: Generates) -> None:
    package = generate(**description(ref("VM"), VM=vm(pairs)))
    for wire in (IN_API, {"value": IN_API}, IN_REST, {"value": IN_REST}):
        with sync(package, lambda _, wire=wire: Reply(json=wire)) as (client, _):
            found = client.things.get()
        assert found.disks["d2"].label == "two"
        assert found.claims == {"perms": {"group": ["x", "y"]}}


def test_a_map_is_the_whole_answer_and_whatever_holds_it(generate: Generates) -> None:
    anything = {"type": "array", "items": {"type": "object", "additionalProperties": pairs(ref("Disk"), NUMBER)}}
    package = generate(**description(anything, anything))
    wire = [{"a": [{"key": 7, "value": {"label": "x"}}], "b": []}, {}]
    value = [{"a": {7: package.models.Disk(label="x")}, "b": {}}, {}]
    with sync(package, lambda request: Reply(204) if request.method == "POST" else Reply(json={"value": wire})) as (
        client,
        server,
    ):
        assert client.things.get() == value
        client.things.send(spec=value)
    assert json.loads(server.seen[-1].body) == {"spec": wire}


def test_a_member_of_a_union_and_of_an_open_object(generate: Generates) -> None:
    either = {"oneOf": [pairs(NUMBER), ref("Disk"), {"type": "array", "items": TEXT}]}
    loose = {"type": "object", "properties": {"either": ref("Either")}, "additionalProperties": pairs(NUMBER)}
    package = generate(**description(ref("Open"), ref("Open"), Either=either, Open=loose))
    for wire, value in (
        (listed(a=1), {"a": 1}),
        ({"label": "x"}, package.models.Disk(label="x")),
        (["t"], ["t"]),
    ):
        body = {"either": wire, "more": listed(b=2)}
        with sync(package, lambda r, body=body: Reply(204) if r.method == "POST" else Reply(json={"value": body})) as (
            client,
            server,
        ):
            found = client.things.get()
            assert found.either == value
            assert found.additional_properties == {"more": {"b": 2}}
            client.things.send(spec=found)
        assert json.loads(server.seen[-1].body) == {"spec": body}


def test_a_map_or_an_object_are_told_apart(generate: Generates) -> None:
    package = generate(**description(ref("Either"), ref("Either"), Either={"oneOf": [pairs(NUMBER), ref("Disk")]}))
    for wire, value in ((listed(a=1), {"a": 1}), ({"label": "x"}, package.models.Disk(label="x"))):
        with sync(package, lambda r, wire=wire: Reply(204) if r.method == "POST" else Reply(json={"value": wire})) as (
            client,
            server,
        ):
            assert client.things.get() == value
            client.things.send(spec=value)
        assert json.loads(server.seen[-1].body) == {"spec": wire}


@pytest.mark.parametrize(
    ("disks", "said"),
    [
        ([{"key": "a", "value": {"label": 1}}], "value[0].disks[0].value.label: expected str, got int"),
        ([{"key": "a"}], "value[0].disks[0].value: required, but missing"),
        ([{"value": {"label": "x"}}], "value[0].disks[0].key: required, but missing"),
        ([{"key": 5, "value": {"label": "x"}}], "value[0].disks[0].key: expected str, got int"),
        (5, "value[0].disks: expected a list of pairs, got int"),
        ([*listed(a={"label": "x"}), *listed(a={"label": "y"})], "value[0].disks[1].key: a key that came before"),
    ],
    ids=["value", "no value", "no key", "key", "kind", "twice"],
)
def test_an_error_names_the_place_in_what_came(generate: Generates, disks: Any, said: str) -> None:
    package = generate(**description({"type": "array", "items": ref("VM")}, VM=vm(pairs)))
    wire = {"value": [{"name": "a", "disks": disks}]}
    with (
        sync(package, lambda _: Reply(json=wire)) as (client, _),
        pytest.raises(package.UnexpectedAnswer) as caught,
    ):
        client.things.get()
    assert f"answer.{said}" in str(caught.value)
    assert json.loads(caught.value.response.content) == wire


@pytest.mark.parametrize(
    ("disks", "said"),
    [
        ({"a": 1}, "spec.disks[...]: expected object, got int"),
        (1, "spec.disks: expected a list of pairs, got int"),
    ],
)
def test_an_argument_that_does_not_fit_is_refused(generate: Generates, disks: Any, said: str) -> None:
    package = generate(**description(ref("VM"), ref("VM"), VM=vm(pairs)))
    with sync(package, lambda _: Reply(204)) as (client, server):
        with pytest.raises(package.errors.ArgumentError) as caught:
            client.things.send(spec=package.models.VM(name="a", disks=disks))
        assert server.seen == []
    assert str(caught.value) == said


def test_in_a_query_and_in_a_form_it_is_the_list_that_is_described(generate: Generates) -> None:
    document = description(TEXT, TEXT)
    operation = document["paths"]["/rest/things"]["post"]
    operation["parameters"] = [{"name": "q", "in": "query", "schema": pairs(NUMBER)}]
    fields = {"type": "object", "properties": {"labels": pairs(NUMBER)}, "required": ["labels"]}
    operation["requestBody"]["content"] = {"application/x-www-form-urlencoded": {"schema": fields}}
    package = generate(**document)
    with sync(package, lambda _: Reply(204)) as (client, server):
        client.things.send(q={"a": 1, "b": 2}, labels={"c": 3})
    seen = server.seen[0]
    assert (
        seen.target
        == "/rest/things?q=%7B%22key%22%3A%22a%22%2C%22value%22%3A1%7D&q=%7B%22key%22%3A%22b%22%2C%22value%22%3A2%7D"
    )
    assert seen.body == b"labels=%7B%22key%22%3A%22c%22%2C%22value%22%3A3%7D"


def spelled(read: Reads, answer: Any, **how: Any) -> str:
    from vcsdk.emitters.annotations import Annotator
    from vcsdk.emitters.client.results import result_type

    api = read(**description(answer, **how)).api
    found = result_type(operation_of(api, "get"))
    assert found is not None
    return Annotator.plain(api.schemas).spell(found)


WHOLE_KEY = {"type": "integer", "format": "int64"}
ID = {"type": "string", "description": "an identifier"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (pairs(ref("Disk")), "dict[str, Disk]"),
        (pairs(NUMBER, required=["key", "value"]), "dict[str, int]"),
        (pairs(NUMBER, ID, description="An entry."), "dict[str, int]"),
        (pairs(NUMBER, ref("Bus")), "dict[Bus, int]"),
        (pairs(NUMBER, WHOLE_KEY), "dict[int, int]"),
        (pairs({**NUMBER, "nullable": True}), "dict[str, int | None]"),
        (pairs(pairs({"type": "array", "items": TEXT})), "dict[str, dict[str, list[str]]]"),
        ({**pairs(NUMBER), "nullable": True}, "dict[str, int] | None"),
    ],
)
def test_what_is_a_map(read: Reads, answer: Any, expected: str) -> None:
    assert spelled(read, answer) == expected
    assert spelled(read, answer, rest=False) == expected


@pytest.mark.parametrize(
    "answer",
    [
        pairs(NUMBER, required=["key"]),
        pairs(NUMBER, required=["value"]),
        pairs(NUMBER, {"type": "number"}),
        pairs(NUMBER, {**TEXT, "nullable": True}),
        pairs(NUMBER, {**TEXT, "format": "date-time"}),
        pairs(NUMBER, ref("Disk")),
        pairs(NUMBER, additionalProperties=NUMBER) | {"uniqueItems": True},
        {**pairs(NUMBER), "maxItems": 3},
        {"type": "array", "items": {"type": "object", "properties": {"key": TEXT, "value": TEXT, "more": TEXT}}},
        {"type": "array", "items": {"type": "object", "properties": {"key": TEXT}}},
        {"type": "array", "items": {"type": "object", "properties": {"key": TEXT, "value": TEXT}, "nullable": True}},
        {"type": "array", "items": ref("OptionValue")},
    ],
)
def test_what_stays_a_list(read: Reads, answer: Any) -> None:
    option = {"type": "object", "properties": {"key": TEXT, "value": TEXT}}
    assert spelled(read, answer, OptionValue=option).startswith("list[")


def test_outside_the_profile_a_list_of_pairs_is_a_list(generate: Generates) -> None:
    package = generate(**description(pairs(NUMBER), pairs(NUMBER), rest=False, vapi=False))
    with calling.sync(package, lambda r: Reply(204) if r.method == "POST" else Reply(json=listed(a=1))) as (
        client,
        server,
    ):
        (pair,) = client.things.get()
        assert (pair.key, pair.value) == ("a", 1)
        client.things.send(spec=[pair])
    assert json.loads(server.seen[-1].body) == {"spec": listed(a=1)}
