"""Several descriptions that become one document: what is one, what is told apart, and what cannot be one API."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics, InputError, Level, Origin
from vcsdk.emitters import emit_all
from vcsdk.load import labels
from vcsdk.pipeline import Described, read_api

TEXT = {"type": "string"}
Node = dict[str, Any]


def ref(name: str) -> Node:
    return {"$ref": f"#/components/schemas/{name}"}


def answer(schema: Node | None = None) -> Node:
    content = {"content": {"application/json": {"schema": schema}}} if schema is not None else {}
    return {"responses": {"200": {"description": "ok", **content}}}


def api(paths: Node, schemas: Node | None = None, **more: Any) -> Node:
    return {
        "openapi": "3.0.3",
        "info": {"title": "Lamps", "version": "1"},
        "servers": [{"url": "https://lamps.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas or {}},
        **more,
    }


def get(name: str, schema: Node | None = None, **more: Any) -> Node:
    return {"get": {"operationId": name, **more, **answer(schema)}}


def thing(**properties: Node) -> Node:
    return {"type": "object", "properties": properties}


@pytest.fixture(autouse=True)
def _in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(**descriptions: Node) -> list[Path]:
    for name, data in descriptions.items():
        Path(f"{name}.json").write_text(json.dumps(data, indent=1), encoding="utf-8")
    return [Path(f"{name}.json") for name in descriptions]


def read(**descriptions: Node) -> Described:
    return read_api(write(**descriptions))


def schemas(described: Described) -> Node:
    found: Node = described.document.data["components"]["schemas"]
    return found


def problems(**descriptions: Node) -> list[tuple[str, str, str]]:
    with pytest.raises(InputError) as caught:
        read(**descriptions)
    errors = [found for found in caught.value.diagnostics if found.level is Level.ERROR]
    return [(found.rule, str(found.location), found.message) for found in errors]


def test_equal_schemas_are_one() -> None:
    shared = {"Info": thing(next=ref("Info"), size=ref("Size")), "Size": {"type": "integer"}}
    described = read(a=api({"/a": get("a", ref("Info"))}, shared), b=api({"/b": get("b", ref("Info"))}, shared))
    assert sorted(schemas(described)) == ["Info", "Size"]
    assert [operation.path for operation in described.api.operations] == ["/a", "/b"]


def test_prose_does_not_tell_schemas_apart_and_the_fuller_one_stays() -> None:
    said = {**thing(description=TEXT), "description": "What a lamp is."}
    described = read(a=api({}, {"Info": thing(description=TEXT)}), b=api({}, {"Info": said}))
    assert schemas(described) == {"Info": said}
    assert described.document.origin("/components/schemas/Info").file == "b.json"


def test_a_property_called_description_is_no_prose() -> None:
    described = read(a=api({}, {"Info": thing(description=TEXT)}), b=api({}, {"Info": thing(summary=TEXT)}))
    assert sorted(schemas(described)) == ["Info", "Info_b"]


def test_different_schemas_of_one_name_get_the_label_of_their_file() -> None:
    described = read(
        a=api({"/a": get("a", ref("Info"))}, {"Info": thing(a=TEXT)}),
        b=api({"/b": get("b", ref("Info"))}, {"Info": thing(b=TEXT)}),
    )
    assert schemas(described) == {"Info": thing(a=TEXT), "Info_b": thing(b=TEXT)}
    paths = described.document.data["paths"]
    assert paths["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] == ref("Info")
    assert paths["/b"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] == ref("Info_b")
    (note,) = (found for found in described.diagnostics if found.rule == "same-component")
    assert str(note.location).startswith("b.json:")
    assert "a.json:" in note.message


def test_what_most_files_have_keeps_the_name() -> None:
    usual, other = {"Info": thing(b=TEXT)}, {"Info": thing(a=TEXT)}
    described = read(a=api({}, other), b=api({}, usual), c=api({}, usual))
    assert schemas(described) == {"Info": thing(b=TEXT), "Info_a": thing(a=TEXT)}


def test_schemas_that_refer_to_different_ones_are_different() -> None:
    """`Box` is the same text in both, and means something else; `Bag` refers to nothing that differs."""

    def parts(size: str) -> Node:
        return {
            "Crate": thing(box=ref("Box"), bag=ref("Bag")),
            "Box": thing(crate=ref("Crate"), size=ref("Size")),
            "Bag": thing(bag=ref("Bag")),
            "Size": {"type": size},
        }

    described = read(a=api({}, parts("integer")), b=api({}, parts("string")))
    assert sorted(schemas(described)) == ["Bag", "Box", "Box_b", "Crate", "Crate_b", "Size", "Size_b"]
    assert schemas(described)["Crate_b"] == thing(box=ref("Box_b"), bag=ref("Bag"))
    assert schemas(described)["Box_b"] == thing(crate=ref("Crate_b"), size=ref("Size_b"))


def test_a_new_name_takes_no_other() -> None:
    described = read(a=api({}, {"Info": thing(a=TEXT), "Info_b": TEXT}), b=api({}, {"Info": thing(b=TEXT)}))
    assert sorted(schemas(described)) == ["Info", "Info_b", "Info_b_2"]


def test_a_discriminator_keeps_the_value_of_a_schema_that_gets_another_name() -> None:
    def family(**properties: Node) -> Node:
        cat = {"allOf": [ref("Pet"), thing(**properties)]}
        pet = {**thing(kind=TEXT), "required": ["kind"], "discriminator": {"propertyName": "kind"}}
        return {"Pet": pet, "Cat": cat, "Dog": {"allOf": [ref("Pet"), thing(bone=TEXT)]}}

    usual = family(claw=TEXT)
    described = read(a=api({}, usual), b=api({}, usual), c=api({}, family(fur=TEXT)))
    # One value of `kind` cannot stand for two schemas of one family.
    assert sorted(schemas(described)) == ["Cat", "Cat_c", "Dog", "Dog_c", "Pet", "Pet_c"]
    assert schemas(described)["Pet_c"]["discriminator"]["mapping"] == {
        "Pet": "#/components/schemas/Pet_c",
        "Cat": "#/components/schemas/Cat_c",
        "Dog": "#/components/schemas/Dog_c",
    }
    assert "mapping" not in schemas(described)["Pet"]["discriminator"]
    union = {"oneOf": [ref("Cat")], "discriminator": {"propertyName": "kind"}}
    cat = {**thing(kind=TEXT), "required": ["kind"]}
    described = read(
        a=api({"/a": get("a", union)}, {"Cat": cat}),
        b=api({"/b": get("b", union)}, {"Cat": {**cat, "properties": {"kind": TEXT, "fur": TEXT}}}),
    )
    told = described.document.data["paths"]["/b"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert told["discriminator"]["mapping"] == {"Cat": "#/components/schemas/Cat_b"}


def test_the_order_of_the_files_changes_nothing() -> None:
    files = write(
        lamps=api({"/lamps": get("list", ref("Info"), tags=["lamps"])}, {"Info": thing(a=TEXT)}),
        shops=api({"/shops": get("list", ref("Info"), tags=["shops"])}, {"Info": thing(b=TEXT)}),
        tools=api({"/tools": get("list", ref("Info"), tags=["tools"])}, {"Info": thing(a=TEXT), "More": TEXT}),
    )
    files[0].write_text(files[0].read_text().replace('"Lamps"', '"Shop of lamps"'))
    emitted = [
        [(file.package, file.path, file.content) for file in emit_all(read_api(order))]
        for order in itertools.permutations(files)
    ]
    assert len(emitted) == 6
    assert all(found == emitted[0] for found in emitted)
    digests = {read_api(order).document.sha256 for order in itertools.permutations(files)}
    assert len(digests) == 1


def test_the_digest_covers_every_file() -> None:
    files = write(a=api({"/a": get("a")}), b=api({"/b": get("b")}))
    before = read_api(files).document.sha256
    files[1].write_text(files[1].read_text() + "\n")
    assert read_api(files).document.sha256 != before


def test_equal_requests_that_say_the_same_are_one_operation() -> None:
    parameter = {"name": "lamp", "in": "path", "required": True, "schema": TEXT}
    beside = {"/a/{lamp}": {"parameters": [parameter], **get("a", ref("Info"), description="Once.")}}
    inside = {"/a/{lamp}": get("a", ref("Info"), parameters=[parameter])}
    shared = {"Info": thing(a=TEXT)}
    described = read(a=api(beside, shared), b=api(inside, shared))
    (operation,) = described.api.operations
    assert operation.description == "Once."
    assert [p.wire_name for p in operation.parameters] == ["lamp"]
    place = described.document.locate(described.document.origin("/paths/~1a~1{lamp}/get/parameters/0"))
    assert place.file == "a.json"
    assert '"parameters"' in Path("a.json").read_text().split("\n")[place.line - 2]


@pytest.mark.parametrize(
    "other",
    [
        get("a", {"type": "integer"}),
        get("a", TEXT, deprecated=True),
        get("b", TEXT),
        get("a", TEXT, parameters=[{"name": "size", "in": "query", "schema": TEXT}]),
    ],
)
def test_equal_requests_that_say_something_else_are_an_error_with_both_places(other: Node) -> None:
    ((rule, place, message),) = problems(a=api({"/a": get("a", TEXT)}), b=api({"/x": get("x"), "/a": other}))
    assert rule == "same-request"
    assert (place.partition(":")[0], message.count("a.json:")) == ("b.json", 1)
    assert "GET /a" in message
    line = Path("b.json").read_text().split("\n")[int(place.split(":")[1]) - 1]
    assert '"get"' in line


def test_operations_that_say_the_same_in_another_place_or_order_are_one() -> None:
    one, two = ({"name": name, "in": "query", "schema": TEXT} for name in ("one", "two"))
    scheme = {"components": {"securitySchemes": {"key": {"type": "http", "scheme": "basic"}}}}
    described = read(
        a={**api({"/a": get("a", parameters=[one, two])}, security=[{"key": []}]), **scheme},
        b={
            **api(
                {"/a": {"parameters": [one], **get("a", parameters=[two], security=[{"key": []}])}},
                security=[{"key": []}],
            ),
            **scheme,
        },
    )
    (operation,) = described.api.operations
    assert sorted(p.wire_name for p in operation.parameters) == ["one", "two"]
    assert described.document.data["paths"]["/a"]["get"]["security"] == [{"key": []}]


def test_a_parameter_of_the_operation_replaces_that_of_its_path_whatever_refers_to_it() -> None:
    size = {"name": "size", "in": "query", "schema": TEXT}
    one = api({"/a": {"parameters": [size], **get("a", parameters=[{"$ref": "#/components/parameters/Size"}])}})
    one["components"]["parameters"] = {"Size": {**size, "required": True}}
    described = read(a=one, b=api({"/a": {"post": {"operationId": "make", **answer()}}}))
    assert [p.required for o in described.api.operations for p in o.parameters] == [True]


def test_what_operations_inherit_is_found_where_it_was_written() -> None:
    size = {"name": "size", "in": "query", "schema": TEXT}
    both = {**get("a"), "put": {"operationId": "b", **answer()}, "parameters": [size]}
    described = read(a=api({"/a": both}), b=api({"/a": {"post": {"operationId": "c", **answer()}}}))
    places = [described.document.origin(f"/paths/~1a/{method}/parameters/0") for method in ("get", "put")]
    assert places == [Origin("a.json", "/paths/~1a/parameters/0")] * 2


def test_places_are_those_of_the_file_whose_operation_is_taken() -> None:
    content = {"description": "ok", "schema": {"type": "string"}}
    old = {
        "swagger": "2.0",
        "info": {"title": "Lamps", "version": "1"},
        "host": "lamps.example.com",
        "produces": ["application/json"],
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": content}}}},
    }
    described = read(a=old, b=api({"/a": get("a", TEXT, description="The longer one.")}))
    document = described.document
    assert document.data["paths"]["/a"]["get"]["description"] == "The longer one."
    schema = "/paths/~1a/get/responses/200/content/application~1json/schema"
    assert document.origin(schema) == Origin("b.json", schema)


def test_equal_requests_whose_schemas_differ_by_reference_are_an_error() -> None:
    found = problems(
        a=api({"/a": get("a", ref("Info"))}, {"Info": thing(a=TEXT)}),
        b=api({"/a": get("a", ref("Info"))}, {"Info": thing(b=TEXT)}),
    )
    assert [rule for rule, _, _ in found] == ["same-request"]


def test_equal_requests_under_keys_that_are_spelled_otherwise_are_two_with_a_warning_of_both_places() -> None:
    first = {"name": "lamp", "in": "path", "required": True, "schema": TEXT}
    described = read(
        a=api({"/a/{lamp}": get("a", parameters=[first])}),
        b=api({"/a/{id}": get("b", parameters=[{**first, "name": "id"}])}),
    )
    assert [o.path for o in described.api.operations] == ["/a/{lamp}", "/a/{id}"]
    [found] = [d for d in described.diagnostics if d.rule == "same-request"]
    assert (found.level, found.location.file, "a.json:" in found.message) == (Level.WARNING, "b.json", True)


def test_a_path_of_several_files_has_the_methods_of_all() -> None:
    described = read(a=api({"/a": get("list")}), b=api({"/a": {"post": {"operationId": "make", **answer()}}}))
    assert [(o.method, o.path) for o in described.api.operations] == [("GET", "/a"), ("POST", "/a")]


def test_queries_of_one_path_in_several_files_are_operations_of_their_own() -> None:
    described = read(
        a=api({"/a?action=on": {"post": {"operationId": "on", **answer()}}}),
        b=api({"/a?action=off": {"post": {"operationId": "off", **answer()}}}),
    )
    assert [o.fixed_query for o in described.api.operations] == [(("action", "on"),), (("action", "off"),)]


def test_operation_ids_are_told_apart_across_files() -> None:
    described = read(a=api({"/a": get("list", tags=["a"])}), b=api({"/b": get("list", tags=["b"])}))
    assert [o.operation_id for o in described.api.operations] == ["list", "b_list"]
    assert [o.python_path for o in described.api.operations] == ["a.list", "b.list"]


def test_each_file_is_mended_by_its_own_names() -> None:
    """`a` misspells nothing: the request body that only `b` has is not what it refers to."""
    body = {"requestBody": {"$ref": "#/components/requestBodies/Info"}}
    other = api({})
    other["components"]["requestBodies"] = {"Info": {"content": {"text/plain": {"schema": TEXT}}}}
    described = read(
        a=api({"/a": {"post": {"operationId": "a", **body, **answer()}}}, {"Info": thing(a=TEXT)}), b=other
    )
    assert described.document.data["paths"]["/a"]["post"]["requestBody"]["content"]["application/json"] == {
        "schema": ref("Info")
    }
    assert ("dangling-request-body", 1) in [(made.rule, made.count) for made in described.repairs]


def test_what_a_file_refers_to_must_be_its_own() -> None:
    ((rule, place, _),) = problems(a=api({"/a": get("a", ref("Infos"))}, {"Info": TEXT}), b=api({}, {"Infos": TEXT}))
    assert (rule, place.partition(":")[0]) == ("dangling-ref", "a.json")


def test_servers_that_differ_in_their_paths_go_before_each_path_key() -> None:
    described = read(
        a=api({"/a": get("a")}, servers=[{"url": "https://x.example.com/api"}]),
        b=api(
            {"/b": {"$ref": "#/x-items/b"}},
            servers=[{"url": "https://x.example.com/rest/"}],
            **{"x-items": {"b": get("b")}},
        ),
        c=api({"/c": get("c")}, servers=[]),
    )
    assert described.api.prefix == ""
    assert [o.path for o in described.api.operations] == ["/api/a", "/rest/b", "/c"]
    assert described.document.locate(described.document.origin("/paths/~1api~1a/get")).file == "a.json"


def below(path: str, **more: Any) -> Node:
    return {"servers": [{"url": f"https://x.example.com{path}"}], **more}


def test_what_paths_say_again_of_servers_goes_before_them_too() -> None:
    described = read(
        a=api({"/a": {**get("a"), **below("/api")}, "/c": get("c", **below("/api"))}, **below("/api")),
        b=api({"/b": get("b")}, **below("/rest")),
    )
    assert [(o.path, o.server) for o in described.api.operations] == [("/api/a", ""), ("/api/c", ""), ("/rest/b", "")]


def test_a_server_of_its_own_stays_only_where_all_paths_stay() -> None:
    own = get("a", **below("/own"))
    told = problems(a=api({"/a": own, "/d": {**get("d"), **below("/d")}}, **below("/api")), b=api({}, **below("/rest")))
    assert [rule for rule, _, _ in told] == ["different-servers"] * 2
    assert all("a server of its own" in message for _, _, message in told)
    described = read(a=api({"/a": own}, **below("/api")), b=api({"/b": get("b")}, **below("/api")))
    servers = {key: server.url for key, server in described.api.servers.items()}
    assert [(o.path, servers[o.server]) for o in described.api.operations] == [
        ("/a", "https://x.example.com/own"),
        ("/b", "https://x.example.com/api"),
    ]


def test_servers_that_agree_stay() -> None:
    server = {"servers": [{"url": "https://x.example.com/api"}]}
    described = read(a=api({"/a": get("a")}, **server), b=api({"/b": get("b")}, **server))
    assert (described.api.prefix, [o.path for o in described.api.operations]) == ("/api", ["/a", "/b"])


def test_other_servers_are_an_error_with_both_places() -> None:
    ((rule, place, message),) = problems(a=api({}), b=api({}, servers=[{"url": "https://other.example.com"}]))
    assert (rule, place.partition(":")[0]) == ("different-servers", "b.json")
    assert "a.json:" in message


def test_operations_keep_what_their_own_file_asks_of_callers() -> None:
    def secured(kind: Node, path: str) -> Node:
        data = api({path: get(path[1:])}, security=[{"key": []}])
        data["components"]["securitySchemes"] = {"key": kind}
        return data

    basic, bearer = {"type": "http", "scheme": "basic"}, {"type": "http", "scheme": "bearer"}
    described = read(
        a=secured(basic, "/a"),
        b=secured(bearer, "/b"),
        c=api({"/c": get("c")}),
    )
    paths = described.document.data["paths"]
    assert [paths[path]["get"]["security"] for path in ("/a", "/b", "/c")] == [[{"key": []}], [{"key_b": []}], []]
    assert "security" not in described.document.data
    described = read(a=secured(basic, "/a"), b=secured(bearer, "/b"))
    paths = described.document.data["paths"]
    assert [paths[path]["get"]["security"] for path in ("/a", "/b")] == [[{"key": []}], [{"key_b": []}]]
    described = read(a=secured(basic, "/a"), b=secured(basic, "/b"))
    assert described.document.data["security"] == [{"key": []}]
    assert "security" not in described.document.data["paths"]["/a"]["get"]
    described = read(a=secured(basic, "/a"), b=secured(bearer, "/b"), c=api({"/c": get("c")}))
    assert sorted(described.document.data["components"]["securitySchemes"]) == ["key", "key_b"]


def test_a_vendor_family_that_is_spread_over_files_is_one() -> None:
    error = {"vapi.std.errors.error": thing(messages={"type": "array", "items": TEXT})}
    described = read(
        errors=api({"/api/a": get("a", ref("vapi.std.errors.error"))}, error, servers=[]),
        plain=api({"/api/session": {"post": {"operationId": "create", **answer(TEXT)}}}, servers=[]),
    )
    assert described.api.profile == "vapi"
    session = described.document.data["paths"]["/api/session"]["post"]
    assert session["security"] == [{"basic_auth": []}]
    assert described.document.data["security"] == [{"api_key_auth": []}]


def test_versions_that_mean_different_things_do_not_go_together() -> None:
    ((rule, place, message),) = problems(a=api({}), b={**api({}), "openapi": "3.1.0"})
    assert (rule, place.partition(":")[0]) == ("mixed-versions", "b.json")
    assert "a.json:" in message


def test_swagger_2_goes_with_openapi_3() -> None:
    old = {
        "swagger": "2.0",
        "info": {"title": "Lamps", "version": "1"},
        "host": "lamps.example.com",
        "paths": {
            "/b": {
                "get": {
                    "operationId": "b",
                    "responses": {"200": {"description": "ok", "schema": {"$ref": "#/definitions/Info"}}},
                }
            }
        },
        "definitions": {"Info": thing(b=TEXT)},
    }
    described = read(a=api({"/a": get("a", ref("Info"))}, {"Info": thing(a=TEXT)}), b=old)
    assert sorted(schemas(described)) == ["Info", "Info_b"]
    assert str(described.document.origin("/components/schemas/Info_b").pointer) == "/definitions/Info"


def test_every_broken_file_names_its_place() -> None:
    files = write(a=api({"/a": get("a")}), b=api({"/b": {"get": 3}}))
    Path("c.json").write_text('{"openapi": "3.0.3",\n "info": }')
    Path("d.json").write_text('{"info": {}}')
    with pytest.raises(InputError) as caught:
        read_api([*files, Path("c.json"), Path("d.json"), Path("e.json")])
    places = [(found.location.file, found.rule) for found in caught.value.diagnostics]
    assert places == [("c.json", "not-json"), ("d.json", "not-openapi"), ("e.json", "unreadable-file")]
    with pytest.raises(InputError) as caught:
        read_api(files)
    ((place, rule),) = [(found.location, found.rule) for found in caught.value.diagnostics]
    assert (place.file, rule) == ("b.json", "structure")
    assert "3" in Path("b.json").read_text().split("\n")[place.line - 1]


def test_one_file_twice_is_read_once() -> None:
    (file,) = write(a=api({"/a": get("a")}))
    Path("x").mkdir()
    diagnostics = Diagnostics()
    described = read_api([file, Path("x/../a.json")], diagnostics=diagnostics)
    assert len(described.api.operations) == 1
    assert [found.rule for found in diagnostics] == ["named-twice"]
    Path("copy.json").write_bytes(file.read_bytes())
    assert len(read_api([file, Path("copy.json")]).api.operations) == 1


def test_an_overlay_is_applied_to_each_file_that_has_its_target() -> None:
    files = write(a=api({"/a": get("a", TEXT)}), b=api({"/a": get("b"), "/b": get("b")}))
    Path("set.overlay.yaml").write_text(
        "overlay: 1.0.0\nactions:\n- target: $.paths['/b']\n  remove: true\n"
        "- target: $.paths[?@.get.operationId == 'b']\n  remove: true\n"
        "- target: $.info\n  update: {title: Everything}\n- target: $.paths['/c']\n  remove: true\n"
    )
    diagnostics = Diagnostics()
    described = read_api(files, overlays=[Path("set.overlay.yaml")], diagnostics=diagnostics)
    assert described.api.title == "Everything"
    assert [o.operation_id for o in described.api.operations] == ["a"]
    assert [found.location.line for found in diagnostics if found.rule == "overlay-target"] == [9]


def test_titles_give_the_words_that_they_begin_with() -> None:
    first, second = api({}), api({})
    first["info"] = {"title": "Pet Store lamps", "version": "1", "description": "Lamps."}
    second["info"] = {"title": "Pet Store shops", "version": "2", "description": "Shops."}
    described = read(a=first, b=second)
    assert (described.api.title, described.api.version) == ("Pet Store", "1, 2")
    assert described.api.description == "Lamps.\n\nShops."
    second["info"]["title"] = "Other"
    assert read(a=first, b=second).api.title == "Pet Store lamps, Other"


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["a.json", "b.yaml"], ["a", "b"]),
        (["x/api.json", "y/api.json", "z.json"], ["x/api", "y/api", "z"]),
        (["x/v1/api.json", "y/v1/api.json"], ["x/v1/api", "y/v1/api"]),
        (["vcenter.7.0.3.json"], ["vcenter.7.0.3"]),
        (["a.json", "a.yaml", "x/a.json", "b.json"], ["a.json", "a.yaml", "a", "b"]),
    ],
)
def test_labels_are_the_shortest_ends_that_differ(paths: list[str], expected: list[str]) -> None:
    assert labels([Path(path) for path in paths]) == expected


def test_with_the_repair_off_an_operation_id_that_two_files_have_is_an_error_with_both_places() -> None:
    files = write(a=api({"/a": get("list")}), b=api({"/b": get("list")}))
    Path("set.toml").write_text('[repairs]\noff = ["duplicate-operation-id"]\n')
    with pytest.raises(InputError) as caught:
        read_api(files, Path("set.toml"))
    (found,) = (found for found in caught.value.diagnostics if found.level is Level.ERROR)
    assert (found.rule, found.location.file) == ("operation-id", "b.json")
    assert "a.json:" in found.message


def others(**methods: Node) -> Node:
    return {"additionalOperations": {name: {"operationId": name.lower(), **node} for name, node in methods.items()}}


def test_operations_of_other_methods_are_brought_together() -> None:
    header = [{"name": "X-A", "in": "header", "schema": TEXT}]
    copied = {**answer(), "parameters": header}
    one = api({"/a": {**get("read"), **others(COPY=copied)}}, openapi="3.2.0")
    paths = {"/a": {"parameters": header, **others(COPY=answer(), LOCK=answer())}, "/b": others(LINK=answer())}
    other = api(paths, openapi="3.2.0")
    described = read(a=one, b=other)
    assert [o.request_line for o in described.api.operations] == ["GET /a", "COPY /a", "LOCK /a", "LINK /b"]
    assert [len(o.parameters) for o in described.api.operations] == [0, 1, 1, 0]
    assert [str(o.origin.file) for o in described.api.operations] == ["a.json", "a.json", "b.json", "b.json"]


def test_operations_of_other_methods_that_differ_are_refused_with_both_places() -> None:
    one = api({"/a": others(COPY=answer(TEXT))}, openapi="3.2.0")
    other = api({"/a": others(COPY=answer({"type": "integer"}))}, openapi="3.2.0")
    (found,) = problems(a=one, b=other)
    assert (found[0], found[2].partition(":")[0], found[2][-7:]) == ("same-request", "this and a.json", "COPY /a")
