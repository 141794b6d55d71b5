"""What is not too deep to be generated is not too deep to be compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main

WAYS: dict[str, Any] = {
    "items": lambda inner: {"type": "array", "items": inner},
    "values": lambda inner: {"type": "object", "additionalProperties": inner},
    "oneOf": lambda inner: {"oneOf": [inner, {"type": "string"}]},
    "anyOf": lambda inner: {"anyOf": [inner, {"type": "integer"}]},
    "nullable": lambda inner: {"nullable": True, "allOf": [inner]},
    "properties": lambda inner: {"type": "object", "properties": {"p": inner}},
}


def described(folder: Path, way: str, schemas: int, within: int, leaf: str) -> str:
    def link(to: int) -> Any:
        node: Any = {"$ref": f"#/components/schemas/L{to}"}
        for _ in range(within):
            node = WAYS[way](node)
        return node

    chain = {f"L{number}": link(number + 1) for number in range(schemas)}
    chain[f"L{schemas}"] = {"type": "object", "properties": {leaf: {"type": "string"}}}
    first = {"application/json": {"schema": {"$ref": "#/components/schemas/L0"}}}
    operation = {"operationId": "g", "responses": {"200": {"description": "It.", "content": first}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Deep", "version": "1"},
        "paths": {"/deep": {"get": operation}},
        "components": {"schemas": chain},
    }
    path = folder / f"{leaf}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize(("schemas", "within"), [(190, 1), (60, 3), (1, 90)])
@pytest.mark.parametrize("way", WAYS)
def test_a_change_at_the_bottom_is_told(
    way: str, schemas: int, within: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (described(tmp_path, way, schemas, within, leaf) for leaf in ("old", "new"))

    assert main(["diff", old, new, "--no-config", "--format", "json"]) == 1

    told = capsys.readouterr()
    assert told.err == ""
    assert "new" in json.dumps(json.loads(told.out)["findings"])
