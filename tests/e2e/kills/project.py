"""A project of two descriptions in two states, between which every command has files to write, replace and remove."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NAMES = ("lamps", "doors")


def write(folder: Path, first: int, words: str) -> None:
    """Write both descriptions with their configurations; resources are numbered from `first`."""
    spec = folder / "spec"
    spec.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (spec / f"{name}.json").write_text(json.dumps(_description(name, first, words), indent=1))
        config = spec / f"{name}.toml"
        if not config.exists():
            config.write_text(f'[package]\ndistribution = "{name}"\nmodule = "{name}"\nversion = "1.0.0"\n')


def _description(name: str, first: int, words: str) -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for number in range(first, first + 3):
        kind = f"{name.title()}{number}"
        schemas[kind] = {
            "description": f"{words} {number}.",
            "type": "object",
            "required": ["on"],
            "properties": {"on": {"type": "boolean"}, f"level{first}": {"type": "integer"}},
        }
        answer = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{kind}"}}}}
        get = {"operationId": f"get{kind}", "tags": [kind], "responses": {"200": {"description": "It.", **answer}}}
        paths[f"/{name}-{number}"] = {"get": get}
    return {
        "openapi": "3.0.3",
        "info": {"title": name, "version": "1.0", "description": words},
        "servers": [{"url": "https://home.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones included; a folder without any is one too."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
        if path.is_file() or not any(path.iterdir())
    }
