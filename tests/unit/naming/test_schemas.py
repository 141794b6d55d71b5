from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.ir import Api, Enumeration, Struct
from vcsdk.naming.modules import references

from .conftest import Names


def schemas(**found: Any) -> dict[str, Any]:
    return {"components": {"schemas": found}}


def names(api: Api) -> dict[str, str]:
    return {s.wire_name: s.name for s in api.schemas.values()}


def test_twins_both_live_and_are_reported(named: Names, diagnostics: Diagnostics) -> None:
    twins = {"vapi.std.errors.error": {"properties": {"a": {}}}, "VapiStdErrorsError": {"properties": {"b": {}}}}
    assert names(named(schemas(**twins))) == {
        "vapi.std.errors.error": "VapiStdErrorsError2",
        "VapiStdErrorsError": "VapiStdErrorsError",
    }
    (finding,) = diagnostics
    assert finding.rule == "same-name"
    assert "input.json:1:" in finding.message


def test_an_unrelated_schema_renames_nothing(named: Names) -> None:
    twins = {"a.b": {"properties": {"x": {}}}, "A_B": {"properties": {"y": {}}}}
    before = names(named(schemas(**twins)))
    after = names(named(schemas(**{"Aaa": {"properties": {"z": {}}}, **twins, "Zzz": {"type": "string"}})))
    assert {k: after[k] for k in before} == before


def test_the_runtime_keeps_its_names(named: Names) -> None:
    found = names(
        named(schemas(Task={"properties": {"a": {}}}, Model={"properties": {"a": {}}}, KeyError={"type": "string"}))
    )
    assert found == {"Task": "TaskModel", "Model": "ModelModel", "KeyError": "KeyErrorModel"}


def test_fields_and_members_are_told_apart(named: Names, diagnostics: Diagnostics) -> None:
    api = named(
        schemas(
            S={"properties": {"a-b": {}, "a_b": {}, "list": {}, "from": {}}},
            E={"type": "string", "enum": ["on", "ON", "", "+", "-1"]},
        )
    )
    struct, enumeration = api.schemas["#/components/schemas/S"], api.schemas["#/components/schemas/E"]
    assert isinstance(struct, Struct)
    assert isinstance(enumeration, Enumeration)
    assert [f.name for f in struct.fields] == ["a_dash_b", "a_b", "list_", "from_"]
    assert [m.name for m in enumeration.members] == ["ON_2", "ON", "EMPTY", "PLUS", "MINUS_1"]
    assert {d.rule for d in diagnostics} == {"same-name"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["name", "-name"], ["NAME", "MINUS_NAME"]),
        (["-name", "name"], ["MINUS_NAME", "NAME"]),
        (["createdAt", "-createdAt", "created_at"], ["CREATED_AT_2", "MINUS_CREATED_AT", "CREATED_AT"]),
        (["a.b", "a:b", "a b"], ["A_DOT_B", "A_COLON_B", "A_B"]),
        (["<", "<=", ">"], ["EMPTY", "LESS_EQUALS", "GREATER"]),
    ],
)
def test_values_that_differ_in_signs_alone_keep_their_names(
    named: Names, values: list[str], expected: list[str]
) -> None:
    enumeration = named(schemas(E={"type": "string", "enum": values})).schemas["#/components/schemas/E"]
    assert isinstance(enumeration, Enumeration)
    assert [m.name for m in enumeration.members] == expected


def test_modules_never_import_in_a_circle(named: Names) -> None:
    def ref(name: str) -> dict[str, str]:
        return {"$ref": f"#/components/schemas/{name}"}

    api = named(
        schemas(
            Alpha_One={"properties": {"b": ref("Beta_One")}},
            Beta_One={"properties": {"c": ref("Gamma_One")}},
            Gamma_One={"properties": {"a": ref("Alpha_Two")}},
            Alpha_Two={"properties": {"x": {}}},
            Delta_One={"properties": {"a": ref("Alpha_One")}},
        )
    )
    graph: dict[str, set[str]] = {}
    for schema in api.schemas.values():
        targets = {api.schemas[key].module for key in references(schema)} - {schema.module}
        graph.setdefault(schema.module, set()).update(targets)
    assert list(TopologicalSorter(graph).static_order()) == ["models.alpha", "models.delta"]


def test_a_module_is_never_a_keyword(named: Names) -> None:
    api = named(schemas(Global_Settings={"properties": {"a": {}}}))
    assert [s.module for s in api.schemas.values()] == ["models.global_"]


def test_classes_of_deep_resources_stand_with_the_third_node(named: Names) -> None:
    paths = ["/site/vm", "/site/vm/disks", "/site/vm/disks/adapter/ide/slots", "/site/vm/disks/adapter/scsi", "/lab"]
    keys = [
        "Site.Vm.Info",
        "Site.Vm.Disks.Info",
        "Site.Vm.Disks.Adapter.Ide.Slots.Info",
        "Site.Vm.Disks.Adapter.Scsi.Info",
    ]
    described = schemas(**{key: {"properties": {key: {}}} for key in [*keys, "Lab.Spec", "Else.Where"]})
    answer = {"responses": {"204": {"description": "It."}}}
    api = named({**described, "paths": {path: {"get": answer} for path in paths}})
    assert {s.wire_name: s.module.removeprefix("models.") for s in api.schemas.values()} == {
        **dict.fromkeys(keys[:1], "site_vm"),
        **dict.fromkeys(keys[1:], "site_vm_disks"),
        "Lab.Spec": "lab",
        "Else.Where": "else_",
    }
