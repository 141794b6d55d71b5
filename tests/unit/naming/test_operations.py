from __future__ import annotations

from typing import Any

import pytest
from vcsdk.config.model import OperationSettings
from vcsdk.diagnostics import Diagnostics
from vcsdk.ir import Safety

from .conftest import Names

OK = {"responses": {"200": {"description": ""}}}


def paths(*rows: tuple[str, str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, method, operation_id in rows:
        parameters = [
            {"name": part[1:-1], "in": "path", "required": True, "schema": {"type": "string"}}
            for part in path.partition("?")[0].split("/")
            if part.startswith("{")
        ]
        found.setdefault(path, {})[method] = {"operationId": operation_id, "parameters": parameters, **OK}
    return {"paths": found}


def python_paths(named: Names, *rows: tuple[str, str, str], **config: Any) -> list[str]:
    return [o.python_path for o in named(paths(*rows), **config).operations]


@pytest.mark.parametrize(
    ("path", "operation_id", "expected"),
    [
        ("/rest/vcenter/vcha/cluster?action=failover&vmw-task=true", "failover$task", "vcenter.vcha.cluster.failover"),
        ("/vcenter/vcha/cluster?action=get", "Vcenter.Vcha.Cluster_get", "vcenter.vcha.cluster.get"),
        ("/api/vcenter/vm/{vm}/guest/power", "get", "vcenter.vm.guest.power.get"),
        ("/rest/com/vmware/cis/tagging/tag/id:{tag_id}", "add_to_used_by", "cis.tagging.tag.add_to_used_by"),
        ("/v1/tasks", "getTasks", "tasks.get_tasks"),
        ("/a/class", "import", "a.class_.import_"),
        ("/rest/vcenter/vm/{vm}/power/start", "start", "vcenter.vm.power.start"),
        ("/search", "search", "search.search"),
    ],
)
def test_a_path_and_an_id_make_a_python_path(named: Names, path: str, operation_id: str, expected: str) -> None:
    assert python_paths(named, (path, "post", operation_id)) == [expected]


@pytest.mark.parametrize(
    ("path", "method", "operation_id", "expected"),
    [
        ("/items", "get", "list_items_items_get", "items.list"),
        ("/items/", "post", "create_item_items__post", "items.create"),
        ("/items/{item_id}", "get", "read_item_items__item_id__get", "items.read"),
        ("/users/me", "patch", "update_user_me_users_me_patch", "users.me.update"),
        ("/auth/access-token", "post", "auth_access_token_auth_access_token_post", "auth.access_token.auth"),
        (
            "/users/{id}/items/",
            "post",
            "create_item_for_user_users__id__items__post",
            "users.items.create_item_for_user",
        ),
        ("/api/v1/categories", "get", "get_category_api_v1_categories_get", "categories.get"),
        ("/", "get", "read_root__get", "root.read"),
        ("/items/{id}", "delete", "deleteItemsId", "items.delete"),
        ("/users/{user_id}/posts", "get", "get_users_user_id_posts", "users.posts.list"),
        ("/users/{user_id}/profile", "get", "getUsersUserIdProfile", "users.profile.get"),
        ("/users/{user_id}", "put", "users-user_id-put", "users.set"),
        ("/lamp", "get", "getLamp", "lamp.get_lamp"),
        ("/items", "get", "list_items", "items.list_items"),
        ("/vcenter/vm", "get", "Vcenter.VM_get", "vcenter.vm.get"),
        ("/users", "get", "getUsingGET_1", "users.get"),
        ("/users", "post", "createUserUsingPOST", "users.create"),
        ("/orders/{id}/items", "get", "listOrderItemsUsingGET_12", "orders.items.list"),
        ("/orders", "put", "payUsingGET", "orders.pay_using_get"),
        ("/orders", "get", "find_1", "orders.find_1"),
    ],
)
def test_what_an_id_repeats_of_the_path_is_no_name(
    named: Names, path: str, method: str, operation_id: str, expected: str
) -> None:
    assert python_paths(named, (path, method, operation_id)) == [expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [("/users", "get", "find"), ("/orders", "get", "find_1"), ("/items", "get", "find_2")],
            ["users.find", "orders.find", "items.find"],
        ),
        ([("/users", "get", "find"), ("/users/{id}", "get", "find_1")], ["users.find", "users.find_by_id"]),
        ([("/users", "get", "find"), ("/users", "post", "find_1")], ["users.find", "users.find_2"]),
        ([("/users", "get", "find_1"), ("/orders", "get", "find_2")], ["users.find_1", "orders.find_2"]),
        ([("/a", "get", "getUsingGET"), ("/b", "get", "getUsingGET_1")], ["a.get", "b.get"]),
    ],
    ids=str,
)
def test_the_number_by_which_ids_are_told_apart_is_no_name(
    named: Names, rows: list[tuple[str, str, str]], expected: list[str]
) -> None:
    assert python_paths(named, *rows) == expected


