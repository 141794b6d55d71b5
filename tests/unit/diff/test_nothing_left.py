"""A description of which nothing is left is compared like any other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from vcsdk.cli.main import main

ANSWER = {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "array", "items": {"type": "string"}}]}
FULL = {
    "/a": {
        "get": {
            "operationId": "a",
            "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": ANSWER}}}},
        }
    }
}


@pytest.mark.parametrize(
    "schemas", [{}, {"S": {"type": "array", "items": {"$ref": "#/components/schemas/T"}}, "T": ANSWER}]
)
def test_everything_went(tmp_path: Path, schemas: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    head = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps({**head, "paths": FULL, "components": {"schemas": schemas}}))
    new.write_text(json.dumps({**head, "paths": {}}))
    assert main(["diff", str(old), str(new)]) == 1
    assert main(["diff", str(new), str(old)]) == 0
    assert "internal error" not in capsys.readouterr().err
