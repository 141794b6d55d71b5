"""The curated fragment is VMware's, to the letter: every operation, field and error beside VMware's own bindings."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.pipeline import read_api

from tests.outside.bindings import fold, operations
from tests.outside.comparison import Comparison
from tests.outside.known import complaints, read

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec/vcha.yaml"


def differences(description: Path) -> list[str]:
    """Everything that the description says otherwise than the bindings.

    Raises:
        KeyError: The bindings have no such operation.
    """
    api = read_api(description).api
    comparison = Comparison(api)
    found = []
    for operation in api.operations:
        service, _, name = operation.operation_id.rpartition("_")
        theirs = operations()[fold(f"com.vmware.{service}"), fold(name)]
        found += [*comparison.operation(theirs, operation), *comparison.errors(theirs, operation)]
    assert comparison.compared == 11
    return found


def test_what_differs_is_known_and_what_is_known_differs() -> None:
    assert complaints(differences(SPEC), read("fragment.toml")) == []


SCHEMAS = ("components", "schemas")
GET = ("paths", "/vcenter/vcha/cluster?action=get", "post")


def _optional(schema: str, name: str) -> Callable[[Any], None]:
    return lambda d: d["components"]["schemas"][schema]["required"].remove(name)


CHANGES: dict[str, tuple[Callable[[Any], None], str]] = {
    "a required field made optional": (
        _optional("Vcha_Cluster_NodeInfo", "ha_ip"),
        "com.vmware.vcenter.vcha.cluster.node_info.ha_ip: required there, optional here",
    ),
    "a field left out": (
        lambda d: d["components"]["schemas"]["Vcha_ConnectionSpec"]["properties"].pop("ssl_certificate"),
        "com.vmware.vcenter.vcha.connection_spec.ssl_certificate: missing here",
    ),
    "a field made up": (
        lambda d: d["components"]["schemas"]["Vcha_DiskInfo"]["properties"].update(size={"type": "integer"}),
        "com.vmware.vcenter.vcha.disk_info.size: only here",
    ),
    "another type": (
        lambda d: d["components"]["schemas"]["Vcha_ConnectionSpec"]["properties"]["port"].update(type="string"),
        "com.vmware.vcenter.vcha.connection_spec.port: integer there, string here",
    ),
    "a secret as text": (
        lambda d: d["components"]["schemas"]["Vcha_ConnectionSpec"]["properties"]["password"].pop("format"),
        "com.vmware.vcenter.vcha.connection_spec.password: secret there, string here",
    ),
    "a value left out": (
        lambda d: d["components"]["schemas"]["Vcha_Cluster_NodeRole"]["enum"].remove("WITNESS"),
        "com.vmware.vcenter.vcha.cluster.node_role.WITNESS: missing here",
    ),
    "a status left out": (
        lambda d: d["paths"]["/vcenter/vcha/cluster/mode"]["get"]["responses"].pop("400"),
        "com.vmware.vcenter.vcha.cluster.mode.get: 400 missing here",
    ),
    "a status made up": (
        lambda d: d["paths"]["/vcenter/vcha/operations"]["get"]["responses"].update({"404": {"description": "?"}}),
        "com.vmware.vcenter.vcha.operations.get: 404 only here",
    ),
    "another method": (
        lambda d: d["paths"]["/vcenter/vcha/operations"].update(put=d["paths"]["/vcenter/vcha/operations"].pop("get")),
        "com.vmware.vcenter.vcha.operations.get: method GET there, PUT here",
    ),
    "another path": (
        lambda d: d["paths"].update({"/vcenter/vcha/op": d["paths"].pop("/vcenter/vcha/operations")}),
        "com.vmware.vcenter.vcha.operations.get: path /vcenter/vcha/operations there, /vcenter/vcha/op here",
    ),
    "another action": (
        lambda d: d["paths"].update(
            {"/cis/tasks/{task}?action=stop": d["paths"].pop("/cis/tasks/{task}?action=cancel")}
        ),
        "com.vmware.cis.tasks.cancel: action cancel there, stop here",
    ),
    "a parameter left out": (
        lambda d: d["paths"]["/cis/tasks/{task}"]["get"]["parameters"].pop(),
        "com.vmware.cis.tasks.get(spec).exclude_result: missing here",
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_difference_is_found(case: str, tmp_path: Path) -> None:
    change, expected = CHANGES[case]
    document = copy.deepcopy(yaml.safe_load(SPEC.read_text(encoding="utf-8")))
    change(document)
    changed = tmp_path / "vcha.yaml"
    changed.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    assert complaints(differences(changed), read("fragment.toml")) == [f"not listed: {expected}"]


def test_what_is_not_needed_on_the_list_is_found() -> None:
    known = read("fragment.toml")
    assert any(said.startswith("not needed: ") for said in complaints([], known))