def test_an_action_in_the_path_and_what_stands_below_it_are_told_apart(named: Names) -> None:
    rows = ("/a/power/start", "post", "start"), ("/a/power/start/{x}/log", "get", "list"), ("/a/power", "post", "stop")
    assert python_paths(named, *rows) == ["a.power.start", "a.power.start_.log.list", "a.power.stop"]


def test_leading_words_are_stripped(named: Names) -> None:
    rows = ("/vcenter/vcha/cluster", "get", "get"), ("/cis/tasks", "get", "list"), ("/vcenter", "get", "get")
    assert python_paths(named, *rows, strip=("vcenter", "cis")) == ["vcha.cluster.get", "tasks.list", "vcenter.get"]


def test_a_task_twin_is_told_apart(named: Names) -> None:
    rows = ("/vm?action=clone", "post", "clone"), ("/vm?action=clone&vmw-task=true", "post", "clone$task")
    assert python_paths(named, *rows, profile="vapi") == ["vm.clone", "vm.clone_task"]


def test_the_old_form_of_an_operation_moves_under_rest(named: Names) -> None:
    rows = ("/rest/vcenter/vm", "get", "list"), ("/api/vcenter/vm", "get", "Vcenter.VM_list")
    assert python_paths(named, *rows) == ["rest.vcenter.vm.list", "vcenter.vm.list"]


def test_path_parameters_tell_apart(named: Names) -> None:
    rows = ("/vm", "get", "A.B_get"), ("/vm/{vm}", "get", "C.D_get")
    assert python_paths(named, *rows) == ["vm.get", "vm.get_by_vm"]


def test_two_names_set_to_the_same_are_an_error(named: Names, diagnostics: Diagnostics) -> None:
    same = OperationSettings(name="go")
    named(paths(("/a", "get", "x"), ("/a", "post", "y")), operations={"x": same, "y": same})
    assert [d.rule for d in diagnostics if d.level == "error"] == ["same-name"]


def test_settings_are_found_by_path_and_by_id(named: Names) -> None:
    settings = {"a.x": OperationSettings(safety=Safety.DESTRUCTIVE), "y": OperationSettings(disrupts_connection=True)}
    first, second = named(paths(("/a", "get", "x"), ("/a", "post", "y")), operations=settings).operations
    assert first.safety is Safety.DESTRUCTIVE
    assert second.disrupts_connection


def test_arguments_of_a_body_give_way_to_parameters(named: Names) -> None:
    body = {
        "type": "object",
        "required": ["timeout"],
        "properties": {"id": {"type": "string"}, "timeout": {"type": "integer"}, "self": {"type": "string"}},
    }
    document = paths(("/a/{id}", "post", "x"))
    document["paths"]["/a/{id}"]["post"]["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": body}},
    }
    arguments = named(document).operations[0].arguments
    assert [(a.name, a.wire_name, a.source, a.required) for a in arguments] == [
        ("id", "id", "path", True),
        ("timeout_", "timeout", "field", True),
        ("body_id", "id", "field", False),
        ("self_", "self", "field", False),
    ]


