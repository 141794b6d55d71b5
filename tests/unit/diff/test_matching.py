"""What is compared with what: order, names of schemas and the place of a prefix make no difference."""

from __future__ import annotations

from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import compare
from vcsdk.diff.read import read

from tests.diff.descriptions import write


def texts(old, new, folder, *, surface=False):
    sides = [
        read(write(case, folder / side), None, use_config=True, overlays=(), diagnostics=Diagnostics())
        for side, case in (("old", old), ("new", new))
    ]
    found = compare(*sides)
    return [f"{f.rule.id} {f.text}" for f in found if surface or f.rule.area != "surface"]


def components(**schemas):
    return {"merge": {"components": {"schemas": schemas}}}


TEXT = {"type": "string"}


def test_a_description_equals_itself(tmp_path):
    assert texts({}, {}, tmp_path, surface=True) == []


def test_a_renamed_schema_of_the_same_structure_is_no_change_of_the_api(tmp_path):
    thing = {"type": "object", "properties": {"name": TEXT}}
    old = {"response": {"$ref": "#/components/schemas/Thing"}, **components(Thing=thing)}
    new = {"response": {"$ref": "#/components/schemas/Object"}, **components(Object=thing)}
    assert texts(old, new, tmp_path) == []


def test_a_schema_that_was_written_out_equals_a_component(tmp_path):
    thing = {"type": "object", "properties": {"name": TEXT}}
    assert (
        texts({"request": thing}, {"request": {"$ref": "#/components/schemas/T"}, **components(T=thing)}, tmp_path)
        == []
    )


def test_inherited_properties_equal_written_ones(tmp_path):
    base = {"type": "object", "properties": {"name": TEXT}}
    more = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"size": TEXT}}]}
    flat = {"type": "object", "properties": {"size": TEXT, "name": TEXT}}
    old = {"response": {"$ref": "#/components/schemas/More"}, **components(Base=base, More=more)}
    new = {"response": {"$ref": "#/components/schemas/More"}, **components(Base=base, More=flat)}
    assert texts(old, new, tmp_path) == []


def test_a_recursive_schema_is_compared_to_its_end(tmp_path):
    def tree(**more):
        node = {"type": "object", "properties": {"child": {"$ref": "#/components/schemas/Tree"}, **more}}
        return {"response": {"$ref": "#/components/schemas/Tree"}, **components(Tree=node)}

    assert texts(tree(), tree(), tmp_path) == []
    assert texts(tree(leaf=TEXT), tree(), tmp_path) == [
        "response-optional-property-removed GET /things/{thing}: response 200 /value/leaf: is gone"
    ]


def test_a_prefix_may_stand_in_the_server_or_in_the_paths(tmp_path):
    def at(server, prefix):
        operation = {"operationId": "more_get", "responses": {"204": {"description": "None."}}}
        paths = {"/things": None, "/things/{thing}": None}
        paths |= {f"{prefix}/more/{each}": {"get": {**operation, "operationId": f"get_{each}"}} for each in "ab"}
        return {"merge": {"servers": [{"url": f"https://a{server}"}], "paths": paths}}

    assert texts(at("/api", ""), at("", "/api"), tmp_path) == []
    moved = texts(at("/api", ""), at("", "/rest"), tmp_path)
    assert {row.split()[0] for row in moved} == {"operation-added", "operation-removed", "server-prefix-changed"}


def test_the_same_change_is_safe_one_way_and_breaking_the_other(tmp_path):
    one = {"type": "string", "maxLength": 9}
    found = texts({"request": one, "response": one}, {"request": TEXT, "response": TEXT}, tmp_path)
    assert [row.split()[0] for row in found] == ["response-max-length-raised", "request-max-length-raised"]


def test_a_shared_error_schema_is_told_once(tmp_path):
    def errors(*names):
        schema = {"type": "object", "properties": dict.fromkeys(names, TEXT)}
        content = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
        more = {"400": {"description": "No.", **content}, "404": {"description": "No.", **content}}
        return {"get": {"responses": more}, "post": {"responses": more}, **components(Error=schema)}

    assert texts(errors("a", "b"), errors("a"), tmp_path) == ["error-property-removed Error: error /b: is gone"]


def test_a_successful_answer_is_compared_under_another_status_as_well(tmp_path):
    def answer(status, schema):
        content = {"application/json": {"schema": schema}}
        return {"get": {"responses": {"200": None, status: {"description": "It.", "content": content}}}}

    found = texts(answer("200", TEXT), answer("201", {"type": "integer"}), tmp_path)
    assert "response-type-changed" in {row.split()[0] for row in found}


def test_the_first_of_two_task_twins_stays_what_it_is(tmp_path):
    """Where an operation and its task are both on both sides, neither became the other."""

    def parameter(name, value):
        return {"name": name, "in": "query", "required": True, "schema": {"type": "string", "enum": [value]}}

    def twins(order):
        paths = {
            f"/things/move#{n}": {
                "post": {
                    "operationId": f"move{n}",
                    "parameters": [parameter("action", "move"), *([parameter("vmw-task", "true")] if n else [])],
                    "responses": {"200": {"description": "Done."}},
                }
            }
            for n in order
        }
        return {"error_types": ["UNAUTHENTICATED", "NOT_FOUND"], "merge": {"paths": paths}}

    assert texts(twins((0, 1)), twins((1, 0)), tmp_path) == []
