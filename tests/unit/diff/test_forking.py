"""Alternatives that each hold the next one twice: what they come to doubles with each, the work on them does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.compare.surface_types import Types

pytestmark = pytest.mark.slow

FORKS: dict[str, Callable[[Any], Any]] = {
    "a list of it, or it": lambda inner: {"anyOf": [{"type": "array", "items": inner}, inner]},
    "a map of it, or it": lambda inner: {"oneOf": [{"type": "object", "additionalProperties": inner}, inner]},
    "lists and maps of it": lambda inner: {
        "anyOf": [{"type": "array", "items": inner}, {"type": "object", "additionalProperties": inner}]
    },
    "a list of lists of it, or a list of it": lambda inner: {
        "anyOf": [{"type": "array", "items": {"type": "array", "items": inner}}, {"type": "array", "items": inner}]
    },
}


def described(folder: Path, fork: str, links: int, leaf: str) -> str:
    schemas = {f"L{number}": FORKS[fork]({"$ref": f"#/components/schemas/L{number + 1}"}) for number in range(links)}
    schemas[f"L{links}"] = {"type": leaf}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/L0"}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Forks", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "d", "content": content}}}}},
        "components": {"schemas": schemas},
    }
    path = folder / f"{leaf}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("fork", FORKS)
@pytest.mark.parametrize("new", ["string", "integer"])
def test_work_does_not_double_with_each(
    fork: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = 0

    def counted(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            nonlocal calls
            calls += 1
            assert calls < 500_000, "the work doubles"
            return method(*args)

        return call

    monkeypatch.setattr(Types, "_union", counted(Types._union))
    monkeypatch.setattr(SchemaComparison, "same", counted(SchemaComparison.same))

    old, other = (described(tmp_path, fork, 24, leaf) for leaf in ("string", new))
    status = main(["diff", old, other, "--no-config", "--format", "json"])

    told = capsys.readouterr()
    assert told.err == ""
    assert status == (1 if json.loads(told.out)["findings"] else 0)
    assert bool(json.loads(told.out)["findings"]) == (new != "string")
