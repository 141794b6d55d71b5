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
