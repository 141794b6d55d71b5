"""A deprecated operation names its newer form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vcsdk.pipeline import read_api
from vcsdk.release.history import record


def described(folder: Path, *rows: tuple[str, bool]) -> Path:
    paths: dict[str, Any] = {}
    for path, deprecated in rows:
        parameters = [{"name": "vm", "in": "path", "required": True, "schema": {"type": "string"}}]
        operation = {"operationId": "get", "deprecated": deprecated, "responses": {"204": {"description": "None."}}}
        paths[path] = {"get": {**operation, "parameters": parameters if "{" in path else []}}
    file = folder / "api.json"
    file.write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": paths}))
    return file


def test_the_old_form_keeps_its_name_and_tells_of_the_new_one(tmp_path: Path) -> None:
    old = read_api(described(tmp_path, ("/rest/vm/{vm}", False)))
    new = read_api(described(tmp_path, ("/rest/vm/{vm}", True), ("/api/vm/{vm}", False)), record=record(old))
    first, second = sorted(new.api.operations, key=lambda operation: operation.path, reverse=True)
    assert (first.python_path, first.successor) == ("vm.get", "api.vm.get")
    assert (second.python_path, second.successor) == ("api.vm.get", "")


def test_what_has_no_newer_form_names_none(tmp_path: Path) -> None:
    rows = [("/rest/vm", True), ("/api/vm/{vm}", False), ("/rest/host", False), ("/api/host", False)]
    assert {o.successor for o in read_api(described(tmp_path, *rows)).api.operations} == {""}
    both = read_api(described(tmp_path, ("/rest/vm", True), ("/api/vm", True)))
    assert {o.successor for o in both.api.operations} == {""}