@pytest.mark.parametrize(
    ("parameters", "properties", "expected"),
    [
        (["path id", "query id"], [], ["id", "query_id"]),
        (["path id", "header id"], ["id"], ["id", "header_id", "body_id"]),
        (["path id", "query id", "header id", "cookie id"], [], ["id", "query_id", "header_id", "cookie_id"]),
        (["query name", "query -name"], [], ["name", "minus_name"]),
        (["query -name", "query name"], [], ["minus_name", "name"]),
        (["query -class", "query class"], [], ["minus_class", "class_"]),
        (["query Class", "query class", "query -class"], [], ["class__2", "class_", "minus_class"]),
        (["header -from", "header from"], [], ["minus_from", "from_"]),
        (["query page.size", "query page_size"], [], ["page_dot_size", "page_size"]),
        (["path Id", "query id"], [], ["path_id", "id"]),
        (["query id", "query query_id", "path id"], [], ["query_id_2", "query_id", "id"]),
        (["query ids[]", "query ids"], [], ["ids_bracket", "ids"]),
        (["query pageSize", "query page_size"], [], ["page_size_2", "page_size"]),
        (["query vm.names", "query vm-names"], ["vm_names"], ["vm_dot_names", "query_vm_names", "vm_names"]),
        (["query timeout", "header timeout"], [], ["timeout_", "header_timeout"]),
    ],
)
def test_arguments_tell_their_place(
    named: Names, parameters: list[str], properties: list[str], expected: list[str]
) -> None:
    """In whatever order they are declared."""
    declared = [
        {"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}}
        for place, name in (parameter.split(" ") for parameter in parameters)
    ]
    path = "/a/{" + next((p["name"] for p in declared if p["in"] == "path"), "") + "}"
    path = path if path != "/a/{}" else "/a"
    operation: dict[str, Any] = {"operationId": "x", **OK}
    if properties:
        body = {"type": "object", "properties": {name: {"type": "string"} for name in properties}}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    for order in (declared, declared[::-1]):
        api = named({"paths": {path: {"post": {**operation, "parameters": order}}}})
        found = {(a.source, a.wire_name): a.name for a in api.operations[0].arguments}
        wanted = [(p["in"], p["name"]) for p in declared] + [("field", name) for name in properties]
        assert [found[key] for key in wanted] == expected


def test_who_gives_way_to_one_of_its_place_is_told(named: Names, diagnostics: Diagnostics) -> None:
    def parameter(place: str, name: str) -> dict[str, Any]:
        return {"name": name, "in": place, "required": True, "schema": {"type": "string"}}

    taken = [parameter("path", "id"), parameter("query", "id"), parameter("query", "a.b"), parameter("query", "a_b")]
    named({"paths": {"/a/{id}": {"get": {"operationId": "x", "parameters": taken, **OK}}}})
    assert [found.message for found in diagnostics] == [
        "the query's `a.b` of a.x is called `a_dot_b`: `a_b` has the name it would have"
    ]


def test_the_tree_has_every_node(named: Names) -> None:
    api = named(paths(("/vcha/cluster/mode", "get", "get"), ("/vcha/operations", "get", "get")))
    assert sorted(api.resources) == [
        (),
        ("vcha",),
        ("vcha", "cluster"),
        ("vcha", "cluster", "mode"),
        ("vcha", "operations"),
    ]
    assert api.resources[("vcha",)].children == (("vcha", "cluster"), ("vcha", "operations"))
    assert api.resources[("vcha", "cluster", "mode")].class_name == "Mode"


def test_a_resource_gives_way_to_a_method_of_its_parent(named: Names) -> None:
    """vCenter 7.0.2 has both forms of `disconnect`; the second definition in a class would hide the first."""
    rows = (
        ("/rest/vcenter/host/{host}?action=disconnect", "post", "disconnect"),
        ("/rest/vcenter/host/{host}/disconnect", "post", "create"),
        ("/rest/vcenter/host/{host}/disconnect/log", "get", "get"),
    )
    assert python_paths(named, *rows) == [
        "vcenter.host.disconnect",
        "vcenter.host.disconnect_.create",
        "vcenter.host.disconnect_.log.get",
    ]


def test_modules_have_names_that_are_files(named: Names) -> None:
    long = "/".join(["segment" * 20] * 5)
    document = paths((f"/{long}/a", "get", "a"), (f"/{long}/b", "get", "b"))
    document["components"] = {"schemas": {"x" * 400: {"type": "object"}, "\u00e9" * 300: {"type": "string"}}}
    api = named(document)
    modules = [*(r.module for r in api.resources.values()), *(s.module for s in api.schemas.values())]
    assert max(len(module.rpartition(".")[2].encode()) for module in modules) <= 210
    assert len({r.module for r in api.resources.values()}) == len(api.resources)
