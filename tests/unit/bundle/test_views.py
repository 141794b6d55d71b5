"""What the path keys, parameters and references of each view are."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import validate
from vcsdk.bundle import View

from tests.unit.bundle.conftest import ROOT, Describe, answer, documents, operations

VCHA = ROOT / "spec" / "vcha.yaml"


def parameters(document: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    item = document["paths"][path]
    listed = [*item.get("parameters", []), *item[method].get("parameters", [])]
    found = {parameter["name"]: parameter for parameter in listed}
    assert len(found) == len(listed)
    return found


@pytest.mark.parametrize("view", View)
def test_every_view_of_the_fragment_is_valid(view: View) -> None:
    for document in documents(VCHA, view):
        validate(document)


def test_vendor_has_the_query_in_the_key_and_not_in_the_parameters() -> None:
    (document,) = documents(VCHA, View.VENDOR)
    failover = "/vcenter/vcha/cluster?action=failover&vmw-task=true"
    assert parameters(document, failover, "post") == {}
    assert not any("#" in key for key in document["paths"])


def test_fragment_has_the_query_in_required_one_value_parameters() -> None:
    (document,) = documents(VCHA, View.FRAGMENT)
    found = parameters(document, "/vcenter/vcha/cluster#Vcenter.Vcha.Cluster_failover$Task", "post")
    assert {name: (p["required"], p["schema"]["enum"]) for name, p in found.items()} == {
        "action": (True, ["failover"]),
        "vmw-task": (True, ["true"]),
    }
    assert not any("?" in key for key in document["paths"])


def test_plain_spreads_operations_of_one_path_and_method_and_keeps_the_others_together() -> None:
    first, second = documents(VCHA, View.PLAIN)
    assert operations(second) == {"/vcenter/vcha/cluster": {"post"}}
    assert second["paths"]["/vcenter/vcha/cluster"]["post"]["operationId"] == "Vcenter.Vcha.Cluster_failover$Task"
    assert operations(first)["/cis/tasks/{task}"] == {"get", "post"}
    assert sum(map(len, operations(first).values())) + 1 == 11
    assert all("?" not in key and "#" not in key for key in (*first["paths"], *second["paths"]))


def test_plain_gives_every_operation_the_parameters_of_its_own_path_item(describe: Describe) -> None:
    shared = {"name": "ship", "in": "path", "required": True, "schema": {"type": "string"}}
    own = {**shared, "schema": {"type": "integer"}}
    path = describe(
        {
            "/ships/{ship}": {"parameters": [shared], "get": answer("get")},
            "/ships/{ship}?action=sink": {
                "parameters": [{"$ref": "#/components/parameters/Ship"}],
                "post": answer("sink", parameters=[own]),
            },
        },
        components={"parameters": {"Ship": shared}},
    )
    (document,) = documents(path, View.PLAIN)
    validate(document)
    assert parameters(document, "/ships/{ship}", "get")["ship"]["schema"] == {"type": "string"}
    sink = parameters(document, "/ships/{ship}", "post")
    assert sink["ship"]["schema"] == {"type": "integer"}
    assert sink["action"]["schema"] == {"type": "string", "enum": ["sink"]}


def test_plain_keeps_paths_apart_that_differ_in_template_names_only(describe: Describe) -> None:
    def item(name: str, method: str) -> dict[str, Any]:
        parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        return {method: answer(f"{method}-{name}", parameters=[parameter])}

    path = describe({"/ships/{ship}?action=a": item("ship", "post"), "/ships/{id}?action=b": item("id", "get")})
    assert [operations(d) for d in documents(path, View.PLAIN)] == [
        {"/ships/{ship}": {"post"}},
        {"/ships/{id}": {"get"}},
    ]


def test_references_into_moved_path_items_hold_in_every_view(describe: Describe) -> None:
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}
    target = "#/paths/~1ships?action=sink/post/requestBody/content/application~1json/schema"
    post = answer("launch", requestBody={"content": {"application/json": {"schema": {"$ref": target}}}})
    path = describe(
        {
            "/ships?action=sink": {"post": answer("sink", requestBody=body)},
            "/ships?action=launch": {"post": post},
        }
    )
    for view in View:
        for document in documents(path, view):
            validate(document)
    second = documents(path, View.PLAIN)[1]["paths"]["/ships"]["post"]["requestBody"]["content"]["application/json"]
    assert second["schema"]["properties"] == {"a": {"type": "string"}}
    vendor = documents(path, View.VENDOR)[0]["paths"]["/ships?action=launch"]["post"]["requestBody"]
    assert vendor["content"]["application/json"]["schema"]["$ref"] == target


def test_links_follow_their_operation_or_go_with_it(describe: Describe) -> None:
    def linked(operation: str) -> dict[str, Any]:
        found = answer(operation)
        found["responses"]["200"]["links"] = {"next": {"operationRef": "#/paths/~1ships?action=a/post"}}
        return {"post": found}

    path = describe({"/ships?action=a": linked("a"), "/ships?action=b": linked("b")})
    (vendor,) = documents(path, View.VENDOR)
    links = vendor["paths"]["/ships?action=b"]["post"]["responses"]["200"]["links"]
    assert links == {"next": {"operationRef": "#/paths/~1ships?action=a/post"}}
    first, second = documents(path, View.PLAIN)
    links = first["paths"]["/ships"]["post"]["responses"]["200"]["links"]
    assert links == {"next": {"operationRef": "#/paths/~1ships/post"}}
    assert second["paths"]["/ships"]["post"]["responses"]["200"]["links"] == {}


def test_operations_of_other_methods_stand_in_every_view(describe: Describe) -> None:
    ship = {"name": "ship", "in": "path", "required": True, "schema": {"type": "string"}}

    def item(name: str, lead: str) -> dict[str, Any]:
        copied = answer(name, requestBody={"content": {"application/json": {"schema": {"type": "string"}}}})
        copied["responses"]["200"]["links"] = {"again": {"operationRef": lead}}
        return {"parameters": [ship], "additionalOperations": {"COPY": copied}}

    first, second = (f"#/paths/~1ships~1{{ship}}?action={name}/additionalOperations/COPY" for name in "ab")
    path = describe(
        {"/ships/{ship}?action=a": item("a", first), "/ships/{ship}?action=b": item("b", second)}, openapi="3.2.0"
    )
    for view in View:
        for document in documents(path, view):
            validate(document)
    (vendor,) = documents(path, View.VENDOR)
    copied = vendor["paths"]["/ships/{ship}?action=b"]["additionalOperations"]["COPY"]
    assert copied["responses"]["200"]["links"] == {"again": {"operationRef": second}}
    assert not copied.get("parameters")
    for name, document in zip("ab", documents(path, View.PLAIN), strict=True):
        assert operations(document) == {"/ships/{ship}": {"additionalOperations"}}
        copied = document["paths"]["/ships/{ship}"]["additionalOperations"]["COPY"]
        assert copied["operationId"] == name
        assert [parameter["name"] for parameter in copied["parameters"]] == ["ship", "action"]
        link = copied["responses"]["200"]["links"]["again"]["operationRef"]
        assert link == "#/paths/~1ships~1{ship}/additionalOperations/COPY"
