"""References by `$id`, by anchors of what has one, and `$dynamicRef`: what they lead to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from vcsdk.diagnostics import InputError
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, write_client
from tests.wire.generated.calling import Reply, both

HOST = "https://schemas.example/v1/"


def described(folder: Path, schemas: dict[str, Any], root: str = "#/components/schemas/A", **top: Any) -> Any:
    answer = {"200": {"description": "d", "content": {"application/json": {"schema": {"$ref": root}}}}}
    data = {"openapi": "3.1.0", "info": {"title": "Thing", "version": "1"}, **top}
    data["paths"] = {"/x": {"get": {"operationId": "call", "responses": answer}}}
    (folder / "thing.json").write_text(json.dumps({**data, "components": {"schemas": schemas}}))
    return read_api(folder / "thing.json")


def answered(folder: Path, schemas: dict[str, Any], value: Any, root: str = "#/components/schemas/A") -> Any:
    """What the client makes of an answer, which a server sends; the same to both clients."""
    found = described(folder, schemas, root)
    source = write_client(found.api, found.config, found.document, folder / "out")
    with imported(source, found.config.package.module) as package:
        _, (first, second) = both(package, lambda client: client.x.call(), lambda _: Reply(200, value))
        assert first == second
    return first


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


LEAF = {"type": "integer"}


@pytest.mark.parametrize(
    ("owner", "reference", "other"),
    [
        (f"{HOST}a", f"{HOST}b", {"$id": f"{HOST}b"}),
        (f"{HOST}a", "b", {"$id": f"{HOST}b"}),
        (f"{HOST}deep/a", "../b", {"$id": f"{HOST}b"}),
        (f"{HOST}a", "/v1/b", {"$id": f"{HOST}b"}),
        ("a", "b", {"$id": "b"}),
        ("urn:x:a", "urn:x:b", {"$id": "urn:x:b"}),
        (None, f"{HOST}b", {"$id": f"{HOST}b"}),
        (f"{HOST}a", "b#leaf", {"$id": f"{HOST}b", "$anchor": "leaf"}),
        ("tag:x,2026:a", "tag:x,2026:b#leaf", {"$id": "tag:x,2026:b", "$dynamicAnchor": "leaf"}),
        (f"{HOST}a", "#/components/schemas/B", {"$id": f"{HOST}b"}),
    ],
)
def test_what_a_reference_means_is_what_its_address_is(
    owner: str | None, reference: str, other: dict[str, Any], tmp_path: Path
) -> None:
    first = {**({"$id": owner} if owner else {}), **thing(b={"$ref": reference}, l={"type": "array"})}
    first["properties"]["l"]["items"] = {"$ref": reference}
    value = answered(tmp_path, {"A": first, "B": {**LEAF, **other}}, {"b": 1, "l": [2]})
    assert (value.b, value.l) == (1, [2])


def test_pointers_begin_at_what_has_the_address(tmp_path: Path) -> None:
    owner = {"$id": f"{HOST}a", **thing(me={"$ref": "#"}, p={"$ref": "#/$defs/P"}, n={"$ref": "#here"})}
    owner["$defs"] = {"P": {"type": "boolean"}, "N": {"$anchor": "here", "type": "number"}}
    elsewhere = {"$anchor": "here", "type": "string"}
    value = answered(tmp_path, {"Z": elsewhere, "A": owner}, {"me": {"p": True}, "p": False, "n": 1.5})
    assert (value.me.p, value.p, value.n) == (True, False, 1.5)


def test_a_mapping_names_what_has_the_address(tmp_path: Path) -> None:
    kinds = {
        name: {"$id": f"{HOST}{name.lower()}", **thing(kind={"type": "string"}, n=LEAF), "required": ["kind"]}
        for name in ("Cat", "Dog")
    }
    union = {"oneOf": [{"$ref": f"{HOST}cat"}, {"$ref": f"{HOST}dog"}]}
    union["discriminator"] = {"propertyName": "kind", "mapping": {"c": f"{HOST}cat", "d": f"{HOST}dog"}}
    assert type(answered(tmp_path, {**kinds, "A": union}, {"kind": "d", "n": 1})).__name__ == "Dog"


def test_of_two_that_claim_an_address_neither_has_it(tmp_path: Path) -> None:
    schemas = {"A": thing(b={"$ref": f"{HOST}b"}), "B": {"$id": f"{HOST}b"}, "C": {"$id": f"{HOST}b"}}
    with pytest.raises(InputError) as caught:
        described(tmp_path, schemas)
    assert [each.rule for each in caught.value.diagnostics if each.level == "error"] == ["ref-network"]


def test_files_have_addresses_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    other = {"$id": f"{HOST}b", "$defs": {"C": {"$id": "c", **LEAF}}, **thing(c={"$ref": "c"}, d={"$ref": "#/$defs/C"})}
    (tmp_path / "parts" / "b.json").write_text(json.dumps(other))
    value = answered(tmp_path, {"A": thing(b={"$ref": "parts/b.json"})}, {"b": {"c": 1, "d": 2}})
    assert (value.b.c, value.b.d) == (1, 2)


LIST = {
    "$id": "list",
    **thing(items={"type": "array", "items": {"$dynamicRef": "#T"}}, next={"$ref": "#"}),
    "$defs": {"T": {"$dynamicAnchor": "T", "not": {}}},
}


def listing(of: Any, name: str) -> dict[str, Any]:
    return {"$id": name, "$defs": {"T": {"$dynamicAnchor": "T", **of}}, "$ref": "list"}


USER = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}


def test_a_list_has_items_as_each_who_refers_to_it_says(tmp_path: Path) -> None:
    schemas = {
        "A": thing(u={"$ref": "users"}, n={"$ref": "numbers"}, any={"$ref": "list"}),
        "List": LIST,
        "Users": listing({"$ref": "#/components/schemas/User"}, "users"),
        "Numbers": listing({"type": "integer"}, "numbers"),
        "User": USER,
    }
    sent = {
        "u": {"items": [{"name": "x"}], "next": {"items": [{"name": "y"}]}},
        "n": {"items": [1], "next": {"items": [2]}},
        "any": {"items": ["z", 1]},
    }
    value = answered(tmp_path, schemas, sent)
    assert [type(each).__name__ for each in value.u.items] == ["User"]
    assert (value.u.next.items[0].name, value.n.items, value.n.next.items) == ("y", [1], [2])
    assert value.any.items == ["z", 1]
    with pytest.raises(Exception, match=r"answer\.n\.next\.items\[0\]: expected int, got str"):
        answered(tmp_path, schemas, {"n": {"next": {"items": ["no"]}}})


def test_who_comes_first_on_the_way_says_so(tmp_path: Path) -> None:
    texts = {"$id": "texts", "$defs": {"T": {"$dynamicAnchor": "T", "type": "string"}}, **thing(n={"$ref": "numbers"})}
    schemas = {
        "Numbers": listing({"type": "integer"}, "numbers"),
        "A": thing(n={"$ref": "numbers"}, t={"$ref": "texts"}, l={"$ref": "list"}),
        "List": LIST,
        "Texts": texts,
    }
    sent = {"n": {"items": [1]}, "t": {"n": {"items": ["a"], "next": {"items": ["b"]}}}, "l": {"items": [None]}}
    value = answered(tmp_path, schemas, sent)
    assert (value.n.items, value.t.n.items, value.t.n.next.items, value.l.items) == ([1], ["a"], ["b"], [None])


def test_schemas_without_addresses_have_anchors_of_their_own(tmp_path: Path) -> None:
    def bound(**properties: Any) -> dict[str, Any]:
        defined = {"T": {"$dynamicAnchor": "T", **thing(**properties)}}
        return {"description": "d", "content": {"application/json": {"schema": {"$defs": defined, "$ref": LISTED}}}}

    listed = {"$id": f"{HOST}list", "$dynamicAnchor": "T", **thing(items={"type": "array"}), "required": ["items"]}
    listed["properties"]["items"]["items"] = {"$dynamicRef": "#T"}
    answers = {"200": bound(name={"type": "string"}), "202": bound(code=LEAF)}
    data = {"openapi": "3.1.0", "info": {"title": "Thing", "version": "1"}, "components": {"schemas": {"L": listed}}}
    data["paths"] = {"/x": {"get": {"operationId": "call", "responses": answers}}}
    (tmp_path / "thing.json").write_text(json.dumps(data))
    found = read_api(tmp_path / "thing.json")
    source = write_client(found.api, found.config, found.document, tmp_path / "out")
    with imported(source, found.config.package.module) as package:
        for status, item in ((200, {"name": "x"}), (202, {"code": 5})):
            reply = Reply(status, {"items": [item]})
            _, given = both(package, lambda client: client.x.call(), lambda _, reply=reply: reply)
            assert [each.items[0].to_dict() for each in given] == [item] * 2


def test_one_that_only_its_users_have_an_anchor_for(tmp_path: Path) -> None:
    listed = thing(items={"type": "array", "items": {"$dynamicRef": "#T"}}, next={"$ref": LISTED})
    texts = {"$defs": {"T": {"$dynamicAnchor": "T", "$ref": "#/components/schemas/Text"}}, "$ref": LISTED}
    numbers = {"$defs": {"T": {"$dynamicAnchor": "T", "type": "integer"}}, "$ref": LISTED}
    users = {name: {"$ref": f"#/components/schemas/{place}"} for name, place in (("t", "Ts"), ("n", "Ns"), ("l", "L"))}
    schemas = {"L": listed, "A": thing(**users), "Text": {"type": "string"}, "Ts": texts, "Ns": numbers}
    sent = {"t": {"items": ["a"], "next": {"items": ["b"]}}, "n": {"items": [1]}, "l": {"items": [None]}}
    value = answered(tmp_path, schemas, sent)
    assert (value.t.items, value.t.next.items, value.n.items, value.l.items) == (["a"], ["b"], [1], [None])


LISTED = "#/components/schemas/L"


def test_without_an_address_at_all(tmp_path: Path) -> None:
    listed = {**thing(items={"type": "array"}), "$defs": {"T": {"$dynamicAnchor": "T"}}}
    listed["properties"]["items"]["items"] = {"$dynamicRef": "#T"}
    texts = {"$defs": {"T": {"$dynamicAnchor": "T", "type": "string"}}, "$ref": LISTED}
    numbers = {"$defs": {"T": {"$dynamicAnchor": "T", "type": "integer"}}, "$ref": LISTED}
    schemas = {"L": listed, "A": thing(t={"$ref": "#/components/schemas/Ts"}, n={"$ref": "#/components/schemas/Ns"})}
    value = answered(tmp_path, {**schemas, "Ts": texts, "Ns": numbers}, {"t": {"items": ["a"]}, "n": {"items": [1]}})
    assert (value.t.items, value.n.items) == (["a"], [1])
    with pytest.raises(Exception, match=r"answer\.n\.items\[0\]: expected int, got str"):
        answered(tmp_path, {**schemas, "Ts": texts, "Ns": numbers}, {"n": {"items": ["no"]}})


def test_lists_of_lists_end(tmp_path: Path) -> None:
    schemas = {
        "List": LIST,
        "Rows": listing({"$ref": "cells"}, "rows"),
        "Cells": listing({"type": "integer"}, "cells"),
        "A": thing(rows={"$ref": "rows"}, deep={"$ref": "self"}),
        "Self": listing({"$ref": "self"}, "self"),
    }
    described(tmp_path, schemas)


@pytest.mark.parametrize(
    "schemas",
    [
        {"A": {"$id": 5, "$ref": "x", "$dynamicRef": 7, "$dynamicAnchor": 3}},
        {"A": {"$id": "http://[", "properties": {"b": {"$ref": "http://[#b"}}}},
        {"A": {"$id": "a", "$dynamicRef": "#T", "$defs": {"T": {"$dynamicAnchor": "T", "$dynamicRef": "#T"}}}},
        {"A": {"$id": "a", "discriminator": {"propertyName": "x", "mapping": {"y": "b#/nope"}}, "oneOf": []}},
        {"A": {"$id": "", "$ref": "#"}},
    ],
    ids=str,
)
def test_what_is_wrong_about_it_is_named(schemas: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        described(tmp_path, schemas)
    assert all(each.location is not None for each in caught.value.diagnostics)


def test_without_components_too(tmp_path: Path) -> None:
    inline = {"$id": "x", "$defs": {"T": {"$dynamicAnchor": "T", "type": "integer"}, "L": LIST}, "$ref": "list"}
    content = {"application/json": {"schema": inline}}
    paths = {"/x": {"get": {"operationId": "call", "responses": {"200": {"description": "d", "content": content}}}}}
    data = {"openapi": "3.1.0", "info": {"title": "Thing", "version": "1"}, "paths": paths}
    (tmp_path / "thing.json").write_text(json.dumps(data))
    document = read_api(tmp_path / "thing.json").document
    assert "$dynamicRef" not in json.dumps(document.data)


def test_the_simulator_holds_them_to_it(tmp_path: Path) -> None:
    schemas = {"A": thing(u={"$ref": "users"}), "List": LIST, "Users": listing(USER, "users")}
    with Simulator(described(tmp_path, schemas), SimulatorOptions()).running() as url, httpx2.Client() as http:
        items = http.get(f"{url}/x").json()["u"]["items"]
    assert [*map(set, items)] == [{"name"}]


def test_what_stands_in_between_passes_it_on(tmp_path: Path) -> None:
    page = {"$id": "page", **thing(rows={"$ref": "list"}, total=LEAF)}
    users = {"$id": "users", "$defs": {"T": {"$dynamicAnchor": "T", **USER}}, **thing(page={"$ref": "page"})}
    value = answered(
        tmp_path, {"List": LIST, "Page": page, "A": users}, {"page": {"rows": {"items": [{"name": "x"}]}, "total": 1}}
    )
    assert (value.page.rows.items[0].name, value.page.total) == ("x", 1)


@pytest.mark.parametrize("reference", ["#node", "tree#node", "#/$defs/N"])
def test_one_place_needs_no_way_to_it(reference: str, tmp_path: Path) -> None:
    tree = {"$id": "tree", "$dynamicAnchor": "node", **thing(v=LEAF, kids={"type": "array"})}
    tree["properties"]["kids"]["items"] = {"$dynamicRef": reference}
    tree["$defs"] = {"N": {"$ref": "#"}}
    value = answered(tmp_path, {"A": tree}, {"v": 1, "kids": [{"v": 2}]})
    assert value.kids[0].v == 2


def test_one_that_names_nothing_is_named_at_its_place(tmp_path: Path) -> None:
    found = described(tmp_path, {"A": thing(b={"$dynamicRef": "#nowhere"})})
    (warning,) = [each for each in found.diagnostics if each.level == "warning"]
    assert warning.rule == "unsupported-part"
    assert "`$dynamicRef`" in warning.message
