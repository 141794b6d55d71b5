"""A package carries tasks and vCenter's conventions where its API has them, and nothing of them elsewhere."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from vcsdk.emitters.carried import carried, carries_tasks
from vcsdk.emitters.packaging import runtime_sources
from vcsdk.pipeline import read_api

from tests.unit.emitters.conftest import Generates, Reads

ROOT = Path(__file__).parents[3]
OF_TASKS = {"outcome", "taskinfo", "tasking", "tasks", "vapi", "wait"}
NAMES = {"AsyncTask", "Task", "TaskError", "TaskFailed", "TaskTimeout"}


def described(path: str = "/things") -> dict[str, Any]:
    answer = {"description": "It.", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {"paths": {path: {"get": {"responses": {"200": answer}}}}}


def all_modules(package: Any) -> set[str]:
    """Each module of a package, imported."""
    found = {module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")}
    for name in sorted(found - {f"{package.__name__}.__main__"}):
        importlib.import_module(name)
    return {name.removeprefix(f"{package.__name__}.") for name in found}


def test_a_plain_package_has_no_tasks(generate: Generates) -> None:
    package = generate(**described())
    modules = all_modules(package)
    assert not {name.split(".")[1] for name in modules if name.startswith("_runtime.")} & OF_TASKS
    assert not NAMES & {*package.__all__}
    assert not NAMES & {*dir(package.errors)}
    client = package.Thing("http://h")
    assert not hasattr(client, "tasks")
    runtime = importlib.import_module(f"{package.__name__}._runtime")
    for name in runtime.__all__:
        assert getattr(runtime, name) is not None


def test_a_resource_called_tasks_is_one_like_others(generate: Generates) -> None:
    package = generate(**described("/tasks"))
    all_modules(package)
    tasks = package.Thing("http://h").tasks
    assert type(tasks).__mro__[1].__name__ == "Resource"
    assert not hasattr(tasks, "attach")


@pytest.mark.parametrize("path", ["tests/golden/vapi_task/input.yaml", "spec/vcha.yaml"])
def test_what_is_vcenters_has_them(path: str) -> None:
    api = read_api(ROOT / path).api
    assert carries_tasks(api)
    assert carried(api, runtime_sources()) == [*runtime_sources()]


def test_what_is_carried_imports_nothing_that_is_not(read: Reads) -> None:
    files = dict(carried(read(**described()).api, runtime_sources()))
    there = {re.split(r"[/.]", path)[0] for path in files}
    assert there.isdisjoint(OF_TASKS)
    for path, text in files.items():
        for dots, target in re.findall(r"^ *from (\.+)(\w+)", text, re.MULTILINE):
            if len(dots) == 1 + path.count("/"):
                assert target in there, (path, target)
