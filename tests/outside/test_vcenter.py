"""vCenter 7.0.3 as the toolkit reads it, beside VMware's bindings: every operation that both have.

The description of 9.1.1 was made from the same metadata and would prove nothing; its statuses are the published ones.
"""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from vcsdk.build.profile import ERROR_TYPES
from vcsdk.ir import Operation
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator.jsonrpc.names import service_and_operation

from tests.outside.bindings import fold, operations, unwrapped
from tests.outside.comparison import Comparison
from tests.outside.known import complaints, read
from tests.specs.published import MISSING, SPECS

FOLDER = SPECS / "vcenter-7.0.3"
# How many operations of each file the bindings have too; they have nothing of `stats` and `vapi`.
BOTH = {"appliance": 132, "cis": 36, "content": 71, "esx": 103, "vcenter": 430}
METHODS = ("get", "put", "post", "patch", "delete")
# Fields and constants that the bindings date later are not this release's.
RELEASE = (7, 0, 3, 99)


def _key(component: str, document: dict, operation: Operation) -> tuple[str, str]:
    """How the bindings call it: the tag is the service below the file's package; the toolkit made the ids unique."""
    node = document
    for token in operation.origin.pointer.split("/")[1:]:
        node = node[token.replace("~1", "/").replace("~0", "~")]
    return fold(f"com.vmware.{component}.{node['tags'][0].replace('/', '.')}"), fold(node["operationId"])


def _compare(component: str) -> tuple[int, list[str]]:
    path = FOLDER / f"{component}.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    api = read_api(path).api
    comparison = Comparison(api, RELEASE)
    found: list[str] = []
    for operation in api.operations:
        theirs = operations().get(_key(component, document, operation))
        found += comparison.operation(theirs, operation) if theirs is not None else ()
    return comparison.compared, found


def test_an_error_has_the_status_that_the_release_gives_it(vcenter: Described) -> None:
    documented: dict[str, set[int]] = {}
    for item in vcenter.document.data["paths"].values():
        for operation in (value for key, value in item.items() if key in METHODS):
            for status, response in operation["responses"].items():
                for name in re.findall(r"\*{3}Vapi\.Std\.Errors\.(\w+)\*{3}", response.get("description", "")):
                    documented.setdefault(fold(name), set()).add(int(status))
    ours = {fold(name): {status} for name, (status, _) in ERROR_TYPES.items()}
    assert len(documented) == 22
    assert documented == {name: ours[name] for name in documented}


def test_a_body_of_today_may_be_left_out_where_every_argument_in_it_may(vcenter: Described) -> None:
    compared, wrong = Counter[bool](), []
    for operation in vcenter.api.operations:
        names = service_and_operation(operation.operation_id)
        theirs = operations().get(names) if names is not None else None
        if operation.body is None or theirs is None:
            continue
        optional = [unwrapped(given)[1] for name, given in theirs.fields.items() if name not in theirs.places]
        compared[operation.body.required] += 1
        if operation.body.required == all(optional):
            wrong.append(theirs.id)
    assert compared == {True: 429, False: 56}
    assert wrong == []


@pytest.fixture(scope="module")
def compared() -> dict[str, tuple[int, list[str]]]:
    if not FOLDER.is_dir():
        pytest.skip(MISSING)
    return {component: _compare(component) for component in BOTH}


def test_the_operations_of_both_are_compared(compared: dict[str, tuple[int, list[str]]]) -> None:
    assert {component: number for component, (number, _) in compared.items()} == BOTH


def test_what_differs_is_known_and_what_is_known_differs(compared: dict[str, tuple[int, list[str]]]) -> None:
    found = [one for _, differences in compared.values() for one in differences]
    assert complaints(found, read("vcenter-7.0.3.toml")) == []
